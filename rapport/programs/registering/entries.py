"""What people put into their own calendar (RFC 5545, and RFC 5546 for REQUEST and CANCEL)."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from rapport.messaging.models import Attached
from rapport.programs.models import Seat, Session


def request(seat: Seat, dates: list[Session]) -> list[Attached]:
    """One file, as mail programs understand one; the same dates sent again with a greater number replace it."""
    calendar = _calendar("REQUEST")
    for date in dates:
        calendar.add_component(_entry(seat, date, "CANCELLED" if date.called_off else "CONFIRMED"))
    return [_attached(calendar, "REQUEST")] if dates else []


def cancel(seat: Seat, dates: list[Session]) -> list[Attached]:
    calendar = _calendar("CANCEL")
    for date in dates:
        calendar.add_component(_entry(seat, date, "CANCELLED"))
    return [_attached(calendar, "CANCEL")] if dates else []


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Rapport//Registration//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _entry(seat: Seat, date: Session, status: str) -> Event:
    registration, entry = seat.registration, Event()
    entry.add("uid", f"seat-{seat.pk}-{date.pk}@{urlsplit(settings.HOUSE.address).hostname or 'localhost'}")
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("sequence", seat.sequence)
    entry.add("dtstart", date.starts_at.astimezone(UTC))
    entry.add("dtend", date.ends_at.astimezone(UTC))
    entry.add("summary", str(date))
    entry.add("location", _where(date))
    entry.add("url", settings.HOUSE.address + registration.get_absolute_url())
    entry.add("status", status)
    entry.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    if registration.email:
        guest = vCalAddress(f"mailto:{registration.email}")
        guest.params["PARTSTAT"] = "ACCEPTED" if status == "CONFIRMED" else "DECLINED"
        guest.params["RSVP"] = "FALSE"
        entry.add("attendee", guest)
    return entry


def _where(date: Session) -> str:
    address = date.branch.address if date.branch else ""
    return ", ".join(part for part in (date.where, *address.splitlines(), date.online_url) if part)


def _attached(calendar: Calendar, method: str) -> Attached:
    return Attached("date.ics", f"text/calendar; method={method}", calendar.to_ical().decode())
