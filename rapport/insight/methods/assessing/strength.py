"""How strong the evidence for a need is, by four plain questions that anyone can ask again.

1. Do two kinds of evidence or more agree (inferred, solicited, observed: the kinds of ISO 16439)?
2. Did at least `MANY` people say it (voices, and whoever said it in surveys and conversations)?
3. Is some of it from the last `RECENT` days?
4. Is it known that no group is missing among those who were asked, or were they drawn by chance?

Strong: the first and at least two of the others are a yes. Fair: two are. Weak: fewer. Disputed: something speaks
against the need, whatever else there is. The kinds follow ISO 16439:2014; that kinds which agree count for more than
many of one kind is triangulation (Denzin 1978).

Limits: the bounds are a convention (docs/decisions/strength-of-evidence.md). A grade says how well something is known,
not how much it matters: what few people need can be well known, and of a need that nobody asked about nothing is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MANY = 30
RECENT = 730  # days: two years, as long as between two needs assessments
_KINDS = 2


class Grade(StrEnum):
    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"  # nothing is noted


class Check(StrEnum):
    KINDS = "kinds"
    MANY = "many"
    RECENT = "recent"
    LIKE = "like"  # those who were asked are like those who live here


@dataclass(frozen=True)
class Known:
    """What is known: the kinds that agree, those that speak against it, how many said it, and the newest day.

    `is_like` is None where nobody can say whether those asked are like those who live here.
    """

    kinds: frozenset[str] = frozenset()
    against: int = 0
    people: int = 0
    newest: date | None = None
    is_like: bool | None = None


@dataclass(frozen=True)
class Strength:
    grade: Grade
    known: Known
    passed: frozenset[Check]

    def is_yes(self, test: Check) -> bool:
        return test in self.passed


def strength(known: Known, today: date) -> Strength:
    passed = frozenset(_passed(known, today))
    return Strength(_grade(known, passed), known, passed)


def _passed(known: Known, today: date) -> Iterable[Check]:
    if len(known.kinds) >= _KINDS:
        yield Check.KINDS
    if known.people >= MANY:
        yield Check.MANY
    if known.newest is not None and (today - known.newest).days <= RECENT:
        yield Check.RECENT
    if known.is_like:
        yield Check.LIKE


def _grade(known: Known, passed: frozenset[Check]) -> Grade:
    if known.against:
        return Grade.DISPUTED
    if not known.kinds and not known.people:
        return Grade.UNKNOWN
    if Check.KINDS in passed and len(passed) >= 3:
        return Grade.STRONG
    return Grade.FAIR if len(passed) >= 2 else Grade.WEAK
