"""What the answers of a questionnaire look like: one flat row, each answer under the name of its column.

| kind | column | value |
|---|---|---|
| single, picture, place | `visits` | the code of the choice |
| with "other" chosen | `visits.other` | the words |
| multiple, ranking | `barriers` | list of codes; in a ranking the first is the best |
| scale, smiley | `welcome` | whole number, or "na" |
| grid | `services.wifi.importance` (`services.wifi` where the grid has no aspects) | whole number, or "na" |
| number | `household` | int or float |
| date | `since` | ISO date |
| short, long | `wish` | text |
| consent | `agreed` | true or false |

What was not answered has no column in the row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .questionnaire import CHOOSING, NOT_APPLICABLE, RATING, WRITING, Kind, Question, Questionnaire, Words

Row = dict[str, Any]
OTHER = ".other"


@dataclass(frozen=True)
class Column:
    """One value of a row of answers, and the question that it answers; `parts` are the words that together name it."""

    name: str
    question: Question
    parts: tuple[Words, ...]
    row: str = ""
    aspect: str = ""

    @property
    def is_many(self) -> bool:
        """Several codes at once."""
        return not self.is_own_words and self.question.kind in {Kind.MULTIPLE, Kind.RANKING}

    @property
    def is_coded(self) -> bool:
        """One or several of a few values that can be counted: a code, a step, yes or no."""
        return not self.is_own_words and self.question.kind in (CHOOSING | RATING | {Kind.CONSENT})

    @property
    def is_own_words(self) -> bool:
        return self.name.endswith(OTHER) or self.question.kind in WRITING

    def levels(self) -> list[str]:
        """The values that can be counted, in order, as text; "na" at the end where it may not apply."""
        question = self.question
        if question.kind == Kind.CONSENT:
            return ["yes", "no"]
        if question.kind in RATING:
            return [*map(str, question.steps), *([NOT_APPLICABLE] if question.may_not_apply else [])]
        return [choice.code for choice in question.choices]

    def level_words(self, level: str) -> Words:
        """How a value is called; empty where its code says it all."""
        choice = self.question.choice(level)
        return choice.words if choice else self.question.ends.get(level, {})


def columns_of(questionnaire: Questionnaire) -> list[Column]:
    return [column for question in questionnaire.questions() for column in columns_of_question(question)]


def columns_of_question(question: Question) -> Iterator[Column]:
    if not question.asks:
        return
    if question.kind == Kind.GRID:
        yield from _cells(question)
        return
    yield Column(question.key, question, (question.words,))
    for choice in question.choices:
        if choice.is_other:
            yield Column(f"{question.key}{OTHER}", question, (question.words, choice.words))


def _cells(question: Question) -> Iterator[Column]:
    for row in question.rows:
        if not question.aspects:
            yield Column(f"{question.key}.{row.key}", question, (question.words, row.words), row.key)
        for aspect in question.aspects:
            name = f"{question.key}.{row.key}.{aspect.key}"
            yield Column(name, question, (question.words, row.words, aspect.words), row.key, aspect.key)


def level_of(value: Any) -> str:
    """A counted value as text, as `Column.levels` has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
