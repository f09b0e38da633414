"""The answers in which two entries of a sheet differ, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapport.surveys.jumps import numbers_of
from rapport.surveys.methods import (
    NOT_APPLICABLE,
    UNREADABLE,
    Column,
    Questionnaire,
    answer_in_words,
    columns_of,
    say,
)
from rapport.surveys.models import Sheet


@dataclass
class Differing:
    """One answer that two people read differently. `chosen` says which is right: "1", "2", or "0" for neither."""

    column: str
    number: int
    words: str
    first: str
    second: str
    chosen: str = ""


def differing_cells(sheet: Sheet) -> list[Differing]:
    questionnaire = sheet.edition.questionnaire
    columns = {column.name: column for column in columns_of(questionnaire)}
    numbers = numbers_of(questionnaire)
    return [
        Differing(
            column=name,
            number=numbers[columns[name].question.key],
            words=_name(columns[name], questionnaire, sheet.language),
            first=_in_words(first, name, questionnaire, sheet.language),
            second=_in_words(second, name, questionnaire, sheet.language),
        )
        for name, first, second in sheet.differences()
    ]


def _name(column: Column, questionnaire: Questionnaire, language: str) -> str:
    return " · ".join(say(part, language, questionnaire.languages[0]) for part in column.parts)


def _in_words(value: Any, name: str, questionnaire: Questionnaire, language: str) -> str:
    match value:
        case None | "" | []:
            return _("left empty")
        case True | False:
            return _("yes") if value else _("no")
    if value == UNREADABLE:
        return _("unreadable")
    if value == NOT_APPLICABLE:
        return _("does not apply")
    return answer_in_words(questionnaire, name, {name: value}, language) or str(value)
