"""What in a questionnaire looks at an answer that is not given before it: conditions, rules, inserted answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from .columns import Column, columns_of_question
from .conditions import ITSELF, All, AnyOf, Comparison, Condition, Not, Test, questions_of
from .questionnaire import Questionnaire
from .walking import inserted

_CODED = {Comparison.EQUAL, Comparison.UNEQUAL, Comparison.INCLUDES, Comparison.LACKS}


@dataclass(frozen=True)
class Hanging:
    """A page or question (`where`) that looks at a column which is not answered before it, or at a choice it lacks."""

    where: str
    column: str
    value: str = ""


def hanging(questionnaire: Questionnaire) -> list[Hanging]:
    """What looks at an answer that is not there before it."""
    return [*_looking(questionnaire), *inserting(questionnaire)]


def _looking(questionnaire: Questionnaire) -> Iterator[Hanging]:
    known: dict[str, Column] = {}
    for page in questionnaire.pages:
        yield from _lost(page.key, page.when, known)
        for question in page.questions:
            own = {column.name: column for column in columns_of_question(question)}
            for condition in (question.when, *(choice.when for choice in question.choices)):
                yield from _lost(question.key, condition, known)
            yield from _lost(question.key, question.must, known | own)
            known |= own


def _lost(where: str, condition: Condition | None, known: dict[str, Column]) -> Iterator[Hanging]:
    for name in sorted(questions_of(condition) - known.keys()):
        yield Hanging(where, name)
    for test in tests_of(condition):
        column = known.get(test.question)
        if column and column.is_coded and test.comparison in _CODED and test.value not in {"", *column.levels()}:
            yield Hanging(where, test.question, test.value)


def tests_of(condition: Condition | None) -> Iterator[Test]:
    match condition:
        case All(of) | AnyOf(of):
            for part in of:
                yield from tests_of(part)
        case Not(of):
            yield from tests_of(of)
        case Test(question) if question != ITSELF:
            yield condition


def inserting(questionnaire: Questionnaire) -> Iterator[Hanging]:
    """Words that insert an answer, once the question was named in them; braces around anything else are just braces."""
    known: set[str] = set()
    for page in questionnaire.pages:
        for question in page.questions:
            said = " ".join(text for _name, words in question.all_words() for text in words.values())
            yield from (Hanging(question.key, name) for name in sorted(inserted(said) - known))
            known |= {column.name for column in columns_of_question(question)}
