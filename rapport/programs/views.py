from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.programs.finding.alike import more_like
from rapport.programs.finding.saved import saved_keys
from rapport.programs.models import Program, ProgramKind, Session
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

_DATES_SHOWN = 8


class ProgramFilters(Sentence):
    kind = forms.ChoiceField(label=_("show"), choices=[("", _("everything")), *ProgramKind.choices])
    need = forms.ChoiceField(
        label=_("that answers"),
        choices=[("", _("anything")), ("named", _("a need that we heard")), ("none", _("none that we heard"))],
    )
    state = forms.ChoiceField(
        label=_("and is"),
        choices=[
            ("", _("anywhere on its way")),
            ("trial", _("being tried out")),
            ("review", _("past its review")),
            ("decided", _("tried and decided")),
            ("there", _("there")),
        ],
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))

    def narrow_need(self, rows: QuerySet[Program], value: str) -> QuerySet[Program]:
        return rows.filter(answers_none=value == "none")

    def narrow_state(self, rows: QuerySet[Program], value: str) -> QuerySet[Program]:
        begun = Q(pilot__isnull=False, pilot__started_at__isnull=False, pilot__verdict=None)
        return rows.filter(
            {
                "trial": begun,
                "review": begun & Q(pilot__review_on__lt=timezone.localdate()),
                "decided": Q(pilot__verdict__isnull=False),
                "there": Q(delivery__isnull=False) | Q(pilot__verdict__choice="adopt"),
            }[value]
        )


COLUMNS = [
    Column("title", _("What"), link="get_absolute_url"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("need", pgettext_lazy("program", "Answers"), lambda program: program.need or _("none that we heard")),
    Column("branch", _("Branch"), "branch.name"),
    Column("stands", _("Where it stands"), "stands_words"),
]


@anyone
def programs(request: HttpRequest) -> HttpResponseBase:
    rows = Program.objects.public().select_related("need", "branch", "delivery", "pilot__verdict")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=ProgramFilters, search=["title", "about"], name="programs", per_page=24
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "programs/programs.html", {"listing": listing})


@anyone
def program(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Program.objects.public().select_related("need", "decision", "branch", "loop", "delivery", "pilot__verdict")
    found = get_object_or_404(rows.prefetch_related("pilot__measures__readings"), pk=pk)
    sessions = found.sessions.select_related("branch", "space", "cancellation").prefetch_related("moves")
    now = timezone.now()
    page = {
        "program": found,
        "coming": sessions.filter(ends_at__gte=now)[:_DATES_SHOWN],
        "past": sessions.filter(ends_at__lt=now).order_by("-starts_at")[:_DATES_SHOWN],
    }
    return render(request, "programs/program.html", page)


@anyone
def session(request: HttpRequest, pk: int) -> HttpResponse:
    joined = ("program", "branch", "space", "cancellation", "seating", "rules", "series")
    rows = Session.objects.public().select_related(*joined)
    found = get_object_or_404(rows, pk=pk)
    page = {
        "session": found,
        "others": found.program.sessions.coming().exclude(pk=pk).select_related("branch")[:5],
        "alike": more_like(found),
        "is_saved": pk in saved_keys(request),
    }
    return render(request, "programs/session.html", page)
