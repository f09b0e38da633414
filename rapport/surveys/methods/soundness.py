"""Whether a questionnaire can be asked: what its builder must mend, each thing at its place."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .columns import columns_of_question
from .conditions import day_of, questions_of
from .questionnaire import CHOOSING, Kind, Question, Questionnaire

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
LONGEST_KEY = 64


class Flaw(StrEnum):
    NO_QUESTIONS = "no_questions"
    NO_WORDS = "no_words"
    KEY_TWICE = "key_twice"
    KEY_ODD = "key_odd"
    NO_CHOICES = "no_choices"
    CODE_TWICE = "code_twice"
    NO_ROWS = "no_rows"
    SCALE_ODD = "scale_odd"
    BOUNDS_ODD = "bounds_odd"
    ASKS_LATER = "asks_later"  # a condition looks at a question that comes later, or at none


@dataclass(frozen=True)
class Flawed:
    """A flaw, the key of the page or question that has it, and what it is about."""

    where: str
    flaw: Flaw
    what: str = ""


def flaws_of(questionnaire: Questionnaire) -> list[Flawed]:
    if not any(question.asks for question in questionnaire.questions()):
        return [Flawed("", Flaw.NO_QUESTIONS)]
    return [*_keys(questionnaire), *_order(questionnaire), *_each(questionnaire)]


def _keys(questionnaire: Questionnaire) -> Iterator[Flawed]:
    counts = Counter(question.key for question in questionnaire.questions())
    for key, n in counts.items():
        if n > 1:
            yield Flawed(key, Flaw.KEY_TWICE)
        if not KEY.match(key) or len(key) > LONGEST_KEY:
            yield Flawed(key, Flaw.KEY_ODD)


def _order(questionnaire: Questionnaire) -> Iterator[Flawed]:
    """A condition may look at what was asked before it; a rule also at the question itself."""
    known: set[str] = set()
    for page in questionnaire.pages:
        yield from (Flawed(page.key, Flaw.ASKS_LATER, name) for name in sorted(questions_of(page.when) - known))
        for question in page.questions:
            looked_at = questions_of(question.when).union(*(questions_of(choice.when) for choice in question.choices))
            own = {column.name for column in columns_of_question(question)}
            looked_at |= questions_of(question.must) - own
            yield from (Flawed(question.key, Flaw.ASKS_LATER, name) for name in sorted(looked_at - known))
            known |= own


def _each(questionnaire: Questionnaire) -> Iterator[Flawed]:
    first = questionnaire.languages[0]
    for question in questionnaire.questions():
        if not question.words.get(first, "").strip():
            yield Flawed(question.key, Flaw.NO_WORDS)
        for flaw, what in _parts(question):
            yield Flawed(question.key, flaw, what)


def _parts(question: Question) -> Iterator[tuple[Flaw, str]]:
    if question.kind in CHOOSING and not question.choices:
        yield Flaw.NO_CHOICES, ""
    for names in ([choice.code for choice in question.choices], [line.key for line in question.rows]):
        yield from ((Flaw.CODE_TWICE, name) for name, n in Counter(names).items() if n > 1)
    if question.kind == Kind.GRID and not question.rows:
        yield Flaw.NO_ROWS, ""
    if question.kind in {Kind.SCALE, Kind.GRID} and not 1 <= question.high - question.low <= 10:
        yield Flaw.SCALE_ODD, ""
    if question.kind == Kind.SMILEY and (question.low, question.high) not in {(1, 3), (1, 5)}:
        yield Flaw.SCALE_ODD, ""
    if not _in_order(question):
        yield Flaw.BOUNDS_ODD, f"{question.least} > {question.most}"


def _in_order(question: Question) -> bool:
    least, most = question.least, question.most
    if not least or not most:
        return True
    if question.kind == Kind.DATE:
        first, last = day_of(least), day_of(most)
        return first is not None and last is not None and first <= last
    try:
        return float(least) <= float(most)
    except ValueError:
        return False
