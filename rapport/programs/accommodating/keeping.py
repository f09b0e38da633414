"""What is kept of what people asked for to take part, and for how long."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from rapport.lib.later import can_wait
from rapport.people.models import Person
from rapport.programs.models.accommodation import AccommodationRequest


def export_requests(person: Person) -> list[dict[str, Any]]:
    rows = AccommodationRequest.objects.behind(person).select_related("session__program").prefetch_related("tasks")
    return [
        {
            "program": str(one.session),
            "date": one.session.starts_at.isoformat(),
            "asked": one.at.isoformat(),
            "words": one.words,
            "needs": {task.get_aid_display(): task.get_state_display() for task in one.tasks.all()},
        }
        for one in rows
    ]


def erase_requests(person: Person) -> None:
    for one in AccommodationRequest.objects.behind(person):
        one.forget()


@can_wait
def clean_requests() -> int:
    """Some time after the date nobody needs to know any more who asked; the counts stay."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_request_days)
    rows = list(AccommodationRequest.objects.filter(session__ends_at__lt=then, forgotten_at=None))
    for one in rows:
        one.forget()
    return len(rows)
