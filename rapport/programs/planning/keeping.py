"""What is kept of who booked a librarian, and for how long."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from rapport.lib.later import can_wait
from rapport.people.models import Person
from rapport.programs.models import HelpBooking


def _behind(person: Person) -> QuerySet[HelpBooking]:
    return HelpBooking.objects.filter(email__iexact=person.email).exclude(email="")


def export_bookings(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "topic": str(one.topic),
            "date": one.starts_at.isoformat() if one.starts_at else "",
            "asked": one.at.isoformat(),
            "words": one.words,
        }
        for one in _behind(person).select_related("topic")
    ]


def erase_bookings(person: Person) -> None:
    for one in _behind(person):
        one.forget()


@can_wait
def clean_bookings() -> int:
    """Some time afterwards nobody needs to know any more who it was; the counts stay."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_help_days)
    old = Q(starts_at__lt=then) | Q(starts_at=None, at__lt=then)
    rows = list(HelpBooking.objects.filter(old, forgotten_at=None))
    for one in rows:
        one.forget()
    return len(rows)
