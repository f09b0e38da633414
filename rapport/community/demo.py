"""The profile of the demo town: nine made-up census areas at two dates, and the branch that each belongs to."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from rapport.community.models import AreaFigure, Band, CensusArea, Dimension, Topic
from rapport.people.models import Person
from rapport.places.models import Branch

# Each area: its people and households at the later date, how much older and how much poorer than the town it is.
AREAS: dict[str, tuple[str, str, int, int, float, float]] = {
    "T0101": ("Old Town", "riverside", 4200, 2100, 1.3, 1.0),
    "T0102": ("Riverside", "riverside", 5100, 2000, 0.9, 1.2),
    "T0103": ("Harbour", "riverside", 3300, 1500, 0.7, 1.6),
    "T0201": ("Hillcrest", "hillcrest", 4600, 1700, 1.0, 0.6),
    "T0202": ("The Orchards", "hillcrest", 3900, 1450, 1.2, 0.7),
    "T0203": ("New Estate", "hillcrest", 5200, 1800, 0.5, 0.9),
    "T0301": ("Mill Street", "mill-street", 4800, 1900, 0.8, 1.5),
    "T0302": ("Station", "mill-street", 4400, 2050, 0.7, 1.3),
    "T0303": ("Brickfields", "mill-street", 3100, 1150, 1.1, 1.1),
}

# Shares of the town in 1,000 at the earlier and at the later date; the last band takes what is left.
SHARES: dict[str, dict[str, tuple[int, int]]] = {
    "age": {"65plus": (148, 171), "under5": (62, 55), "5to14": (124, 118), "15to24": (131, 128), "25to44": (279, 274)},
    "language": {"ar": (58, 94), "es": (143, 151), "vi": (21, 20), "slavic": (14, 23), "other": (31, 33)},
    "english": {"limited": (91, 112)},
    "broadband": {"no": (214, 148)},
    "vehicle": {"none": (139, 142), "one": (408, 402)},
    "disability": {"with": (127, 131)},
    "children": {"with": (306, 291)},
    "income": {"under25k": (214, 182), "25to50k": (243, 221), "50to75k": (198, 194), "75to100k": (142, 151)},
}
_LAST = {"age": "45to64", "language": "en", "english": "well", "broadband": "yes", "vehicle": "more",
         "disability": "without", "children": "without", "income": "100kplus"}  # fmt: skip
_POORER = {"limited", "ar", "no", "none", "under25k"}
_SOURCE = "Census of the demo town (made up)"


def fill(branches: Mapping[str, Branch], *, by: Person) -> None:
    Dimension.objects.ship()
    Topic.objects.ship()
    areas = CensusArea.objects.note({code: AREAS[code][0] for code in AREAS}, by=by)
    known = list(branches.values())
    for number, (code, area) in enumerate(areas.items()):
        branch = branches.get(AREAS[code][1]) or known[number * len(known) // len(areas)]
        area.shares.exclude(branch=branch).delete()
        area.give(branch, 1.0, by=by)
    areas["T0302"].give(branches.get("riverside") or known[0], 0.3, by=by)  # the station lies between two branches
    areas["T0302"].give(branches.get("mill-street") or known[-1], 0.7, by=by)
    bands = {(band.dimension.slug, band.slug): band for band in Band.objects.select_related("dimension")}
    year = timezone.localdate().year
    for then, day in enumerate([date(year - 7, 12, 31), date(year - 2, 12, 31)]):
        AreaFigure.objects.bulk_create(
            figure for code, area in areas.items() for figure in _figures(area, code, bands, then, day)
        )
    AreaFigure.objects.sum_up()


def _figures(
    area: CensusArea, code: str, bands: Mapping[tuple[str, str], Band], then: int, day: date
) -> list[AreaFigure]:
    _name, _branch, people, homes, older, poorer = AREAS[code]
    found = []
    for dimension, shares in SHARES.items():
        base = homes if bands[dimension, _LAST[dimension]].dimension.counts_households else people
        base = base if then else round(base * 0.96)
        left = base
        for slug, both in shares.items():
            more = older if slug == "65plus" else poorer if slug in _POORER else 1.0
            count = round(base * both[then] / 1000 * more)
            left -= count
            found.append(_figure(area, bands[dimension, slug], count, day))
        found.append(_figure(area, bands[dimension, _LAST[dimension]], left, day))
    return found


def _figure(area: CensusArea, band: Band, count: int, day: date) -> AreaFigure:
    margin = round(7 + 1.6 * count**0.5)  # about as wide as those of five years of samples
    vintage = f"{day.year - 4}–{day.year}"
    return AreaFigure(
        area=area, band=band, estimate=count, margin_of_error=margin, of_day=day, source=_SOURCE, vintage=vintage
    )
