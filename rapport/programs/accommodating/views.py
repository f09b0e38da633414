"""Asking for what one needs to take part; and one's own page, where it stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.lib.doors import secret_page
from rapport.lib.limits import at_most
from rapport.people.guards import anyone
from rapport.programs.accommodating.forms import AddForm, AskForm, EchoForm
from rapport.programs.models import Registration, Session
from rapport.programs.models.accommodation import AccommodationRequest


@at_most("20/h")
@anyone
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it begins, however late; whoever comes from their registration need not write who they are."""
    session = get_object_or_404(Session.objects.public().select_related("program", "branch", "cancellation"), pk=pk)
    registration = Registration.objects.filter(key=request.GET.get("registration", "")).exclude(key="").first()
    form = AskForm(request.POST or None, initial=_known(request, registration))
    if request.method == "POST" and form.is_valid() and not session.is_over:
        made = AccommodationRequest.objects.ask(
            session,
            registration=registration,
            person=request.user if request.user.is_authenticated else None,
            language=getattr(request, "LANGUAGE_CODE", ""),
            **form.cleaned_data,
        )
        messages.success(request, _("We have it. One of us arranges it and tells you."))
        return redirect(made.get_absolute_url())
    page = {"form": form, "session": session}
    return render(request, "programs/aid/ask.html", page, status=422 if form.errors else 200)


def _known(request: HttpRequest, registration: Registration | None) -> dict[str, Any]:
    source = registration or (request.user if request.user.is_authenticated else None)
    return {name: getattr(source, name, "") for name in ("name", "email", "phone")} if source else {}


@at_most("60/h")
@anyone
@secret_page
def request_page(request: HttpRequest, key: str) -> HttpResponse:
    """Where it stands. Only whoever has the link finds it."""
    rows = AccommodationRequest.objects.select_related("session__program", "session__branch", "echo")
    found = get_object_or_404(rows.prefetch_related("tasks__steps"), key=key)
    forms_in: dict[str, Any] = {}
    if request.method == "POST":
        form = _acted(request, found)
        if form is None:
            return redirect(found.get_absolute_url())
        forms_in = {"echo_form" if isinstance(form, EchoForm) else "add_form": form}
    page = {
        "request_made": found,
        "tasks": found.tasks.all(),
        "is_over": found.session.is_over,
        "echo": getattr(found, "echo", None),
        "add_form": AddForm(initial={"words": found.words}),
        "echo_form": EchoForm(),
        **forms_in,
    }
    return render(request, "programs/aid/request.html", page, status=422 if forms_in else 200)


def _acted(request: HttpRequest, found: AccommodationRequest) -> AddForm | EchoForm | None:
    """Do what was pressed; answers with a form that was not right, if there is one."""
    match request.POST.get("act"):
        case "withdraw":
            found.withdraw()
            messages.success(request, _("Noted. If you need it after all, tell us here again."))
        case "echo":
            echo = EchoForm(request.POST)
            if not echo.is_valid():
                return echo
            found.thank(**echo.cleaned_data)
            messages.success(request, _("Thank you. This helps us to do it better."))
        case _:
            add = AddForm(request.POST)
            if not add.is_valid():
                return add
            if found.session.ends_at > timezone.now():
                found.add(add.cleaned_data["aids"], add.cleaned_data["words"])
                messages.success(request, _("Added. We see to it."))
    return None
