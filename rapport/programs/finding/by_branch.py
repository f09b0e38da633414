"""Where things are on: a drawing of the branches from where they stand, and the list of them, which says the same."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.programs import agenda

from .calendar import Calendar
from .views import shown

DAYS = 7
WIDTH, HEIGHT, EDGE = 640, 420, 70


@dataclass(frozen=True)
class Spot:
    """A branch on the drawing; `url` are its dates."""

    branch: Branch
    count: int
    url: str
    x: float | None = None
    y: float | None = None
    r: float = 0

    @property
    def label_y(self) -> float:
        return (self.y or 0) + self.r + 20


@anyone
def branches(request: HttpRequest) -> HttpResponse:
    found, today = Calendar(request), timezone.localdate()
    rows = found.between(today, today + timedelta(days=DAYS - 1)).filter(cancellation=None)
    counts = dict(rows.order_by().values_list("branch").annotate(n=Count("*")))
    spots = placed(list(Branch.objects.defer("about", "service_area")), counts, found)
    more: dict[str, Any] = {
        "spots": spots,
        "drawn": [spot for spot in spots if spot.x is not None],
        "elsewhere": counts.get(None, 0),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return shown(request, found, agenda.day_from(request.GET.get("day")), "branches", **more)


def placed(branches: list[Branch], counts: dict[int | None, int], found: Calendar) -> list[Spot]:
    """Each branch where it lies, north above, as true as a town is flat. Nothing is drawn of fewer than two."""
    known = [one for one in branches if one.latitude is not None and one.longitude is not None]
    places = _places(known) if len(known) > 1 else {}
    most = max([counts.get(one.pk, 0) for one in branches], default=0) or 1
    spots = []
    for one in branches:
        n = counts.get(one.pk, 0)
        x, y = places.get(one.pk, (None, None))
        radius = 12 + 20 * math.sqrt(n / most)
        spots.append(Spot(one, n, found.listing.address(branch=one.pk, page=""), x, y, round(radius, 1)))
    return spots


def _places(known: list[Branch]) -> dict[int, tuple[float, float]]:
    """Equirectangular about the middle: a degree of longitude shrinks with the cosine of the latitude."""
    points = [(one.pk, float(one.longitude or 0), float(one.latitude or 0)) for one in known]
    shrink = math.cos(math.radians(sum(lat for _pk, _lon, lat in points) / len(points)))
    flat = [(pk, lon * shrink, -lat) for pk, lon, lat in points]
    left, top = min(x for _pk, x, _y in flat), min(y for _pk, _x, y in flat)
    wide, high = max(x for _pk, x, _y in flat) - left, max(y for _pk, _x, y in flat) - top
    scale = min((WIDTH - 2 * EDGE) / (wide or 1e-9), (HEIGHT - 2 * EDGE) / (high or 1e-9))
    from_left, from_top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return {pk: (round(from_left + (x - left) * scale, 1), round(from_top + (y - top) * scale, 1)) for pk, x, y in flat}
