"""What rose, fell or is new in one week: themes, themes at a place or in a language, and phrases, all tested together.

A change must stand against the number of all voices *and* of weeks, so that neither a loud week nor one loud theme
moves the others; a fall also against the voices that are in some theme, so that a week that was read less thoroughly
lets nothing fall. A theme at a place, or in a language, is compared with the voices of that place or language alone.
Rises and falls of themes and rises of phrases are one family, over which the false discovery rate is held (see
`rising`). Counted are people where they are known and texts otherwise, near-copies once a week, so that nobody makes
a trend alone. Of lines behind which mostly the same voices stand, the surest is kept.

Limits: what nobody has ever put into words alike is not seen; a theme at a place with few voices changes unseen.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .phrases import Gram
from .rising import FEWEST_PERIODS, YEAR, Floats, adjusted, tails, usual
from .weekly_counts import Cell, Counted, Read, Spoken, without_copies
from .words import joined

FEWEST_BEFORE = 50  # voices in the weeks before; with fewer it is too early to tell
_FEWEST_NOW = 3  # voices behind a rise
_SAME = 0.6  # share of the voices behind one line that stand behind another
_LOOKED_BACK = 4  # weeks whose voices show what fell silent


@dataclass(frozen=True)
class Line:
    """One cell that changed. `q` is the share of false alarms up to this one; `keys` are the voices behind it.

    `history` is counted week by week for a year and this week, `low` and `high` where it would usually lie. Of a
    fall, `keys` are the voices of this week and of the four before.
    """

    cell: Cell
    count: int
    expected: float
    p: float
    q: float
    is_rise: bool
    is_new: bool
    history: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Week:
    """The latest week: how many voices it has, how many cells were tested, and what changed, surest first."""

    voices: int
    tested: int
    is_too_early: bool
    lines: tuple[Line, ...]


def week_of(
    voices: Sequence[Spoken], themes: Mapping[int, Collection[int]], *, weeks: int, rate: float = 0.1, year: int = YEAR
) -> Week:
    """What changed in week `weeks` - 1 of these voices; `themes` says which keys of voices each theme has."""
    kept = list(without_copies(voices))
    now = sum(one.week == weeks - 1 for one in kept)
    if _is_too_early(kept, weeks):
        return Week(now, 0, True, ())
    counted = Counted(kept, themes, weeks)
    cells, table, volume, beside = counted.cells_of_themes()
    grams, phrases = counted.phrases()
    everyone = counted.volume_of(kept)
    each_week = np.ones(weeks)
    rises, falls = tails(table, volume, each_week, year=year), tails(table, volume, beside, each_week, year=year)
    of_phrases = tails(phrases, everyone, each_week, year=year)
    q = adjusted(np.concatenate([rises.up, falls.down, of_phrases.up]))
    n = len(cells)
    of_grams = np.broadcast_to(everyone, phrases.shape)
    found = [
        *_found(cells, table, volume, _Sides(rises.up, rises.expected, q[:n], is_rise=True)),
        *_found(cells, table, volume, _Sides(falls.down, falls.expected, q[n : 2 * n], is_rise=False)),
        *_found(grams, phrases, of_grams, _Sides(of_phrases.up, of_phrases.expected, q[2 * n :], is_rise=True)),
    ]
    changed = [one for one in found if one.q <= rate and (not one.is_rise or one.table[-1] >= _FEWEST_NOW)]
    return Week(now, len(q), False, tuple(_kept(changed, counted, year)))


def _is_too_early(voices: Sequence[Read], weeks: int) -> bool:
    before = Counter(one.week for one in voices if one.week < weeks - 1)
    return weeks < FEWEST_PERIODS or len(before) < FEWEST_PERIODS - 1 or before.total() < FEWEST_BEFORE


class _Found(NamedTuple):
    cell: Cell
    table: Floats
    volume: Floats
    expected: float
    p: float
    q: float
    is_rise: bool
    gram: Gram


class _Sides(NamedTuple):
    """One direction of many things: the chance of each, what was expected, and the share of false alarms."""

    chances: Floats
    expected: Floats
    q: Floats
    is_rise: bool


def _found(things: Sequence[Cell | Gram], table: Floats, volume: Floats, side: _Sides) -> Iterator[_Found]:
    for i in np.flatnonzero(side.q < 1):
        thing = things[int(i)]
        cell, gram = (thing, ()) if isinstance(thing, Cell) else (Cell(phrase=joined(thing)), thing)
        told = (float(side.expected[i]), float(side.chances[i]), float(side.q[i]), side.is_rise)
        yield _Found(cell, table[i], volume[i], *told, gram)


def _kept(found: Sequence[_Found], counted: Counted, year: int) -> Iterator[Line]:
    """Surest first, a theme before a phrase of the same voices, pairs of words before others."""
    named: list[tuple[bool, set[int]]] = []
    ordered = sorted(found, key=lambda one: (bool(one.gram), one.p, abs(len(one.gram) - 2), one.gram))
    lines = []
    for one in ordered:
        keys = counted.keys_of(one.cell, one.gram, since=counted.weeks - 1 - (0 if one.is_rise else _LOOKED_BACK))
        mine = set(keys)
        others = (theirs for is_rise, theirs in named if is_rise is one.is_rise)
        if all(len(mine & theirs) < _SAME * max(1, len(mine)) for theirs in others):
            named.append((one.is_rise, mine))
            lines.append(_line(one, keys, year))
    yield from sorted(lines, key=lambda line: line.p)


def _line(one: _Found, keys: Sequence[int], year: int) -> Line:
    low, high = usual(one.table[None, :], one.volume[None, :], year=year)
    shown = one.table[-len(low[0]) :]
    return Line(
        cell=one.cell,
        count=int(one.table[-1]),
        expected=one.expected,
        p=one.p,
        q=one.q,
        is_rise=one.is_rise,
        is_new=one.is_rise and not one.table[:-1].any(),
        history=_whole(shown),
        low=_whole(low[0]),
        high=_whole(high[0]),
        keys=tuple(keys),
    )


def _whole(values: Floats) -> tuple[int, ...]:
    return tuple(int(value) for value in values)
