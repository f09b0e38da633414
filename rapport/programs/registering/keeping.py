"""What is kept of registrations, and for how long: names and contact until some days after the last date."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from rapport.lib.later import can_wait
from rapport.people.models import Person
from rapport.programs.models import THERE, Attendee, NoShow, Pause, Registration, SeatTurn

_NAMELESS: dict[str, Any] = {"person": None, "name": "", "email": "", "phone": "", "contact": "", "answers": {}}
_KEEP_NO_SHOWS = timedelta(days=180)


def export_registrations(person: Person) -> list[dict[str, Any]]:
    rows = Registration.objects.behind(person).prefetch_related("attendees", "seats__seating__session__program")
    return [
        {
            "sent": one.sent_at.isoformat() if one.sent_at else "",
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "who comes": [[who.name, who.age] for who in one.attendees.all()],
            "answers": one.answers,
            "dates": [[str(seat.seating), seat.seating.begins_at.isoformat(), seat.state] for seat in one.seats.all()],
        }
        for one in rows
    ]


def erase_registrations(person: Person) -> None:
    """What is still to come is cancelled, so that somebody else has the place; what was is counted without a name."""
    mine = list(Registration.objects.behind(person))
    contacts = {one.contact for one in mine} - {""}
    for one in mine:
        for seat in one.seats.filter(state__in=THERE, seating__begins_at__gt=timezone.now()):
            seat.leave()
    NoShow.objects.filter(contact__in=contacts).delete()
    Pause.objects.filter(contact__in=contacts).update(contact="", appeal="", registration=None)
    forget([one.pk for one in mine])


def forget(keys: list[int]) -> int:
    """Take out who it was; how many came, of which age, stays."""
    rows = Registration.objects.filter(pk__in=keys, forgotten_at=None)
    Attendee.objects.filter(registration__in=keys).update(name="")
    SeatTurn.objects.filter(seat__registration__in=keys).update(why="")
    return rows.update(**_NAMELESS, forgotten_at=timezone.now())


@can_wait
def clean_registrations() -> int:
    now = timezone.now()
    then = now - timedelta(days=settings.HOUSE.keep_registration_days)
    NoShow.objects.filter(at__lt=now - _KEEP_NO_SHOWS).delete()
    Pause.objects.filter(until__lt=then).delete()
    of_date, of_series = Max("seats__seating__session__ends_at"), Max("seats__seating__series__sessions__ends_at")
    rows = Registration.objects.filter(forgotten_at=None).exclude(sent_at=None).annotate(one=of_date, all=of_series)
    over = rows.filter(Q(one=None) | Q(one__lt=then), Q(all=None) | Q(all__lt=then))
    return forget(list(over.filter(sent_at__lt=then).values_list("pk", flat=True)))
