"""How many promises were kept, counted so that nothing makes the share look better than it is."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Count, F, Q
from django.utils import timezone

from rapport.deciding.models import CommitmentQuerySet

_BLOCKS = 40


@dataclass(frozen=True)
class Register:
    """The commitments whose first day has passed, and those settled before it, by what became of them."""

    counted: int
    kept: int  # by the day that was said first
    kept_later: int
    moved: int
    late: int
    given_up: int
    running: int  # not due yet, and so not counted

    @property
    def share(self) -> int | None:
        """Of those counted, how many in a hundred were kept, on the day or later."""
        return round(100 * (self.kept + self.kept_later) / self.counted) if self.counted else None

    @property
    def all_kept(self) -> int:
        return self.kept + self.kept_later

    @property
    def blocks(self) -> list[str]:
        """One block for each promise counted, in the order of what became of them; of many, forty stand for all."""
        parts = ("kept", "kept_later", "moved", "late", "given_up")
        scale = max(1.0, self.counted / _BLOCKS)
        return [part for part in parts for _block in range(ceil(getattr(self, part) / scale))]


def register_of(rows: CommitmentQuerySet, on: date | None = None) -> Register:
    """One query."""
    today = on or timezone.localdate()
    is_kept, is_given_up = Q(keeping__isnull=False), Q(giving_up__isnull=False)
    waits, was_due = Q(keeping=None, giving_up=None), Q(first_due__lt=today)
    found = rows.order_by().aggregate(
        kept=Count("pk", filter=Q(keeping__on__lte=F("first_due"))),
        kept_later=Count("pk", filter=Q(keeping__on__gt=F("first_due"))),
        moved=Count("pk", filter=waits & was_due & Q(due__gte=today)),
        late=Count("pk", filter=waits & Q(due__lt=today)),
        given_up=Count("pk", filter=is_given_up),
        counted=Count("pk", filter=is_kept | is_given_up | was_due | (waits & Q(due__lt=today))),
        running=Count("pk", filter=waits & ~was_due & Q(due__gte=today)),
    )
    return Register(**found)
