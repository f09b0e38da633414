from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.arriving.roster import roster_of
from rapport.programs.counting.forms import AfarForm
from rapport.programs.desk.found import within_reach
from rapport.programs.forms import CancellationForm, HeadsForm
from rapport.programs.models import Afar, Band, Session
from rapport.programs.planning.facts import own_words
from rapport.programs.planning.work import effort_of
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

_LINES_ON_PAPER = 22
_LEAST_BLANK = 10


def page_of(session: Session) -> str:
    return reverse("programs:desk-session", args=[session.pk])


class SessionFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show those"),
        choices=[
            ("", gettext_lazy("waiting to be counted")),
            ("coming", gettext_lazy("still to come")),
            ("over", gettext_lazy("that are over")),
            ("cancelled", gettext_lazy("that did not take place")),
            ("all", gettext_lazy("of any kind")),
        ],
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )

    def narrow_state(self, rows: QuerySet[Session], value: str) -> QuerySet[Session]:
        now = timezone.now()
        if value == "coming":
            return rows.filter(ends_at__gte=now, cancellation=None)
        if value == "over":
            return rows.filter(ends_at__lt=now, cancellation=None)
        return rows.exclude(cancellation=None) if value == "cancelled" else rows


def _came(session: Session) -> object:
    if session.called_off:
        return gettext_lazy("did not take place")
    return gettext_lazy("not counted") if session.attendance is None else session.attendance  # type: ignore[attr-defined]


COLUMNS = [
    Column("program", gettext_lazy("What"), link=page_of),
    Column("starts_at", gettext_lazy("When"), lambda one: timezone.localtime(one.starts_at), sort="starts_at"),
    Column("where", gettext_lazy("Where")),
    Column("audience", gettext_lazy("For whom"), "get_audience_display", sort="audience"),
    Column("language", gettext_lazy("Language"), sort="language"),
    Column("came", gettext_lazy("Came"), _came, number=True),
]


@staff_may("programs.count")
def sessions(request: PersonRequest) -> HttpResponseBase:
    rows = within_reach(Session.objects.all(), request.user, "programs.count")
    if not request.GET.get("state"):
        rows = rows.to_be_counted()
    rows = rows.select_related("program", "branch", "space", "cancellation").with_attendance()
    listing = Listing(
        request,
        rows,
        columns=COLUMNS,
        filters=SessionFilters,
        search=["program__title"],
        order="-starts_at",
        name="sessions",
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "programs/desk/sessions.html", {"listing": listing})


def found_session(request: PersonRequest, pk: int, permission: str) -> Session:
    rows = within_reach(Session.objects.all(), request.user, permission)
    rows = rows.select_related("program__loop", "program__pilot__verdict", "branch", "space", "cancellation__by")
    rows = rows.select_related("online_count", "estimate")
    return get_object_or_404(rows.prefetch_related("headcounts__by", "moves__by"), pk=pk)


@staff_may("programs.see")
def session(request: PersonRequest, pk: int) -> HttpResponse:
    return shown_session(request, found_session(request, pk, "programs.see"))


def shown_session(request: PersonRequest, session: Session, **forms: forms.Form) -> HttpResponse:
    page: dict[str, Any] = {
        "session": session,
        "heads_form": HeadsForm(session=session),
        "afar_form": AfarForm(session=session),
        "cancellation_form": CancellationForm(auto_id="cancel-%s"),
        "counted": next(iter(session.headcounts.all()), None),
        "may_count": request.user.has_perm("programs.count", session),
        "may_change": request.user.has_perm("programs.change", session),
        "own": own_words(session),
        **effort_of(session),
        **forms,
    }
    return render(request, "programs/desk/session.html", page, status=422 if forms else 200)


@staff_may("programs.change")
@require_POST
def cancellation(request: PersonRequest, pk: int) -> HttpResponse:
    session = found_session(request, pk, "programs.change")
    form = CancellationForm(request.POST, auto_id="cancel-%s")
    if not form.is_valid():
        return shown_session(request, session, cancellation_form=form)
    try:
        with transaction.atomic():
            session.cancel(form.cleaned_data["why"], by=request.user)
        messages.success(request, _("Cancelled. Its page says so, and why."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(page_of(session))


@staff_may("programs.count")
@require_POST
def heads(request: PersonRequest, pk: int) -> HttpResponse:
    session = found_session(request, pk, "programs.count")
    form, afar = HeadsForm(request.POST, session=session), AfarForm(request.POST, session=session)
    if not (form.is_valid() & afar.is_valid()):
        return shown_session(request, session, heads_form=form, afar_form=afar)
    with transaction.atomic():
        session.count_heads(form.heads(), by=request.user)
        session.count_online(afar.counted(), way=afar.cleaned_data.get("way") or Afar.MEETING, by=request.user)
        session.mark_estimated(afar.cleaned_data["basis"], by=request.user)
    counted = [n for n in (*form.heads().values(), afar.counted()) if n is not None]
    said = _("Counted: %(n)d.") % {"n": sum(counted)} if counted else _("Noted as not counted.")
    messages.success(request, said)
    return redirect(page_of(session))


@staff_may("programs.see")
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """A list on paper: names are optional, the tally at its foot is what counts."""
    session = found_session(request, pk, "programs.see")
    names = roster_of(session).lines if request.user.has_perm("programs.count", session) else []
    blank = max(_LEAST_BLANK, _LINES_ON_PAPER - len(names))
    page = {"session": session, "names": names, "lines": range(blank), "bands": list(Band)[:4]}
    return render(request, "programs/desk/sheet.html", page)
