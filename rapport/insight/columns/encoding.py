"""Answers to one edition as arrays: a code for each answer, -1 where there is none.

| column | kept as |
|---|---|
| one of a few values (`visits`, a step of a scale, yes or no) | its level's place, int8 (beyond 127 levels int16) |
| several at once (`barriers=far`) | for each choice 1 chosen, 0 not chosen, -1 not answered |
| ranking (`wishes=garden`) | for each choice its rank from 1, 0 not ranked, -1 not answered |
| number | float64, NaN |
| date | days since the first day of year 1, int32 |
| own words | only that there are any: 0; the words stay in the database |
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rapport.surveys.methods import Column, Kind, Questionnaire, columns_of

Array = NDArray[Any]
Answers = Mapping[str, Any]
CHOSEN = "="  # between the name of a column and the code of a choice
KEY = ":key"
FACETS = (":branch", ":language", ":channel", ":stratum", ":doubtful")
_Made = Callable[[Sequence[Answers]], Array]


def small(levels: int) -> type[np.signedinteger[Any]]:
    return np.int8 if levels <= 127 else np.int16


def parts_of(column: Column) -> list[str]:
    """The names of the arrays that hold a column."""
    return [f"{column.name}{CHOSEN}{level}" for level in column.levels()] if column.is_many else [column.name]


def encoders(questionnaire: Questionnaire) -> dict[str, _Made]:
    """For each array its name, and what makes it of rows of answers."""
    made: dict[str, _Made] = {}
    for column in columns_of(questionnaire):
        if column.is_many:
            code = _rank if column.question.kind == Kind.RANKING else _chosen
            made |= {f"{column.name}{CHOSEN}{level}": code(column.name, level) for level in column.levels()}
        else:
            made[column.name] = _plain(column)
    return made


def _plain(column: Column) -> _Made:
    if column.is_own_words:
        return _made(column.name, lambda value: 0 if value else -1, np.int8)
    if column.is_coded:
        codes = _codes(column)
        return _made(column.name, lambda value: _looked_up(codes, value), small(len(column.levels())))
    if column.question.kind == Kind.DATE:
        return _made(column.name, _day, np.int32)
    return _made(column.name, _number, np.float64)


def _made(name: str, code: Callable[[Any], Any], kind: type[Any]) -> _Made:
    return lambda rows: np.fromiter((code(row.get(name)) for row in rows), kind, len(rows))


def _codes(column: Column) -> dict[Any, int]:
    """Values as they stand in a row, with the place of their level."""
    levels = column.levels()
    if column.question.kind == Kind.CONSENT:
        return {True: 0, False: 1}
    numbers = {int(level): place for place, level in enumerate(levels) if level.lstrip("-").isdecimal()}
    return {level: place for place, level in enumerate(levels)} | (numbers if column.question.kind in _STEPS else {})


_STEPS = {Kind.SCALE, Kind.SMILEY, Kind.GRID}


def _looked_up(codes: Mapping[Any, int], value: Any) -> int:
    try:
        return codes.get(value, -1)
    except TypeError:  # a list, where a single value belongs
        return -1


def _chosen(name: str, level: str) -> _Made:
    def code(value: Any) -> int:
        return -1 if not isinstance(value, list) else int(level in value)

    return _made(name, code, np.int8)


def _rank(name: str, level: str) -> _Made:
    def code(value: Any) -> int:
        if not isinstance(value, list):
            return -1
        return value.index(level) + 1 if level in value else 0

    return _made(name, code, np.int8)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")


def _day(value: Any) -> int:
    try:
        return date.fromisoformat(value).toordinal()
    except (TypeError, ValueError):
        return -1
