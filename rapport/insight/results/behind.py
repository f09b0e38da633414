"""The answers behind a number: which they are, and what of them may be read without singling anybody out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from rapport.insight.results.ground import Ground, Truths
from rapport.insight.results.variables import level_words, title, variable
from rapport.listening.methods.personal_data import Piece, pieces
from rapport.surveys.methods import Column, Kind, level_of
from rapport.surveys.models import Response

_TELLING = {Kind.PLACE, Kind.DATE, Kind.NUMBER, Kind.CONSENT}


class TooFew(Exception):
    """So few answers, or so few others beside them, that they would be somebody's."""


@dataclass(frozen=True)
class Read:
    """One person's answers, without those that say who they are; of the day only the month."""

    month: date
    said: list[tuple[str, list[Piece]]]
    language: str


def conditions(ground: Ground, asked: Iterable[str]) -> list[Truths]:
    """Each `visits~weekly` as who is meant. Raises ValueError where there is no such answer."""
    found = []
    for one in asked:
        name, tilde, level = one.partition("~")
        by = variable(ground, name)
        if by is None or not tilde:
            raise ValueError(one)
        found.append(by.has(level))
    return found


def behind(ground: Ground, parts: Sequence[Truths]) -> Truths:
    """Who is meant by all conditions together. Raises TooFew.

    Whoever leaves one condition out sees how many are gone, so those must not be few either.
    """
    every = np.ones(ground.columns.n, dtype=bool)
    meant: Truths = np.logical_and.reduce([every, *parts])
    n = int(meant.sum())
    without = [int(np.logical_and.reduce([every, *parts[:i], *parts[i + 1 :]]).sum()) - n for i in range(len(parts))]
    if n < ground.threshold or any(0 < left < ground.threshold for left in without):
        raise TooFew
    return meant


def read(ground: Ground, keys: Sequence[bytes], only: Column | None = None) -> Iterator[Read]:
    """These answers in the order of their keys, which are random. `only` one column, or all that tell nobody's name."""
    columns = [only] if only else [one for one in ground.columns.columns() if not _tells_who(one)]
    found = Response.objects.filter(pk__in=[UUID(bytes=key) for key in keys]).select_related("edition").order_by("pk")
    for response in found:
        said = [(title(ground, column), _said(ground, column, response)) for column in columns]
        month = response.on.replace(day=1)
        yield Read(month, [(words, answer) for words, answer in said if answer], response.language)


def _tells_who(column: Column) -> bool:
    return bool(column.question.dimension) or column.question.kind in _TELLING


def _said(ground: Ground, column: Column, response: Response) -> list[Piece]:
    value = response.answers.get(ground.columns.name_in(response.edition.number, column.name) or "")
    if value in (None, ""):
        return []
    if column.is_own_words:
        return pieces(str(value))
    values = value if isinstance(value, list) else [value]
    return [Piece(", ".join(level_words(ground, column, level_of(one)) for one in values))]
