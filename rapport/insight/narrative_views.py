"""The community narrative for everyone: a page a year, beside the year before."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from rapport.insight.comparing import beside_last_year
from rapport.insight.models import Narrative, Section, Statement
from rapport.insight.views import count_in_words
from rapport.lib.translated import Words
from rapport.people.guards import anyone
from rapport.ui.listing import Column, Listing


@dataclass(frozen=True)
class Fact:
    """A statement as it is read on one face, with the address of what it rests on."""

    row: Statement
    url: str
    said: str


@dataclass(frozen=True)
class Chapter:
    section: Section
    words: Words
    facts: list[Fact]

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.facts


def chapters_of(narrative: Narrative, face: str = "public", *, with_left_out: bool = False) -> list[Chapter]:
    written = {part.section: part.words for part in narrative.parts.all()}
    rows = list(narrative.statements.all() if with_left_out else narrative.statements.filter(is_out=False))
    return [
        Chapter(section, written.get(section, Words()), [_fact(row, face) for row in rows if row.section == section])
        for section in Section
    ]


def _fact(row: Statement, face: str) -> Fact:
    said = ""
    if row.figure is not None:
        said = (
            count_in_words(row.figure)
            if face == "public" or row.figure >= settings.HOUSE.threshold
            else f"{row.figure}"
        )
    return Fact(row, row.url(face), said)


COLUMNS = [
    Column("title", gettext_lazy("Year"), link="get_absolute_url"),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("at", gettext_lazy("Published"), lambda one: timezone.localdate(one.publication.at)),
]


@anyone
def narratives(request: HttpRequest) -> HttpResponseBase:
    rows = Narrative.objects.public().select_related("branch", "publication")
    listing = Listing(request, rows, columns=COLUMNS, search=["title"], name="narratives")
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/narratives.html", {"listing": listing})


def _public() -> QuerySet[Narrative]:
    return Narrative.objects.public().select_related("branch", "publication__by", "loop__closing")


@anyone
def narrative(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "insight/narrative.html", page_of(get_object_or_404(_public(), pk=pk)))


@anyone
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "insight/narrative_sheet.html", page_of(get_object_or_404(_public(), pk=pk)))


def page_of(found: Narrative) -> dict[str, Any]:
    return {
        "narrative": found,
        "publication": found.publication,
        "chapters": [chapter for chapter in chapters_of(found) if not chapter.is_empty],
        "beside": beside_last_year(found, threshold=settings.HOUSE.threshold),
    }
