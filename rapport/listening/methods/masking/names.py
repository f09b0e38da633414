"""Names: of colleagues from a list, of everybody else by the words beside them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .arabic import CUES as ARABIC
from .cues import CUES, NO_NAMES, NOBODY

# Given names that are words too: found only with the family name or beside a word that says so.
_GIVEN_TOO = """
    Rose Mark May June April Will Grace Hope Joy Faith Dawn Art Bill Rob Pat Jack Ray Sue Summer Autumn Violet
    Lily Daisy Ivy
    Sol Luz Paz Mar Rosa Blanca Consuelo Esperanza Mercedes Pilar Iris Angel Ángel Ernst Wolf Stein Heide
    كريم جميل سعيد أمل نور هدى إيمان حنان وفاء صفاء سحر فرح شهد أمين سالم ناصر عادل جمال كمال سلام
    """
_WORDS_TOO = frozenset(_GIVEN_TOO.split())


def names(words: str) -> Iterator[tuple[int, int]]:
    for cue in (*CUES, *ARABIC):
        for match in cue.finditer(words):
            end = _end(match.group("name"))
            if end:
                yield match.start("name"), match.start("name") + end


def _end(name: str) -> int:
    """How much of it is a name: it ends before a word that no name has."""
    if any(name == nobody or name.endswith(f" {nobody}") for nobody in NOBODY):
        return 0
    end = 0
    for match in re.finditer(r"[^\s]+", name):
        if match.group() in NO_NAMES:
            break
        end = match.end()
    return 0 if name[:end].rstrip(".") in {"", "Mr", "Mrs", "Ms", "Dr", "Prof", "Sr", "Sra", "Don", "don"} else end


def names_of(words: str, colleagues: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Whole names, and given names alone; family names alone are too often those of rooms and streets."""
    pattern = _pattern(tuple(colleagues))
    if pattern:
        for match in pattern.finditer(words):
            yield match.span("name")


@lru_cache(maxsize=8)
def _pattern(colleagues: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted: set[str] = set()
    for name in colleagues:
        parts = name.split()
        if len(parts) > 1:
            wanted.add(" ".join(parts))
        if parts and len(parts[0]) > 2 and parts[0] not in _WORDS_TOO:
            wanted.add(parts[0])
    if not wanted:
        return None
    ways = "|".join(re.escape(one) for one in sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)|(?<=(?<!\w)[ولبكف]))(?P<name>{ways})(?!\w)")
