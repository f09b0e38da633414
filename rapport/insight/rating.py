"""Services that people rated in surveys, by how much they matter and how good they are, beside the needs about them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.insight.models import Cut, NeedService, SurveyPublication
from rapport.surveys.models import Survey

if TYPE_CHECKING:
    from rapport.insight.results.importance import Service


@dataclass(frozen=True)
class Rating:
    """One service: its gap with what it rests on; `row` is the tie to the need."""

    row: NeedService
    service: "Service"
    survey: Survey
    label: str


def ratings_of(needs: Iterable[int], *, public: bool = False) -> dict[int, list[Rating]]:
    """For each need; in public only surveys whose results are out, until the day that these count."""
    rows = NeedService.objects.filter(need__in=list(needs)).select_related("survey")
    cuts: dict[int, Cut] = {}
    if public:
        shown = SurveyPublication.objects.public().filter(cut__isnull=False).select_related("cut")
        cuts = {one.survey_id: one.cut for one in shown if one.cut}
        rows = rows.filter(survey__in=cuts)
    found: dict[int, list[Rating]] = defaultdict(list)
    known: dict[tuple[int, str], tuple[dict[str, Service], str]] = {}
    for row in rows:
        key = (row.survey_id, row.question)
        if key not in known:
            known[key] = _rated(row.survey, row.question, cuts.get(row.survey_id))
        services, label = known[key]
        if row.line in services:
            found[row.need_id].append(Rating(row, services[row.line], row.survey, label))
    return found


def _rated(survey: Survey, name: str, cut: Cut | None) -> "tuple[dict[str, Service], str]":
    from rapport.insight.results.ground import ground_of  # NumPy only where it is needed
    from rapport.insight.results.importance import is_about_importance, quadrants

    ground = ground_of(survey, cut=cut)
    for question in ground.columns.questionnaire.questions():
        if question.key == name and is_about_importance(question):
            found = quadrants(ground, question)
            if found:
                return {one.gap.name: one for one in found.services}, ground.label
    return {}, ground.label


def services_to_choose() -> list[tuple[str, str]]:
    """Every service of every grid that asks how much something matters and how good it is."""
    from rapport.insight.results.importance import is_about_importance

    found = []
    for survey in Survey.objects.exclude(opening=None).order_by("-pk")[:50]:
        for question in survey.edition.questionnaire.questions() if survey.edition else ():
            if is_about_importance(question):
                found += [
                    (f"{survey.pk}:{question.key}:{row.key}", f"{_said(row.words)} · {survey}") for row in question.rows
                ]
    return found


def _said(words: dict[str, str]) -> str:
    from rapport.lib.translated import words as in_words

    return str(in_words(dict(words)))
