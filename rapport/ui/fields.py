"""Plots in two directions: points in four quadrants, and areas of a map that are shaded by a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import localize

from rapport.ui.charts import Number, Plot, Words

_SIDE = 400
_EDGE = 28
_APART = 20  # a number beside its point is this far from the next number
_SHADES = 4

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Point:
    label: Words
    x: float
    y: float


@dataclass(frozen=True)
class Region:
    """One area: rings of (x, y) from 0 to 100, y downward."""

    label: Words
    rings: Sequence[Ring]
    value: Number


def quadrants(
    title: Words,
    points: Iterable[Point],
    *,
    middle: tuple[float, float],
    across: Words,
    upward: Words,
    corners: Sequence[Words],
    summary: Words,
    header: Sequence[Words],
    rows: Sequence[Sequence[Words | Number]],
) -> Plot:
    """Numbered points, their names below; `corners` are top left, top right, bottom left and bottom right."""
    points = list(points)
    x_of = _scale([point.x for point in points] + [middle[0]])
    y_of = _scale([point.y for point in points] + [middle[1]])
    placed = [
        {"number": number, "label": point.label, "x": x_of(point.x), "y": _SIDE - y_of(point.y)}
        for number, point in enumerate(points, 1)
    ]
    _spread(placed)
    shapes = {
        "points": placed,
        "middle_x": x_of(middle[0]),
        "middle_y": _SIDE - y_of(middle[1]),
        "across": across,
        "upward": upward,
        "corners": corners,
        "side": _SIDE,
    }
    return Plot("quadrants", title, summary, header, rows, shapes)


def _scale(values: Sequence[float]):  # type: ignore[no-untyped-def]
    low, high = min(values), max(values)
    room = (high - low) or 1.0

    def place(value: float) -> float:
        return round(_EDGE + (value - low) / room * (_SIDE - 2 * _EDGE), 1)

    return place


def _spread(placed: list[dict[str, object]]) -> None:
    """Give each number a place beside its point, none upon another."""
    taken: list[tuple[float, float]] = []
    for one in placed:
        x, y = float(one["x"]), float(one["y"])  # type: ignore[arg-type]
        tries = [(x + dx, y + dy) for dx, dy in ((0, -14), (0, 24), (16, 5), (-16, 5), (16, -14), (-16, -14), (0, -34))]
        free = [spot for spot in tries if all(abs(spot[0] - a) + abs(spot[1] - b) >= _APART for a, b in taken)]
        spot = (free or tries)[0]
        taken.append(spot)
        one["at_x"], one["at_y"] = round(spot[0], 1), round(spot[1], 1)


def areas(title: Words, regions: Iterable[Region], *, summary: Words, header: Sequence[Words], unit: str = "") -> Plot:
    """Areas in shades: the darker the more. What has no number is hatched, which is not zero."""
    regions = list(regions)
    top = max((region.value or 0 for region in regions), default=0) or 1
    drawn = [
        {
            "label": region.label,
            "path": " ".join(_path(ring) for ring in region.rings),
            "shade": None if region.value is None else round(region.value / top * _SHADES),
            "value": "–" if region.value is None else f"{localize(region.value)}{unit}",
            "x": _middle(region.rings, 0),
            "y": _middle(region.rings, 1),
        }
        for region in regions
        if region.rings
    ]
    rows = [(region.label, region.value) for region in regions]
    return Plot("areas", title, summary, header, rows, {"regions": drawn})


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z"


def _middle(rings: Sequence[Ring], axis: int) -> float:
    values = [point[axis] for point in rings[0]]
    return round((min(values) + max(values)) / 2, 1)


def with_table(plot: Plot, header: Sequence[Words], rows: Sequence[Sequence[Words | Number]]) -> Plot:
    """The same drawing with a fuller table below it."""
    return replace(plot, header=header, rows=rows)
