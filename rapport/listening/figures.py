"""How soon the library answers. An unanswered voice is never counted as answered; merged and held ones are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, F, FloatField, Func, Value, When
from django.db.models.functions import Now

from rapport.listening.models import VoiceQuerySet

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AnswerFigures:
    voices: int
    answered: int
    median_days: float | None  # of those answered; with `share` beside it, for the others are still waiting
    ninetieth_days: float | None
    acknowledged_in_time: float | None  # shares of those whose clock was met or has run out
    answered_in_time: float | None

    @property
    def share(self) -> float | None:
        return self.answered / self.voices if self.voices else None


class _DaysBetween(Func):
    """Days from one moment to another, as a number, by the database's own clockwork."""

    output_field = FloatField()
    template = "(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400.0)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        then, since = (compiler.compile(one) for one in self.source_expressions)
        return f"(julianday({then[0]}) - julianday({since[0]}))", (*then[1], *since[1])


def answer_figures(voices: VoiceQuerySet) -> AnswerFigures:
    """The figures of these voices, together."""
    table = _table(voices)
    return _figures(table)


def figures_by(voices: VoiceQuerySet, *fields: str) -> dict[str, dict[Any, AnswerFigures]]:
    """The same for each value of each of these fields ("branch_id", "kind"), and under "" for all, in one query."""
    rows = list(voices.in_hand().order_by().values_list(*fields, *_measures()))
    table = np.array([row[len(fields) :] for row in rows], dtype=float).reshape(-1, 5)
    parts: dict[str, dict[Any, AnswerFigures]] = {"": {None: _figures(table)}}
    for place, field in enumerate(fields):
        keys = [row[place] for row in rows]
        parts[field] = {key: _figures(table[where]) for key, where in _places(keys)}
    return parts


def _places(keys: list[Any]) -> Iterator[tuple[Any, npt.NDArray[np.intp]]]:
    number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    numbers = np.array([number[key] for key in keys], dtype=int)
    for key, n in number.items():
        yield key, np.flatnonzero(numbers == n)


def _table(voices: VoiceQuerySet) -> Numbers:
    rows = list(voices.in_hand().order_by().values_list(*_measures()))
    return np.array(rows, dtype=float).reshape(-1, 5)


def _measures() -> list[Any]:
    """Each voice as five numbers: days waited; acknowledged in time and late; answered in time and late."""
    return [
        _DaysBetween(F("answered_at"), F("spoken_at")),
        *_clock("acknowledged_at", "acknowledge_by"),
        *_clock("answered_at", "answer_by"),
    ]


def _clock(met: str, due: str) -> tuple[Case, Case]:
    kept = Case(When(**{f"{met}__lte": F(due)}, then=Value(1.0)), default=Value(0.0))
    late = Case(
        When(**{f"{met}__gt": F(due)}, then=Value(1.0)),
        When(**{met: None, f"{due}__lt": Now()}, then=Value(1.0)),
        default=Value(0.0),
    )
    return kept, late


def _figures(table: Numbers) -> AnswerFigures:
    waited = table[:, 0]
    waited = waited[~np.isnan(waited)]
    median, ninetieth = np.percentile(waited, [50, 90]) if len(waited) else (None, None)
    return AnswerFigures(
        voices=len(table),
        answered=len(waited),
        median_days=None if median is None else float(max(median, 0)),
        ninetieth_days=None if ninetieth is None else float(max(ninetieth, 0)),
        acknowledged_in_time=_share(table[:, 1], table[:, 2]),
        answered_in_time=_share(table[:, 3], table[:, 4]),
    )


def _share(kept: Numbers, late: Numbers) -> float | None:
    settled = float(kept.sum() + late.sum())
    return float(kept.sum()) / settled if settled else None
