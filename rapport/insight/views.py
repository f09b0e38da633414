"""What anyone may read of what the library understood."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.insight.board import rows_of
from rapport.insight.desk.assessment_words import QUADRANTS, STANDINGS
from rapport.insight.models import Assessment, Need, NeedKind, Theme, Weights
from rapport.insight.results.label import label
from rapport.lib.publishing import published
from rapport.lib.translated import words
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

PER_PAGE = 20


def count_in_words(count: int) -> str:
    """How many spoke; of a small number only that it is small."""
    if not published(count).number:
        return _("fewer than %(n)s voices") % {"n": settings.HOUSE.threshold}
    return ngettext("%(n)s voice", "%(n)s voices", count) % {"n": count}


@anyone
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Theme.objects.filter(discarded_at=None).select_related("merged_into"), pk=pk)
    if found.merged_into and found.merged_into.is_current:
        return redirect(found.merged_into)
    voices = found.voices().public().select_related("branch").order_by("-spoken_at", "-pk")
    listing = Listing(request, voices, columns=[], per_page=PER_PAGE)
    page = {
        "theme": found,
        "said": count_in_words(found.voice_count),
        "listing": listing,
        "needs": found.needs.public().distinct(),
        "topics": found.topics.all(),
    }
    return render(request, "insight/theme.html", page)


class NeedFilters(Sentence):
    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("everything")), *NeedKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    state = forms.ChoiceField(
        label=gettext_lazy("that is"),
        choices=[
            ("", gettext_lazy("open or answered")),
            ("open", gettext_lazy("open")),
            ("closed", gettext_lazy("answered")),
        ],
    )

    def narrow_state(self, rows: QuerySet[Need], value: str) -> QuerySet[Need]:
        return rows.filter(loop__closing__isnull=value == "open")


COLUMNS = [
    Column("sentence", gettext_lazy("In one sentence")),
    Column("kind", gettext_lazy("Kind"), "get_kind_display"),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("at", gettext_lazy("Since"), lambda need: timezone.localdate(need.at), sort="at"),
]

ASSESSMENT_COLUMNS = [
    Column("title", gettext_lazy("What it is about"), link="get_absolute_url"),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("at", gettext_lazy("Published"), lambda one: timezone.localdate(one.publication.at)),
]


@anyone
def needs(request: HttpRequest) -> HttpResponseBase:
    rows = Need.objects.public().select_related("branch", "loop__closing").prefetch_related("loop__steps")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=NeedFilters, search=["sentence"], order="-at", name="needs"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/needs.html", {"listing": listing})


@anyone
def need(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Need.objects.public().select_related("branch", "loop__closing"), pk=pk)
    page = {
        "need": found,
        "row": rows_of([found], public=True)[0],
        "themes": Theme.objects.current().filter(needs=found),
        "said": count_in_words(found.voices().count()),
        "voices": found.voices().public().select_related("branch").order_by("-spoken_at")[:4],
    }
    return render(request, "insight/need.html", page)


@anyone
def assessments(request: HttpRequest) -> HttpResponseBase:
    rows = Assessment.objects.public().select_related("branch", "publication").order_by("-publication__at")
    listing = Listing(request, rows, columns=ASSESSMENT_COLUMNS, search=["title", "topic"], name="assessments")
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/assessments.html", {"listing": listing})


@anyone
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, whom, what was found, and what happens next: as it was on the day that it was published."""
    rows = Assessment.objects.public().select_related("branch", "publication__by", "before", "loop__closing")
    found = get_object_or_404(rows, pk=pk)
    levels = Need.objects.filter(pk__in=found.priorities.values("need")).levels()
    weighed = [(row, levels.get(row.need_id)) for row in found.priorities.select_related("need__loop")]
    tables = found.publication.tables
    page = {
        "assessment": found,
        "publication": found.publication,
        "sources": found.sources.select_related("survey"),
        "findings": found.findings.prefetch_related("sources"),
        "assets": found.assets.all(),
        "priorities": sorted(weighed, key=lambda pair: -(pair[1] or 0)),
        "weights": Weights.objects.at().table,
        "heard": [_said_heard(table) for table in tables.get("heard", [])],
        "rated": [_said_rated(table) for table in tables.get("rated", [])],
        "threshold": settings.HOUSE.threshold,
    }
    return render(request, "insight/assessment.html", page)


def _said_heard(table: dict[str, Any]) -> dict[str, Any]:
    standings = {standing.name.lower(): label for standing, label in STANDINGS.items()}
    rows = [{**row, "name": words(row["words"]), "says": standings.get(row["standing"], "")} for row in table["rows"]]
    return {"name": words(table["words"]), "rows": rows, "source": table["source"]}


def _said_rated(table: dict[str, Any]) -> dict[str, Any]:
    services = [
        {**one, "name": words(one["words"]), "says": QUADRANTS[one["quadrant"].upper()]} for one in table["services"]
    ]
    said = label(table["sampling"], table["answered"], table["asked"])
    return {"name": words(table["words"]), "label": said, "services": services}
