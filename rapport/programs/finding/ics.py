"""Sessions as iCalendar (RFC 5545, RFC 7986): whoever subscribed stays in step, whatever is moved or cancelled."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.programs.models import Access, Band, Session

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_TYPE = "text/calendar; charset=utf-8"


def uid_of(session: Session) -> str:
    """The same for as long as the session exists, in every feed and letter."""
    return f"session-{session.pk}@{urlsplit(settings.HOUSE.address).hostname}"


def sequence_of(session: Session) -> int:
    """Grows with each change: the seconds from 2020 to the last one."""
    return max(0, int((session.changed_at - _FIRST).total_seconds()))


def calendar_of(sessions: Iterable[Session], name: str, *, method: str = "PUBLISH") -> bytes:
    sessions = list(sessions)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Calendar//EN", "CALSCALE:GREGORIAN", f"METHOD:{method}",
        f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", f"X-WR-TIMEZONE:{settings.TIME_ZONE}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
    ]  # fmt: skip
    if sessions and settings.TIME_ZONE != "UTC":
        lines += zone(settings.TIME_ZONE, min(one.starts_at for one in sessions).year)
    for session in sessions:
        lines += event(session)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def event(session: Session) -> list[str]:
    url, off = settings.HOUSE.address + session.get_absolute_url(), session.called_off
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid_of(session)}",
        f"SEQUENCE:{sequence_of(session)}",
        f"DTSTAMP:{utc(session.changed_at)}",
        f"LAST-MODIFIED:{utc(session.changed_at)}",
        moment("DTSTART", session.starts_at),
        moment("DTEND", session.ends_at),
        f"SUMMARY:{text(str(session))}",
        f"DESCRIPTION:{text(_described(session, off.why if off else '', url))}",
        f"LOCATION:{text(_place(session))}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT" if off else "TRANSP:OPAQUE",
    ]
    if session.audience in Band.values:
        lines.append(f"CATEGORIES:{text(str(Band(session.audience).label))}")
    if session.branch and session.branch.latitude is not None and session.branch.longitude is not None:
        lines.append(f"GEO:{session.branch.latitude:.6f};{session.branch.longitude:.6f}")
    return [*lines, "END:VEVENT"]


def _described(session: Session, why: str, url: str) -> str:
    access = ", ".join(str(Access(code).label) for code in session.access if code in Access.values)
    parts = [
        _("This does not take place: %(why)s") % {"why": why} if why else "",
        str(session.about or session.program.about),
        _("Access: %(access)s") % {"access": access} if access else "",
        url,
    ]
    return "\n\n".join(part for part in parts if part)


def _place(session: Session) -> str:
    address = session.branch.address if session.branch else ""
    return ", ".join(part for part in [session.where, " ".join(address.split())] if part)


def moment(name: str, at: datetime) -> str:
    if settings.TIME_ZONE == "UTC":
        return f"{name}:{utc(at)}"
    return f"{name};TZID={settings.TIME_ZONE}:{timezone.localtime(at):%Y%m%dT%H%M%S}"


def utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(words: str) -> str:
    """Escaped as section 3.3.11 wants it."""
    said = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n")
    return "".join(c for c in said.replace("\r", "\n").replace("\n", "\\n") if c >= " ")


def folded(line: str) -> str:
    """No line has more than 75 octets, and none breaks inside a letter (section 3.1)."""
    data = line.encode()
    if len(data) <= 75:
        return line + "\r\n"
    pieces, start = [], 0
    while start < len(data):
        end = min(start + (75 if start == 0 else 74), len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end].decode())
        start = end
    return "\r\n ".join(pieces) + "\r\n"


@lru_cache(maxsize=8)
def zone(name: str, year: int) -> list[str]:
    """The zone with its changes around this year, as the library knows them."""
    from icalendar import Timezone

    first = datetime(year - 1, 1, 1).date()
    made = Timezone.from_tzid(name, first_date=first, last_date=first + timedelta(days=365 * 6))
    return str(made.to_ical().decode()).replace("\r\n ", "").strip().split("\r\n")
