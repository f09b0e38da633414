"""How soon the library answers. An unanswered voice is never counted as answered; merged and held ones are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, FloatField, Func, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from rapport.listening.models import VoiceQuerySet

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

# NumPy is read in where it counts: at the start of the site everyone would wait for it.


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

    @property
    def percent(self) -> dict[str, int | None]:
        """The shares in whole per cent, for people to read."""
        shares = {
            "answered": self.share,
            "answered_in_time": self.answered_in_time,
            "acknowledged_in_time": self.acknowledged_in_time,
        }
        return {name: None if share is None else round(100 * share) for name, share in shares.items()}


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
    return figures_by(voices)[""][None]


def figures_by(voices: VoiceQuerySet, *fields: str) -> dict[str, dict[Any, AnswerFigures]]:
    """The same for each value of each of these fields ("branch_id", "kind"), and under "" for all, in one query."""
    import numpy as np

    rows = voices.in_hand().order_by().values_list(_DaysBetween(F("answered_at"), F("spoken_at")), _state(), *fields)
    columns = list(zip(*rows.iterator(chunk_size=10_000), strict=True)) or [()] * (2 + len(fields))
    waited, state = np.array(columns[0], dtype=float), np.array(columns[1], dtype=int)
    parts: dict[str, dict[Any, AnswerFigures]] = {"": {None: _figures(waited, state)}}
    for field, keys in zip(fields, columns[2:], strict=True):
        parts[field] = {key: _figures(waited[where], state[where]) for key, where in _places(keys)}
    return parts


def _places(keys: Sequence[Any]) -> Iterator[tuple[Any, npt.NDArray[np.intp]]]:
    import numpy as np

    number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    numbers = np.fromiter(map(number.__getitem__, keys), dtype=int, count=len(keys))
    for key, n in number.items():
        yield key, np.flatnonzero(numbers == n)


def _state() -> Combinable:
    """Both clocks of a voice in one number: three times that of the acknowledgement, and that of the answer."""
    return _clock("acknowledged_at", "acknowledge_by", 3) + _clock("answered_at", "answer_by", 1)


def _clock(met: str, due: str, weight: int) -> Case:
    """1 where the clock was met in time, 2 where it was late or ran out, 0 where it still runs or was never set."""
    return Case(
        When(**{f"{met}__lte": F(due)}, then=Value(weight)),
        When(**{f"{met}__gt": F(due)}, then=Value(2 * weight)),
        When(**{f"{met}__isnull": True, f"{due}__lt": Now()}, then=Value(2 * weight)),
        default=Value(0),
    )


def _figures(waited: Numbers, state: npt.NDArray[np.int_]) -> AnswerFigures:
    import numpy as np

    days = np.maximum(waited[~np.isnan(waited)], 0)
    median, ninetieth = np.percentile(days, [50, 90]) if len(days) else (None, None)
    return AnswerFigures(
        voices=len(waited),
        answered=len(days),
        median_days=None if median is None else float(median),
        ninetieth_days=None if ninetieth is None else float(ninetieth),
        acknowledged_in_time=_share(state // 3),
        answered_in_time=_share(state % 3),
    )


def _share(clocks: npt.NDArray[np.int_]) -> float | None:
    settled = int((clocks > 0).sum())
    return float((clocks == 1).sum()) / settled if settled else None
