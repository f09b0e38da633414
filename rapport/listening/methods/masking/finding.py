import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    EMAIL = "email"
    CARD = "card"  # of a bank, a library or a state, and bank accounts
    PHONE = "phone"
    BIRTH = "birth"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """A stretch of the words that looks personal."""

    start: int
    end: int
    kind: Kind
    text: str


_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")


def find(words: str, colleagues: Iterable[str] = (), places: Iterable[str] = ()) -> list[Found]:
    """What looks personal, in order and without overlaps; what is surer wins where two kinds meet.

    `colleagues` are found wherever they are named; the names of `places` (branches, rooms) are nobody's.
    """
    taken: list[Found] = []
    nobody = {part for place in places for part in (place, *place.split())}
    for kind, start, end in _all(words, colleagues):
        if kind == Kind.NAME and words[start:end] in nobody:
            continue
        if start < end and not any(start < one.end and one.start < end for one in taken):
            taken.append(Found(start, end, kind, words[start:end]))
    return sorted(taken, key=lambda one: one.start)


def _all(words: str, colleagues: Iterable[str]) -> Iterator[tuple[Kind, int, int]]:
    from .addresses import addresses
    from .names import names, names_of
    from .numbers import births, cards, phones

    for match in _EMAIL.finditer(words):
        yield Kind.EMAIL, match.start(), match.end()
    for kind, stretches in (
        (Kind.CARD, cards(words)),
        (Kind.BIRTH, births(words)),
        (Kind.ADDRESS, addresses(words)),
        (Kind.PHONE, phones(words)),
        (Kind.NAME, names_of(words, colleagues)),
        (Kind.NAME, names(words)),
    ):
        for start, end in stretches:
            yield kind, start, end
