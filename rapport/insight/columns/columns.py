"""All answers of a survey as columns, those of several editions joined where their meaning stayed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rapport.surveys.methods import Column, Question, Questionnaire, columns_of, names_in

from .encoding import CHOSEN, KEY, Array, small
from .partition import Block

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Facet:
    """What else is known of each answer (its branch, its language): a code each, -1 where nothing is known."""

    codes: Array
    levels: Sequence[str]


class Columns:
    """The answers of a survey. Each array has a value for each of the `n` answers, in the same order."""

    def __init__(
        self, questionnaire: Questionnaire, editions: Mapping[int, Questionnaire], days: Iterable[tuple[int, Block]]
    ) -> None:
        self.questionnaire = questionnaire
        self._editions = editions
        self._names = {number: _turned(names_in(questionnaire, one)) for number, one in editions.items()}
        self._own = {number: {column.name: column for column in columns_of(one)} for number, one in editions.items()}
        self._days = [(day, block) for day, block in days if len(block)]
        self._columns = {column.name: column for column in columns_of(questionnaire)}
        self.n = sum(len(block) for _day, block in self._days)

    def columns(self) -> list[Column]:
        return list(self._columns.values())

    def column(self, name: str) -> Column | None:
        return self._columns.get(name)

    def of_question(self, question: Question) -> list[Column]:
        return [column for column in self.columns() if column.question.key == question.key]

    def codes(self, name: str) -> Array:
        """The place of each answer among the levels of a coded column that holds one value; -1 where missing."""
        levels = self._columns[name].levels()
        return self._joined(name, small(len(levels)), -1, levels)

    def chosen(self, name: str, level: str) -> Array:
        """Of a column of several values: 1 chosen (in a ranking the rank), 0 not, -1 not answered."""
        parts = [self._chosen(block, name, level) for _day, block in self._days]
        return np.concatenate(parts) if parts else np.zeros(0, np.int8)

    def values(self, name: str) -> Array:
        """Numbers, NaN where missing."""
        return self._joined(name, np.float64, np.nan)

    def days(self, name: str) -> Array:
        """Dates as days since the year 1; -1 where missing."""
        return self._joined(name, np.int32, -1)

    def answered(self, name: str) -> Truths:
        """Who answered it at all; open words too."""
        column = self._columns[name]
        if column.is_many:
            level = next(iter(column.levels()), "")
            return self.chosen(name, level) >= 0
        if column.is_coded:
            return self.codes(name) >= 0
        values = self._joined(name, np.float64, np.nan) if not column.is_own_words else self._joined(name, np.int8, -1)
        there: Truths = values >= 0 if column.is_own_words else ~np.isnan(values) & (values != -1)
        return there

    def facet(self, name: str) -> Facet:
        """ "branch" (its key as text), "language", "channel", "edition" (its number)."""
        if name == "edition":
            levels = [str(number) for number in sorted(self._editions)]
            parts = [np.full(len(block), levels.index(str(block.edition)), np.int16) for _day, block in self._days]
            return Facet(np.concatenate(parts) if parts else np.zeros(0, np.int16), levels)
        own = f":{name}"
        levels = sorted({level for _day, block in self._days for level in block.levels[own]})
        places = {level: place for place, level in enumerate(levels)}
        parts = [
            _moved(block.arrays[own], [places[level] for level in block.levels[own]], np.int16)
            for _day, block in self._days
        ]
        return Facet(np.concatenate(parts) if parts else np.zeros(0, np.int16), levels)

    @cached_property
    def on(self) -> Array:
        """The day on which each answer came, as days since the year 1."""
        parts = [np.full(len(block), day, np.int32) for day, block in self._days]
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)

    def until(self, day: int) -> "Columns":
        """The answers that had come by the end of this day (as days since the year 1)."""
        days = [(one, block) for one, block in self._days if one <= day]
        return Columns(self.questionnaire, self._editions, days)

    @property
    def per_day(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for day, block in self._days:
            counts[day] = counts.get(day, 0) + len(block)
        return counts

    def keys(self, mask: Truths) -> list[bytes]:
        """The keys of these answers in the database."""
        places = np.flatnonzero(mask)
        found: list[bytes] = []
        start = 0
        for _day, block in self._days:
            here = places[(places >= start) & (places < start + len(block))] - start
            found += [row.tobytes() for row in block.arrays[KEY][here]]
            start += len(block)
        return found

    def name_in(self, edition: int, name: str) -> str | None:
        """What an edition calls this column; None where it did not ask it."""
        key, dot, rest = name.partition(".")
        own_key = self._names[edition].get(key)
        own = f"{own_key}{dot}{rest}" if own_key else None
        return own if own in self._own[edition] else None

    def _joined(self, name: str, kind: type, missing: float, levels: Sequence[str] = ()) -> Array:
        parts = [self._part(block, name, kind, missing, levels) for _day, block in self._days]
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    def _part(self, block: Block, name: str, kind: type, missing: float, levels: Sequence[str]) -> Array:
        own = self.name_in(block.edition, name)
        if own is None:
            return np.full(len(block), missing, kind)
        values = block.arrays[own]
        own_levels = self._own[block.edition][own].levels() if levels else []
        if own_levels == list(levels):
            return values
        return _moved(values, [levels.index(level) for level in own_levels], kind)

    def _chosen(self, block: Block, name: str, level: str) -> Array:
        own = self.name_in(block.edition, name)
        if own is None:
            return np.full(len(block), -1, np.int8)
        values = block.arrays.get(f"{own}{CHOSEN}{level}")
        if values is not None:
            return values
        others = self._own[block.edition][own].levels()
        asked = block.arrays[f"{own}{CHOSEN}{others[0]}"] if others else np.full(len(block), -1, np.int8)
        return np.where(asked >= 0, 0, -1).astype(np.int8)  # a choice that this edition did not offer yet


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    return {joined: own for own, joined in names.items()}


def _moved(codes: Array, places: Sequence[int], kind: type) -> Array:
    """The codes in another order of levels; -1 stays."""
    table: Array = np.array([*places, -1], dtype=kind)
    moved: Array = table[codes]
    return moved
