"""The areas of a map as places to choose, from GeoJSON (RFC 7946).

Longitudes and latitudes are laid flat (equirectangular, true at the middle latitude) and fitted into a square of 100 by
100 with y downward. Right for a town or a county; far from the equator and over many degrees shapes are stretched.
Points that would not be seen (nearer than a quarter of a unit to the last one) are left out. Holes in areas are kept
as rings of their own.
"""

import json
from collections.abc import Iterator
from math import cos, isfinite, radians
from typing import Any

from .editing import free_code
from .questionnaire import Choice

MOST_AREAS = 200
_SEEN = 0.25
_CORNERS = 4  # a ring is closed: its last point is its first
Ring = list[tuple[float, float]]


class NoMap(ValueError):
    """What stands in the file is no map that we can read."""


def names_of_properties(text: str) -> list[str]:
    """What the areas of a file are described by, so that one of it may name them."""
    found = dict.fromkeys(name for feature in _features(text) for name in feature.get("properties") or {})
    return [str(name) for name in found]


def areas_from_geojson(text: str, name: str, language: str) -> list[Choice]:
    """One choice for each area, called by one of its properties. Raises NoMap."""
    features = [(feature, list(_rings(feature.get("geometry")))) for feature in _features(text)]
    areas = [(feature, rings) for feature, rings in features if rings]
    if not areas:
        raise NoMap("no areas")
    if len(areas) > MOST_AREAS:
        raise NoMap("too many areas")
    fit = _fitting([point for _feature, rings in areas for ring in rings for point in ring])
    choices: list[Choice] = []
    for n, (feature, rings) in enumerate(areas, 1):
        said = str((feature.get("properties") or {}).get(name) or n)[:200]
        code = free_code([choice.code for choice in choices], said.lower())
        choices.append(Choice(code=code, words={language: said}, shape=[_thinned(ring, fit) for ring in rings]))
    return choices


def _features(text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NoMap(str(problem)) from problem
    match data:
        case {"type": "FeatureCollection", "features": [*features]}:
            return [feature for feature in features if isinstance(feature, dict)]
        case {"type": "Feature"}:
            return [data]
    raise NoMap("no features")


def _rings(geometry: Any) -> Iterator[Ring]:
    match geometry:
        case {"type": "Polygon", "coordinates": [*rings]}:
            yield from map(_ring, rings)
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            for rings in polygons:
                yield from map(_ring, rings)
        case {"type": "GeometryCollection", "geometries": [*parts]}:
            for part in parts:
                yield from _rings(part)


def _ring(points: Any) -> Ring:
    try:
        ring = [(float(point[0]), float(point[1])) for point in points]
    except (TypeError, ValueError, IndexError, KeyError) as problem:
        raise NoMap("no coordinates") from problem
    if len(ring) < _CORNERS or not all(isfinite(x) and -180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise NoMap("no coordinates")
    return ring


Fit = tuple[float, float, float, float, float, float]


def _fitting(points: Ring) -> Fit:
    """Where the map begins, how it is squeezed, how large it is drawn, and what is left at its sides."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    squeeze = cos(radians((south + north) / 2)) or 1.0
    wide, high = (east - west) * squeeze, north - south
    scale = 100 / (max(wide, high) or 1)
    return west, north, squeeze, scale, (100 - wide * scale) / 2, (100 - high * scale) / 2


def _thinned(ring: Ring, fit: Fit) -> list[list[float]]:
    west, north, squeeze, scale, left, top = fit
    kept: list[list[float]] = []
    for lon, lat in ring:
        x, y = (lon - west) * squeeze * scale + left, (north - lat) * scale + top
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _SEEN:
            kept.append([round(x, 2), round(y, 2)])
    return kept


def name_place(shape: list[list[list[float]]], name: str, *, size: float = 4.2) -> tuple[float, float] | None:
    """Where the name of an area stands within it, in letters of this size; None where it does not fit.

    It stands on the line through the middle of the first ring, in the widest stretch of that line within the ring.
    Limits: the width of a letter is taken as 0.6 of its size, and islands in the way are not seen.
    """
    ring = shape[0]
    low, high = min(y for _x, y in ring), max(y for _x, y in ring)
    line = (low + high) / 2
    edges = zip(ring, [*ring[1:], ring[0]], strict=True)
    crossed = sorted(x + (line - y) / (b - y) * (a - x) for (x, y), (a, b) in edges if (y > line) != (b > line))
    stretches = list(zip(crossed[::2], crossed[1::2], strict=False))
    if not stretches or high - low < 2 * size:
        return None
    left, right = max(stretches, key=lambda one: one[1] - one[0])
    if right - left < (len(name) + 1) * 0.6 * size:
        return None
    return round((left + right) / 2, 1), round(line + size / 3, 1)
