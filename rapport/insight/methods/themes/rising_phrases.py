"""What people speak of more, less, or for the first time in the latest week: phrases counted week by week.

Counted are voices, not occurrences, and near-copies once a week, so that nobody makes a trend alone. Of phrases that
mostly the same voices said one is named.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from .phrases import Gram, grams_of
from .rising import YEAR, Change, Floats, changed
from .words import folded, joined, words

_SAME = 0.6  # share of the voices behind one phrase that stand behind another

T = TypeVar("T")
Voice = tuple[str, date, str]  # the text, its day, its language ("" where it is not known)


@dataclass(frozen=True)
class Trend:
    """One phrase (or whatever was counted) that changed, and how."""

    words: str
    change: Change


def weeks_until(days: Iterable[date]) -> tuple[dict[date, int], int]:
    """For each day its week, counted from the first; the last one is that of the latest day."""
    known = sorted(set(days))
    weeks = {day: (day.toordinal() - 1) // 7 for day in known}  # from Monday to Sunday
    first = weeks[known[0]] if known else 0
    return {day: week - first for day, week in weeks.items()}, (weeks[known[-1]] - first + 1) if known else 0


def rising_phrases(voices: Sequence[Voice], *, rate: float = 0.1, least: int = 5, year: int = YEAR) -> list[Trend]:
    """The phrases that changed in the week of the latest voice. Raises ValueError where there are under eight weeks."""
    weeks, periods = weeks_until(day for _text, day, _language in voices)
    counts: dict[Gram, Counter[int]] = defaultdict(Counter)
    volume = np.zeros(periods)
    seen: set[tuple[str, int]] = set()
    for text, day, language in voices:
        week, plain = weeks[day], folded(text)
        if (plain, week) in seen:
            continue
        seen.add((plain, week))
        volume[week] += 1
        for gram in set(grams_of(words(text), language)):
            counts[gram][week] += 1
    kept = [gram for gram, by_week in counts.items() if by_week.total() >= least]
    found = changed(_table(kept, counts, periods), volume, rate=rate, least=least, year=year)
    return _named(found, kept, voices)


def rising_levels(levels: Sequence[tuple[str, date]], *, rate: float = 0.1, year: int = YEAR) -> list[Trend]:
    """The same for what each voice was already put under: a theme, a place, a segment."""
    weeks, periods = weeks_until(day for _level, day in levels)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    volume = np.zeros(periods)
    for level, day in levels:
        counts[level][weeks[day]] += 1
        volume[weeks[day]] += 1
    names = sorted(counts)
    found = changed(_table(names, counts, periods), volume, rate=rate, year=year)
    return [Trend(names[change.thing], change) for change in found]


def _table(things: Sequence[T], counts: Mapping[T, Counter[int]], periods: int) -> Floats:
    table = np.zeros((len(things), periods))
    for row, thing in enumerate(things):
        for week, n in counts[thing].items():
            table[row, week] = n
    return table


def _named(found: Sequence[Change], grams: Sequence[Gram], voices: Sequence[Voice]) -> list[Trend]:
    """Surest first, pairs of words before others; what mostly the same voices said is one trend, named once."""
    said_by = _said_by({grams[change.thing] for change in found}, voices)
    named: list[tuple[Gram, Change]] = []
    for change in sorted(found, key=lambda one: (one.p, abs(len(grams[one.thing]) - 2), grams[one.thing])):
        gram = grams[change.thing]
        others = (said_by[other] for other, known in named if known.is_rise is change.is_rise)
        if all(len(said_by[gram] & other) < _SAME * len(said_by[gram]) for other in others):
            named.append((gram, change))
    return [Trend(joined(gram), change) for gram, change in named]


def _said_by(grams: set[Gram], voices: Sequence[Voice]) -> dict[Gram, set[int]]:
    found: dict[Gram, set[int]] = {gram: set() for gram in grams}
    for number, (text, _day, language) in enumerate(voices):
        for gram in grams.intersection(grams_of(words(text), language)):
            found[gram].add(number)
    return found
