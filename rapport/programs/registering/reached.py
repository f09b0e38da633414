"""Who registered, by the branch of the date. Ages were asked for a date only and say nothing of a profile's bands."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from rapport.insight.reached import PLACE, Count
from rapport.places.models import Branch
from rapport.programs.models import THERE, Seat


def registered(first: date, last: date) -> Iterator[Count]:
    """Heads of households that had a place or waited for one, in the month in which they registered."""
    begins, ends = (timezone.make_aware(datetime.combine(day, at)) for day, at in ((first, time.min), (last, time.max)))
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    yield from (Count(PLACE, slug, 0, branch, first) for branch, slug in slugs.items())
    seats = Seat.objects.filter(registration__sent_at__range=(begins, ends), state__in=THERE).order_by()
    where = Coalesce("seating__session__branch", "seating__series__branch")
    rows = seats.annotate(where=where, month=TruncMonth("registration__sent_at")).exclude(where=None)
    for branch, month, n in rows.values_list("where", "month").annotate(n=Sum("heads")):
        yield Count(PLACE, slugs[branch], n, branch, timezone.localdate(month))
