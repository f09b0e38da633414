"""Who volunteered, month by month: by the branch where they helped, and by what they said of themselves."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Sum

from rapport.insight.reached import PLACE, Count
from rapport.places.models import Branch
from rapport.volunteering.models import Helped, HelpedBand


def volunteered(first: date, last: date) -> Iterator[Count]:
    """Whoever helps in several months counts in each of them: the ledger holds no names that would tell."""
    reports = Helped.objects.filter(month__range=(first.replace(day=1), last)).order_by()
    if not reports.exists():
        return
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    yield from (Count(PLACE, slug, 0, branch, first) for branch, slug in slugs.items())
    for branch, month, n in reports.values_list("branch", "month").annotate(n=Sum("volunteers")):
        yield Count(PLACE, slugs[branch], n, branch, month)
    rows = HelpedBand.objects.filter(helped__in=reports).order_by()
    said = rows.values_list("band__dimension__slug", "band__slug", "helped__branch", "helped__month")
    for dimension, band, branch, month, n in said.annotate(n=Sum("count")):
        yield Count(dimension, band, n, branch, month)
