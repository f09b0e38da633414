"""Which survey, for whom, and what stands at the head of each of its pages."""

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Weighing
from rapport.people.guards import PersonRequest
from rapport.surveys.models import Survey
from rapport.ui.parts import Tab

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.insight.results.narrowing import Narrowing

PAGES = (
    ("insight:desk-results", _("Results")),
    ("insight:desk-crosstab", _("Tables")),
    ("insight:survey-reach", _("Who is missing")),
    ("insight:desk-weighing", _("Weighing")),
    ("insight:desk-open-words", _("Open answers")),
    ("insight:desk-codebook", _("Codebook and files")),
    ("insight:desk-publication", _("Publish")),
)


def survey_for(request: PersonRequest, pk: int, permission: str = "surveys.see") -> Survey:
    """The survey, if it is one of this person's branches or of the house; else there is nothing here."""
    surveys = Survey.objects.reached_by(request.user, permission)
    return get_object_or_404(surveys.select_related("branch", "loop", "opening", "closing"), pk=pk)


def looked_at(request: PersonRequest, survey: Survey) -> "tuple[Ground, Narrowing]":
    """The answers that the address means, weighed or not, and the filters that say so."""
    from rapport.insight.results.ground import ground_of
    from rapport.insight.results.narrowing import Narrowing

    ground = ground_of(survey, is_weighed=bool(request.GET.get("weighed")))
    narrowing = Narrowing(request.GET, ground)
    return ground.narrowed(narrowing.where()), narrowing


def head(request: PersonRequest, survey: Survey, here: str) -> dict[str, Any]:
    pages = [Tab(str(label), reverse(name, args=[survey.pk]), is_here=name == here) for name, label in PAGES]
    return {
        "survey": survey,
        "pages": pages,
        "weighing": Weighing.objects.of(survey),
        "may_change": request.user.has_perm("surveys.change", survey),
        "may_export": request.user.has_perm("surveys.export", survey),
    }
