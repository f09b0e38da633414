"""Who came, by the branch that they came to: head counts know no more of people, in bands that no profile has."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from rapport.insight.reached import PLACE, Count
from rapport.places.models import Branch
from rapport.programs.models import Session


def attended(first: date, last: date) -> Iterator[Count]:
    begins, ends = (timezone.make_aware(datetime.combine(day, at)) for day, at in ((first, time.min), (last, time.max)))
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    yield from (Count(PLACE, slug, 0, branch, first) for branch, slug in slugs.items())
    sessions = Session.objects.filter(starts_at__range=(begins, ends)).exclude(branch=None).order_by()
    rows = sessions.annotate(month=TruncMonth("starts_at")).values_list("branch", "month")
    for branch, month, n in rows.annotate(n=Sum("headcounts__count")):
        if n:
            yield Count(PLACE, slugs[branch], n, branch, timezone.localdate(month))
