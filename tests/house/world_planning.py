"""What stands behind the addresses of planning: a series, rules, a day of the year, an outing, help one to one."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rapport.programs.models import (
    HelpBooking,
    HelpSlot,
    HelpTopic,
    Observance,
    Outreach,
    Recording,
    Series,
)

if TYPE_CHECKING:
    from tests.house.world import World


def _series(world: "World") -> Series:
    made: Series = world.program.series.first() or world.program.series.create(title="In spring", by=world.ben)
    return made


def _recording(world: "World") -> Recording:
    there = Recording.objects.first()
    day = timezone.localdate() - timedelta(days=40)
    return there or Recording.objects.post(
        "A reading", world.program, posted_on=day, platforms=["YouTube"], by=world.ben
    )


def _topic(world: "World") -> HelpTopic:
    return HelpTopic.objects.get_or_create(name={"en": "Phones"})[0]


def _slot(world: "World") -> HelpSlot:
    """Made anew for each: the walk takes away what it finds."""
    starts = timezone.now() + timedelta(days=9)
    return HelpSlot.objects.create(person=world.ben, starts_at=starts, ends_at=starts + timedelta(hours=1))


def _booking(world: "World") -> HelpBooking:
    """One that still waits for a time."""
    said = {"email": "rosa@example.org", "language": "en", "branch": world.riverside}
    return HelpBooking.objects.waiting().first() or HelpBooking.objects.book(_topic(world), **said)


def _observance(world: "World") -> Observance:
    """Made anew for each: the walk takes away what it finds."""
    return Observance.objects.create(name="Day of books", month=4, day=23)


def _outing(world: "World") -> Outreach:
    there = Outreach.objects.first()
    facts = {"day": timezone.localdate(), "place": "The market", "branch": world.riverside}
    return there or Outreach.objects.note(by=world.ben, language="en", **facts)


PLANNING_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "series": lambda world: _series(world).pk,
    "recordings": lambda world: _recording(world).pk,
    "book-a-librarian": lambda world: _topic(world).pk,
    "help-topics": lambda world: _topic(world).pk,
    "slots": lambda world: _slot(world).pk,
    "bookings": lambda world: _booking(world).pk,
    "bookings/key": lambda world: _booking(world).key,
    "observances": lambda world: _observance(world).pk,
    "outreach": lambda world: _outing(world).pk,
}
