"""A plot of groups beside their share: a dot for each, the reach of chance around it, one line where all should be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import localize

from rapport.ui.charts import WIDTH, Number, Plot, Words, _rtl

_ROW, _TOP, _EDGE = 58, 30, 8
_MOST = 200.0  # twice the share; what lies beyond is drawn at the edge, with an arrow
FAIR = 100.0


@dataclass(frozen=True)
class Dot:
    """Of 100 who would be the share of a group, so many; `low` and `high` are how far chance reaches."""

    label: Words
    value: Number  # None: nothing may be said
    low: float = 0.0
    high: float = 0.0
    tone: Literal["fair", "few", "many", "unsure"] = "fair"
    note: Words = ""


def dots(
    title: Words, rows: Iterable[Dot], *, summary: Words, middle: Words, header: Sequence[Words],
    table: Sequence[Sequence[Words | Number]], fair: tuple[float, float] = (80.0, 125.0),
) -> Plot:  # fmt: skip
    """`middle` is written at the line of 100; `fair` is the band in which nobody is called missing."""
    rows = list(rows)
    low, high = sorted((_x(fair[0]), _x(fair[1])))
    shapes: dict[str, object] = {
        "dots": [_dot(place, row) for place, row in enumerate(rows)],
        "middle": middle,
        "middle_x": _x(FAIR),
        "fair_x": low,
        "fair_width": round(high - low, 1),
        "height": _TOP + _ROW * len(rows) + 2,
        "bottom": _TOP + _ROW * len(rows) - 6,
        "rtl": _rtl(),
    }
    return Plot("dots", title, summary, header, table, shapes)


def _x(value: float) -> float:
    share = min(value, _MOST) / _MOST
    return round(_EDGE + (1 - share if _rtl() else share) * (WIDTH - 2 * _EDGE), 1)


def _dot(place: int, row: Dot) -> dict[str, object]:
    from_x, to_x = sorted((_x(row.low), _x(row.high)))
    return {
        "row": row,
        "y": _TOP + _ROW * place,
        "x": _x(row.value or 0),
        "from_x": from_x,
        "to_x": to_x,
        "is_beyond": row.value is not None and row.value > _MOST,
        "value": "–" if row.value is None else localize(row.value),
    }
