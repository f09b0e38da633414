"""Whom a quota turns away, or lets in, without anybody noticing."""

from enum import StrEnum

from .conditions import Condition, questions_of
from .questionnaire import Questionnaire
from .twice import key_of


class Silence(StrEnum):
    LATE = "late"  # they answer much before the question comes that turns them away
    SKIPPED = "skipped"  # who leaves the question out is not counted, and comes in
    FOR_SOME = "for_some"  # only some are asked the question at all


def silences(condition: Condition | None, questionnaire: Questionnaire) -> list[Silence]:
    keys = {key_of(column) for column in questions_of(condition)}
    pages = [page for page in questionnaire.pages if any(question.asks for question in page.questions)]
    here = [(page, question) for page in pages for question in page.questions if question.key in keys]
    found = []
    if any(page is not pages[0] for page, _question in here):
        found.append(Silence.LATE)
    if any(not question.is_required for _page, question in here):
        found.append(Silence.SKIPPED)
    if any(page.when or question.when for page, question in here):
        found.append(Silence.FOR_SOME)
    return found
