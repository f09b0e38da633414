"""What people need to take part, as tasks: seen only by those who arrange it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.accommodating.demand import demand
from rapport.programs.accommodating.forms import AskForm, SeeToForm, SettleForm
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Session
from rapport.programs.models.accommodation import AccommodationRequest, AccommodationTask, Aid, AidState
from rapport.ui.context import own_name
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def page_of(task: AccommodationTask) -> str:
    return f"{reverse('programs:desk-aid', args=[task.request_id])}#task-{task.pk}"


class TaskFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show what is"),
        choices=[("", gettext_lazy("to be arranged")), ("all", gettext_lazy("coming, however it stands")),
                 ("over", gettext_lazy("over"))],
    )  # fmt: skip
    aid = forms.ChoiceField(label=gettext_lazy("of"), choices=[("", gettext_lazy("any kind")), *Aid.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )

    def narrow_state(self, rows: QuerySet[AccommodationTask], value: str) -> QuerySet[AccommodationTask]:
        now = timezone.now()
        if value == "over":
            return rows.filter(request__session__ends_at__lt=now)
        return rows.filter(request__session__ends_at__gte=now)

    def narrow_branch(self, rows: QuerySet[AccommodationTask], value: Branch) -> QuerySet[AccommodationTask]:
        return rows.filter(request__session__branch=value)


COLUMNS = [
    Column("aid", gettext_lazy("What is needed"), "get_aid_display", link=page_of, sort="aid"),
    Column("session", gettext_lazy("For"), "request.session"),
    Column(
        "starts", gettext_lazy("When"), lambda one: timezone.localtime(one.request.session.starts_at),
        sort="request__session__starts_at",
    ),
    Column("due", gettext_lazy("To be arranged by"), sort="due", template="programs/desk/aid/due_cell.html"),
    Column("owner", gettext_lazy("Who arranges it"), lambda one: one.owner or "", sort="owner__name"),
    Column("provider", gettext_lazy("Through whom")),
    Column("state", gettext_lazy("How it stands"), "get_state_display", sort="state"),
]  # fmt: skip


@staff_may("programs.arrange")
def requests(request: PersonRequest) -> HttpResponseBase:
    rows = AccommodationTask.objects.of_branches(request.user.branches_where("programs.arrange"))
    if not request.GET.get("state"):
        rows = rows.open().coming()
    rows = rows.select_related("owner", "request__session__program", "request__session__branch")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=TaskFilters, order="due", name="accommodations",
        search=["request__session__program__title", "provider"],
    )  # fmt: skip
    return listing.file() if listing.wants_file else render(
        request, "programs/desk/aid/requests.html", {"listing": listing}
    )  # fmt: skip


def _found(request: PersonRequest, pk: int) -> AccommodationRequest:
    mine = AccommodationTask.objects.of_branches(request.user.branches_where("programs.arrange"))
    rows = AccommodationRequest.objects.filter(pk__in=mine.values("request"))
    rows = rows.select_related("session__program", "session__branch", "session__space", "echo")
    return get_object_or_404(rows.prefetch_related("tasks__steps__by", "tasks__owner"), pk=pk)


@staff_may("programs.arrange")
def one(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk))


def _shown(
    request: PersonRequest, found: AccommodationRequest, bound: SeeToForm | SettleForm | None = None
) -> HttpResponse:
    tasks = []
    for task in found.tasks.all():
        mine = bound if bound and bound.task == task else None
        see = mine if isinstance(mine, SeeToForm) else SeeToForm(task=task)
        settle = mine if isinstance(mine, SettleForm) else SettleForm(task=task)
        tasks.append((task, see, settle))
    page: dict[str, Any] = {
        "found": found,
        "tasks": tasks,
        "echo": getattr(found, "echo", None),
        "speaks": own_name(found.language),
    }
    return render(request, "programs/desk/aid/request.html", page, status=422 if bound else 200)


def _task(request: PersonRequest, pk: int) -> AccommodationTask:
    rows = AccommodationTask.objects.of_branches(request.user.branches_where("programs.arrange"))
    return get_object_or_404(rows.select_related("request__session__program", "request__session__branch"), pk=pk)


@staff_may("programs.arrange")
@require_POST
def seeing_to(request: PersonRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    form = SeeToForm(request.POST, task=task)
    if not form.is_valid():
        return _shown(request, _found(request, task.request_id), form)
    task.see_to(**form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect(page_of(task))


@staff_may("programs.arrange")
@require_POST
def settlement(request: PersonRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    form = SettleForm(request.POST, task=task)
    if not form.is_valid():
        return _shown(request, _found(request, task.request_id), form)
    if task.settle(AidState(form.cleaned_data["state"]), form.cleaned_data["words"], by=request.user):
        messages.success(request, _("Done, and the person is told."))
    else:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(page_of(task))


@staff_may("programs.count")
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody asks at the desk or by phone; whoever notes it down need not be the one who arranges it."""
    rows = within_reach(Session.objects.all(), request.user, "programs.count").select_related("program", "branch")
    session = get_object_or_404(rows, pk=pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = AccommodationRequest.objects.ask(
            session, channel=Channel.DESK, by=request.user, language=request.LANGUAGE_CODE, **form.cleaned_data
        )
        messages.success(request, _("Noted. Those who arrange it see it now."))
        if request.user.has_perm("programs.arrange", session):
            return redirect("programs:desk-aid", made.pk)
        return redirect("programs:desk-session", session.pk)
    page = {"form": form, "session": session}
    return render(request, "programs/desk/aid/entry.html", page, status=422 if form.errors else 200)


@staff_may("programs.arrange")
def demand_page(request: PersonRequest) -> HttpResponseBase:
    """What was needed, what was met and how early it was asked for: a case for a budget."""
    keys = request.user.branches_where("programs.arrange")
    year = number_of_year(request.GET.get("year"))
    return render(request, "programs/desk/aid/demand.html", {"demand": demand(year, keys), "year": year})


def number_of_year(text: str | None) -> int:
    this = timezone.localdate().year
    year = int(text) if text and text.isdecimal() and len(text) == 4 else this
    return year if 2000 <= year <= this + 1 else this
