"""A year of help in the demo town: at storytimes, with homework, among the shelves."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from django.utils import timezone

from rapport.community.models import Band
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.volunteering.models import Helped, KindOfHelp

_KINDS = {
    KindOfHelp.PROGRAMS: (14, 6),
    KindOfHelp.LEARNING: (9, 8),
    KindOfHelp.COLLECTION: (6, 5),
}  # people, hours
_AGES = {"15to24": 0.3, "25to44": 0.1, "45to64": 0.2, "65plus": 0.35}
_MONTHS = 12


def fill(branches: Mapping[str, Branch], *, by: Person) -> None:
    ages = {band.slug: band for band in Band.objects.filter(dimension__slug="age", slug__in=_AGES)}
    today = timezone.localdate()
    for back, (place, branch) in product(range(1, _MONTHS + 1), enumerate(branches.values())):
        month = _before(today, back)
        for kind, (people, each) in _KINDS.items():
            n = max(2, people - 3 * place + (back * 5 + place) % 4)
            bands = {ages[slug]: int(n * share) for slug, share in _AGES.items() if slug in ages}
            hours = Decimal(n * each) + Decimal("0.5") * (back % 3)
            Helped.objects.report(branch, month, kind, volunteers=n, hours=hours, by=by, bands=bands)


def _before(day: date, months: int) -> date:
    months = day.year * 12 + day.month - 1 - months
    return date(months // 12, months % 12 + 1, 1)
