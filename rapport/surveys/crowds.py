"""How many people an answer could come from: full quotas, and groups so small that an answer points to someone.

A group is called small where it has fewer than three times the house's threshold (30 people, by default): small enough
that an answer or two more about oneself may name a person. Limits: the figures of a community are estimates, and those
who know somebody well know more than any figure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from rapport.community.models import Figure
from rapport.places.models import Branch
from rapport.surveys.asking import Asked
from rapport.surveys.methods import Page, columns_of_question, condition_from_json, questions_of
from rapport.surveys.models import Quota, Sampling, Survey

_TIMES_THE_THRESHOLD = 3


def full_quota(
    survey: Survey, row: Mapping[str, Any], pages: Iterable[Page] = (), *, branch: Branch | None, language: str
) -> Quota | None:
    """A quota that is full and that these answers count for, once all that it looks at has been asked."""
    decided = {column.name for page in pages for one in page.questions for column in columns_of_question(one)}
    for quota in survey.quotas.all():
        looked_at = questions_of(condition_from_json(quota.when or None))
        is_theirs = quota.is_about(branch, language) and quota.counts(row)
        if quota.is_full and looked_at <= decided and is_theirs:
            return quota
    return None


def is_small(people: float | None) -> bool:
    return people is not None and people < _TIMES_THE_THRESHOLD * settings.HOUSE.threshold


def people_asked(survey: Survey) -> int | None:
    """How many are asked in all, where it is known."""
    if survey.population is not None or survey.sampling == Sampling.CHOSE:
        return survey.population
    return survey.invitations.count() or None


def warn_small_groups(questions: list[Asked], survey: Survey, branch: Branch | None) -> None:
    """Say at the questions about oneself that few people would give this answer."""
    about_people = [asked for asked in questions if asked.question.dimension]
    if not about_people:
        return
    asked_in_all = people_asked(survey)
    figures = Figure.objects.margins({asked.question.dimension for asked in about_people}, branch)
    for asked in about_people:
        if is_small(asked_in_all):
            words = _("Few people are asked. Together with your other answers this one may point to you.")
            asked.warning = _warning(asked, words)
            continue
        few = [band for band, people in figures.get(asked.question.dimension, {}).items() if is_small(people)]
        names = [str(option.said) for option in asked.options if option.choice.band in few]
        if names:
            words = _("Few people here would choose one of these: %(names)s. If you do, it may point to you.")
            asked.warning = _warning(asked, words % {"names": ", ".join(names)})


def _warning(asked: Asked, words: str) -> str:
    return words if asked.question.is_required else f"{words} {_('You can leave it out.')}"
