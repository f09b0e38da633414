"""Voices counted week by week: by theme, place and language, and by phrase. See `weekly`, which compares them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .phrases import Gram, grams_of
from .rising import Floats
from .words import words

_LEAST = 5  # counted in all weeks together; what is rarer is not tested


class Spoken(NamedTuple):
    """One voice. `week` counts from 0; `speaker` and `branch` are None where they are not known."""

    key: int
    text: str
    language: str
    branch: int | None
    speaker: int | None
    week: int


@dataclass(frozen=True)
class Cell:
    """What is counted: a theme (everywhere, at a branch, or in a language), or a phrase."""

    theme: int | None = None
    branch: int | None = None
    spoken_in: str = ""
    phrase: str = ""


class Read(NamedTuple):
    key: int
    week: int
    branch: int | None
    language: str
    speaker: int | None
    pieces: list[str]


def without_copies(voices: Sequence[Spoken]) -> "Iterator[Read]":
    """Each text once a week, with its words."""
    seen: set[tuple[str, int]] = set()
    for one in voices:
        pieces = words(one.text)
        folded = (" ".join(pieces), one.week)
        if folded not in seen:
            seen.add(folded)
            yield Read(one.key, one.week, one.branch, one.language, one.speaker, pieces)


class Counted:
    """The voices, counted by week for every cell."""

    def __init__(self, voices: Sequence[Read], themes: Mapping[int, Collection[int]], weeks: int) -> None:
        self.voices, self.weeks = voices, weeks
        known = {one.key: one for one in voices}
        self.of_theme = {theme: [known[key] for key in keys if key in known] for theme, keys in themes.items()}
        self.in_some = {one.key for some in self.of_theme.values() for one in some}
        self.branches = sorted({one.branch for one in voices if one.branch is not None})
        self.languages = sorted({one.language for one in voices if one.language})

    def cells_of_themes(self) -> tuple[list[Cell], Floats, Floats, Floats]:
        """The cells worth a test, their counts, and the two volumes that each is a share of (cells, weeks)."""
        has_several = len(self.of_theme) > 1  # with one theme, all that is in some theme is in that
        wholes = {
            where: (
                self.volume_of(some),
                self.volume_of([one for one in some if one.key in self.in_some or not has_several]),
            )
            for where, some in self._places()
        }
        cells, rows, volumes, besides = [], [], [], []
        for theme, some in self.of_theme.items():
            for where, (volume, beside) in wholes.items():
                row = self._people([one for one in some if _is_there(one, where)])
                if row.sum() >= _LEAST:
                    cells.append(Cell(theme=theme, branch=where[0], spoken_in=where[1]))
                    rows.append(row)
                    volumes.append(volume)
                    besides.append(beside)
        return cells, self._table(rows), self._table(volumes), self._table(besides)

    def _places(self) -> Iterator[tuple[tuple[int | None, str], Sequence[Read]]]:
        """Everywhere; each branch, and each language, where there is more than one."""
        yield (None, ""), self.voices
        if len(self.branches) > 1:
            yield from (((branch, ""), self._there((branch, ""))) for branch in self.branches)
        if len(self.languages) > 1:
            yield from (((None, language), self._there((None, language))) for language in self.languages)

    def _there(self, where: tuple[int | None, str]) -> list[Read]:
        return [one for one in self.voices if _is_there(one, where)]

    def phrases(self) -> tuple[list[Gram], Floats]:
        """Every phrase that was said often enough, with how many said it in each week."""
        places: dict[Gram, int] = {}
        said = [
            [places.setdefault(gram, len(places)) for gram in set(grams_of(one.pieces, one.language))]
            for one in self.voices
        ]
        grams = np.fromiter(chain.from_iterable(said), dtype=np.int64)
        if not len(grams):
            return [], self._table([])
        lengths = [len(some) for some in said]
        who = np.repeat(self._who(), lengths)
        weeks = np.repeat([one.week for one in self.voices], lengths)
        often = np.bincount(grams) >= _LEAST
        numbers = np.cumsum(often) - 1
        wanted = often[grams]
        rows, who, weeks = numbers[grams[wanted]], who[wanted], weeks[wanted]
        table = np.bincount(self._once(rows * self.weeks + weeks, who), minlength=int(often.sum()) * self.weeks)
        names = list(places)
        return [names[place] for place in np.flatnonzero(often)], table.astype(np.float64).reshape(-1, self.weeks)

    @staticmethod
    def _once(places: NDArray[np.int64], who: NDArray[np.int64]) -> NDArray[np.int64]:
        """Each place once for each speaker. (Sorted: NumPy's own `unique` is ten times slower on so many.)"""
        several = int(who.max(initial=0)) + 1
        pairs = np.sort(places * several + who)
        return pairs[np.diff(pairs, prepend=-1) > 0] // several

    def _who(self) -> NDArray[np.int64]:
        """A number for each voice, the same for those of one speaker."""
        numbers: dict[tuple[str, int], int] = {}
        keys = (("text", one.key) if one.speaker is None else ("person", one.speaker) for one in self.voices)
        return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)

    def volume_of(self, voices: Sequence[Read]) -> Floats:
        return np.bincount([one.week for one in voices], minlength=self.weeks).astype(np.float64)

    def _people(self, voices: Sequence[Read]) -> Floats:
        """How many in each week; who spoke twice in a week counts once."""
        known = {(one.week, one.speaker) for one in voices if one.speaker is not None}
        weeks = [week for week, _speaker in known] + [one.week for one in voices if one.speaker is None]
        return np.bincount(weeks, minlength=self.weeks).astype(np.float64) if weeks else np.zeros(self.weeks)

    def _table(self, rows: Sequence[Floats]) -> Floats:
        return np.stack(rows) if rows else np.zeros((0, self.weeks))

    def keys_of(self, cell: Cell, gram: Gram, *, since: int) -> list[int]:
        """The voices of a theme's cell, or those with these words, from this week on."""
        some: Sequence[Read] = self.of_theme[cell.theme] if cell.theme is not None else self.voices
        late = (voice for voice in some if voice.week >= since)
        if gram:
            return [voice.key for voice in late if gram in _runs(voice.pieces, len(gram))]
        return [voice.key for voice in late if _is_there(voice, (cell.branch, cell.spoken_in))]


def _runs(pieces: Sequence[str], size: int) -> set[Gram]:
    return {tuple(pieces[start : start + size]) for start in range(len(pieces) - size + 1)}


def _is_there(one: Read, where: tuple[int | None, str]) -> bool:
    branch, language = where
    return (branch is None or one.branch == branch) and (not language or one.language == language)
