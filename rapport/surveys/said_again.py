"""What somebody answered, in words, for a last look before it is sent."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from rapport.surveys.asking import Said, face_of, face_words
from rapport.surveys.methods import (
    NOT_APPLICABLE,
    Column,
    Kind,
    answer_in_words,
    columns_of_question,
    piped,
    questions_for,
    spoken,
)
from rapport.surveys.walk import Walk


@dataclass(frozen=True)
class Line:
    """One value; `label` names it where a question has several."""

    words: str
    label: str = ""


@dataclass
class Given:
    """One question with its answer, and where to change it."""

    said: Said
    url: str
    lines: list[Line] = field(default_factory=list)


def given(walk: Walk, language: str) -> list[Given]:
    """All questions that were asked, in order; one without lines was left out."""
    found = []
    row, first = walk.row, walk.questionnaire.languages[0]
    for page in walk.pages:
        for question in questions_for(page, row):
            if not question.asks:
                continue
            words = piped(question.words, walk.questionnaire, row, language)
            one = Given(Said(words, spoken(question.words, language, first)), f"{walk.url(page)}#q-{question.key}")
            one.lines = [
                line for column in columns_of_question(question) if (line := _line(walk, column, language)) is not None
            ]
            found.append(one)
    return found


def _line(walk: Walk, column: Column, language: str) -> Line | None:
    row, value = walk.row, walk.row.get(column.name)
    if value is None or (column.name.endswith(".other") and column.question.kind != Kind.GRID):
        return None  # own words stand in place of "other"
    parts = column.parts[1:] if column.question.kind == Kind.GRID else ()
    label = ": ".join(piped(part, walk.questionnaire, row, language) for part in parts)
    return Line(_words(walk, column, language), label)


def _words(walk: Walk, column: Column, language: str) -> str:
    value = walk.row[column.name]
    if value == NOT_APPLICABLE and column.is_coded:
        return _("does not apply to me")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.question.kind == Kind.SMILEY and not column.level_words(str(value)):
        return face_words(face_of(column.question, int(value)))
    if column.question.kind == Kind.DATE:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if column.question.kind == Kind.NUMBER:
        return number_format(value, use_l10n=True)
    return answer_in_words(walk.questionnaire, column.name, walk.row, language) or str(value)
