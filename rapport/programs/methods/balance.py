"""How programs are spread: by audience, language, place, time, cost and access; and two of these beside each other.

All dates are counted, not a sample: a share needs no interval. Beside the people it has one, as few dates may fall this
way by chance: the exact interval of a Poisson count, as for the representation index of insight.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

DAYTIME, EVENING, WEEKEND = "daytime", "evening", "weekend"
EVENING_FROM = 17

# Languages of the census tables that have no band of their own, by the group that they are counted in there.
_GROUPS = {
    "slavic": "ru pl uk cs sk bg sr hr bs sl mk be",
    "indo-european": "fa hi ur pt it bn pa gu ne el hy sq ro lt lv ku ps mr",
    "asian": "ja th lo km hmn te ta ml kn my id haw sm",
    "fr": "ht",
    "de": "yi nl",
}
_GROUP_OF = {code: group for group, codes in _GROUPS.items() for code in codes.split()}


def band_of_language(code: str, bands: Iterable[str]) -> str:
    """The band of the profile in which a language is counted; "" where the profile has none for it."""
    known, plain = set(bands), code.casefold().split("-")[0]
    return next((one for one in (plain, _GROUP_OF.get(plain, ""), "other") if one in known), "")


def time_of(starts: datetime) -> str:
    """Whether most people are at work then. The moment is local."""
    if starts.weekday() >= 5:
        return WEEKEND
    return EVENING if starts.hour >= EVENING_FROM else DAYTIME


@dataclass(frozen=True)
class Cross:
    """How many dates have both: one row and one column for each value, in the order given."""

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int]]

    @property
    def totals(self) -> list[int]:
        return [sum(row) for row in self.counts]


def crossed(pairs: Iterable[tuple[Sequence[str], Sequence[str]]], rows: Sequence[str], columns: Sequence[str]) -> Cross:
    """A date with several values (two access features) stands in each of them."""
    counts: Counter[tuple[str, str]] = Counter(
        (row, column) for some, others in pairs for row in some for column in others
    )
    return Cross(rows, columns, [[counts[row, column] for column in columns] for row in rows])


def counted(values: Iterable[Sequence[str]]) -> Mapping[str, int]:
    return Counter(one for several in values for one in several)
