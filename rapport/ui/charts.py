"""Plots as SVG without style attributes: they follow theme, direction and paper by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

Words = str | Promise
Number = float | int | None
_ids = count(1)

WIDTH = 420
_LINE_TOP, _LINE_FLOOR, _LINE_EDGE = 16, 190, 10


@dataclass(frozen=True)
class Bar:
    label: Words
    value: Number  # None: not counted, which is not zero
    note: Words = ""


@dataclass(frozen=True)
class Series:
    label: Words
    values: Sequence[Number]


@dataclass(frozen=True)
class Span:
    """Between which values a line usually lies."""

    label: Words
    low: Sequence[Number]
    high: Sequence[Number]


@dataclass(frozen=True)
class Plot:
    """A drawing and the very numbers that it draws."""

    kind: Literal["bars", "line", "quadrants", "areas", "dots"]
    title: Words
    summary: Words
    header: Sequence[Words]
    rows: Sequence[Sequence[Words | Number]]
    shapes: dict[str, object] = field(default_factory=dict)

    @property
    def svg(self) -> SafeString:
        context = {"plot": self, "id": f"plot-{next(_ids)}", "width": WIDTH, **self.shapes}
        return render_to_string(f"ui/charts/{self.kind}.html", context)

    def render(self, *, csv: str = "") -> SafeString:
        return render_to_string("ui/charts/figure.html", {"plot": self, "csv": csv})


def bars(
    title: Words,
    rows: Iterable[Bar],
    *,
    summary: Words,
    header: tuple[Words, Words],
    most: float | None = None,
) -> Plot:
    """Lengths to compare: one bar below each label, so that labels may be long and in any language."""
    rows = list(rows)
    top = most or max((row.value or 0 for row in rows), default=0) or 1
    return Plot(
        "bars",
        title,
        summary,
        header,
        [(row.label, row.value) for row in rows],
        {"bars": [_bar(i, row, top) for i, row in enumerate(rows)], "height": 46 * len(rows) + 4, "rtl": _rtl()},
    )


def _bar(place: int, row: Bar, top: float) -> dict[str, object]:
    length = round((row.value or 0) / top * WIDTH, 1)
    return {
        "row": row,
        "y": 46 * place,
        "length": length,
        "x": WIDTH - length if _rtl() else 0,
        "value": "–" if row.value is None else localize(row.value),
    }


def line(
    title: Words,
    marks: Sequence[Words],
    series: Sequence[Series],
    *,
    summary: Words,
    what: Words = "",
    span: Span | None = None,
) -> Plot:
    """What changed over time; a value that was not counted leaves a gap in the line."""
    known = [value for one in series for value in one.values if value is not None]
    known += [value for value in span.high if value is not None] if span else []
    top = max(known, default=0) or 1
    places = [_across(i, len(marks)) for i in range(len(marks))]
    usual = [f"{localize(low)}–{localize(high)}" for low, high in zip(span.low, span.high, strict=True)] if span else []
    table = [(mark, *(one.values[i] for one in series), *usual[i : i + 1]) for i, mark in enumerate(marks)]
    return Plot(
        "line",
        title,
        summary,
        (what, *(one.label for one in series), *([span.label] if span else [])),
        table,
        {
            "span": span,
            "area": _area(span, places, top) if span else "",
            "lines": [_line(one, places, top, n) for n, one in enumerate(series, 1)],
            "first": marks[0] if marks else "",
            "last": marks[-1] if len(marks) > 1 else "",
            "top": localize(top),
            "rtl": _rtl(),
            "several": len(series) > 1,
        },
    )


def _across(place: int, places: int) -> float:
    share = place / max(places - 1, 1)
    share = 1 - share if _rtl() else share
    return round(_LINE_EDGE + share * (WIDTH - 2 * _LINE_EDGE), 1)


def _area(span: Span, places: Sequence[float], top: float) -> str:
    upper = [f"{x} {_up(value, top)}" for x, value in zip(places, span.high, strict=True)]
    lower = [f"{x} {_up(value, top)}" for x, value in zip(places, span.low, strict=True)]
    return f"M{'L'.join([*upper, *reversed(lower)])}Z"


def _up(value: Number, top: float) -> float:
    return round(_LINE_FLOOR - (value or 0) / top * (_LINE_FLOOR - _LINE_TOP), 1)


def _line(one: Series, places: Sequence[float], top: float, number: int) -> dict[str, object]:
    dots: list[tuple[float, float]] = []
    path: list[str] = []
    broken = True
    for x, value in zip(places, one.values, strict=True):
        if value is None:
            broken = True
            continue
        y = _up(value, top)
        path.append(f"{'M' if broken else 'L'}{x} {y}")
        dots.append((x, y))
        broken = False
    return {
        "label": one.label,
        "number": number,
        "path": " ".join(path),
        "dots": dots if len(dots) <= 31 else dots[-1:],
    }


def _rtl() -> bool:
    return get_language_bidi()
