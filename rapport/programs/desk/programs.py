from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.models import Decision
from rapport.insight.models import Need
from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.found import number, within_reach
from rapport.programs.desk.trial import trial_of
from rapport.programs.forms import DeliveryForm, NewSessionForm, PilotForm, ProgramForm, ProgramWordsForm
from rapport.programs.models import Band, Observance, Program, ProgramTemplate, Setting
from rapport.programs.planning.program import planning_of
from rapport.programs.views import ProgramFilters
from rapport.ui.listing import Column, Listing

_DATES_SHOWN = 15


def page_of(program: Program) -> str:
    return reverse("programs:desk-program", args=[program.pk])


COLUMNS = [
    Column("title", gettext_lazy("What"), link=page_of),
    Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
    Column(
        "need",
        pgettext_lazy("program", "Answers"),
        lambda program: program.need or gettext_lazy("none that we heard"),
        sort=("answers_none", "need"),
    ),
    Column("stands", gettext_lazy("Where it stands"), "stands_words"),
    Column("review", gettext_lazy("Review on"), "pilot.review_on", sort="pilot__review_on"),
    Column("branch", gettext_lazy("Branch"), "branch.name", sort="branch__order"),
    Column("owner", gettext_lazy("Looked after by"), "owner.name", sort="owner__name"),
    Column("at", gettext_lazy("Planned on"), lambda program: program.at.date(), sort="at"),
]


@staff_may("programs.see")
def programs(request: PersonRequest) -> HttpResponseBase:
    rows = Program.objects.select_related("need", "branch", "owner", "delivery", "pilot__verdict")
    listing = Listing(
        request,
        rows,
        columns=COLUMNS,
        filters=ProgramFilters,
        search=["title", "about", "need__sentence"],
        order="-at",
        name="programs",
    )
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "share": Program.objects.share_naming_a_need(),
        "may_plan": request.user.has_perm("programs.change"),
    }
    return render(request, "programs/desk/programs.html", page)


@staff_may("programs.change")
def new(request: PersonRequest) -> HttpResponse:
    form = ProgramForm(request.POST or None, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        program = Program.objects.plan(by=request.user, **form.cleaned_data)
        messages.success(request, _("Planned. Only the desk sees it until you publish it or start its trial."))
        return redirect(page_of(program))
    page = {
        "form": form,
        "templates": ProgramTemplate.objects.select_related("program"),
        "observed": [one for one in Observance.objects.ahead(200) if one.is_time_to_plan],
    }
    return render(request, "programs/desk/new.html", page, status=422 if form.errors else 200)


def _asked_for(request: PersonRequest) -> dict[str, Any]:
    """What the address already says: `?need=` or `?decision=`, which brings its need along."""
    decision = Decision.objects.filter(pk=number(request.GET.get("decision"))).select_related("need", "branch").first()
    need = Need.objects.filter(pk=number(request.GET.get("need"))).select_related("branch").first()
    need = need or (decision.need if decision else None)
    source = decision or need
    return {"need": need, "decision": decision, "branch": source.branch if source else None, "owner": request.user}


@staff_may("programs.see")
def program(request: PersonRequest, pk: int) -> HttpResponse:
    return shown(request, found(pk))


def found(pk: int, among: QuerySet[Program] | None = None) -> Program:
    rows = (Program.objects.all() if among is None else among).select_related(
        "need", "decision", "branch", "owner", "loop", "delivery__by", "pilot__verdict__by", "pilot__started_by"
    )
    return get_object_or_404(rows.prefetch_related("pilot__measures__readings"), pk=pk)


def mine(request: PersonRequest, pk: int) -> Program:
    """To be changed: only what this person's role reaches, anything else does not exist for them."""
    return found(pk, within_reach(Program.objects.all(), request.user, "programs.change"))


def shown(request: PersonRequest, program: Program, **forms: Form) -> HttpResponse:
    sessions = program.sessions.select_related("branch", "space", "cancellation").with_attendance()
    page: dict[str, Any] = {
        "program": program,
        "may_change": request.user.has_perm("programs.change", program),
        "words_form": ProgramWordsForm(initial=_words_of(program), auto_id="words-%s"),
        "delivery_form": DeliveryForm(auto_id="delivery-%s"),
        "pilot_form": PilotForm(auto_id="pilot-%s"),
        "session_form": NewSessionForm(initial=_usual(program), auto_id="session-%s"),
        "sessions": sessions.order_by("-starts_at")[:_DATES_SHOWN],
        "to_be_counted": program.sessions.to_be_counted().count(),
        **trial_of(program),
        **planning_of(program, request.user),
        **forms,
    }
    return render(request, "programs/desk/program.html", page, status=422 if forms else 200)


def _words_of(program: Program) -> dict[str, Any]:
    return {name: getattr(program, name) for name in ("title", "about", "kind", "branch", "owner")}


def _usual(program: Program) -> dict[str, Any]:
    """As the latest date was; the first one as most are."""
    last = program.sessions.order_by("-starts_at").first()
    if last:
        return {name: getattr(last, name) for name in ("setting", "branch", "space", "language", "audience", "access")}
    return {"setting": Setting.ONSITE, "branch": program.branch, "audience": Band.GENERAL}


@staff_may("programs.change")
@require_POST
def wording(request: PersonRequest, pk: int) -> HttpResponse:
    program = mine(request, pk)
    form = ProgramWordsForm(request.POST, auto_id="words-%s")
    if not form.is_valid():
        return shown(request, program, words_form=form)
    program.reword(**form.cleaned_data)
    messages.success(request, _("Changed."))
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    program = mine(request, pk)
    if not program.may_be_published_by(request.user):
        return not_approved(request, program)
    program.publish()
    messages.success(request, _("Everyone can see it now."))
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def delivery(request: PersonRequest, pk: int) -> HttpResponse:
    program = mine(request, pk)
    if not program.may_be_published_by(request.user):
        return not_approved(request, program)
    form = DeliveryForm(request.POST, auto_id="delivery-%s")
    if not form.is_valid():
        return shown(request, program, delivery_form=form)
    return once(
        request,
        program,
        lambda: program.deliver(by=request.user, **form.cleaned_data),
        _("It is public that it is there, and everyone who spoke of it is being told."),
    )


@staff_may("programs.change")
@require_POST
def sessions(request: PersonRequest, pk: int) -> HttpResponse:
    program = mine(request, pk)
    form = NewSessionForm(request.POST, auto_id="session-%s")
    if not form.is_valid():
        return shown(request, program, session_form=form)
    times = form.cleaned_data["times"]
    program.add_sessions(*form.dates(), times=times, **form.fields_of_session())
    messages.success(request, _("Added: %(n)d.") % {"n": times})
    return redirect(page_of(program))


def not_approved(request: PersonRequest, program: Program) -> HttpResponse:
    messages.error(request, _("Hand it in first: somebody looks at it before everyone sees it."))
    return redirect(page_of(program))


def once(request: PersonRequest, program: Program, act: Any, done: str) -> HttpResponse:
    """Two colleagues may press at the same moment: the database keeps the first, and the second is told so."""
    try:
        with transaction.atomic():
            act()
        messages.success(request, done)
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(page_of(program))
