"""Dates from other calendars: every file is brought in or refused with a reason; the same date twice is one."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.bringing.entries import UnreadableFile
from rapport.programs.bringing.reading import read
from rapport.programs.bringing.recurring import RuleRefused, occurrences
from rapport.programs.bringing.table import guessed
from rapport.programs.models import CalendarFile, Program, Session

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).parents[4] / "shared"))
FILES = SHARED / "data/ical_icalendar"

TWO = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART;TZID=America/Chicago:{day}T170000
DTEND;TZID=America/Chicago:{day}T180000
SUMMARY:{title}
LOCATION:Riverside Library, room 2
CATEGORIES:Teens
STATUS:{status}
END:VEVENT
BEGIN:VEVENT
UID:two@example.org
DTSTART:20300110T100000Z
DURATION:PT90M
SUMMARY:Film
LOCATION:https://meet.example.org/film
END:VEVENT
END:VCALENDAR
"""


def two(day: str = "20300109", title: str = "Chess", status: str = "CONFIRMED") -> bytes:
    return TWO.format(day=day, title=title, status=status).replace("\n", "\r\n").encode()


@pytest.fixture
def brought(riverside: Branch, ben: Person) -> CalendarFile:
    file = read(two(), "two.ics", branch=riverside, language="en", by=ben)
    file.take_in(by=ben)
    return file


def test_dates_come_as_drafts_with_what_the_file_says(brought: CalendarFile, riverside: Branch) -> None:
    chess, film = Session.objects.order_by("starts_at")

    assert (str(chess), chess.branch, chess.audience) == ("Chess", riverside, "12-18")
    assert chess.starts_at == datetime(2030, 1, 9, 23, tzinfo=UTC)
    assert (film.setting, film.online_url) == ("virtual", "https://meet.example.org/film")
    assert (film.ends_at - film.starts_at).total_seconds() == 90 * 60
    assert not Program.objects.public().exists()


def test_the_same_file_again_changes_nothing(brought: CalendarFile, riverside: Branch, ben: Person) -> None:
    again = read(two(), "two.ics", branch=riverside, language="en", by=ben)

    assert (again.preview().new, again.preview().same) == (0, 2)
    again.take_in(by=ben)
    assert (Session.objects.count(), Program.objects.count()) == (2, 2)


def test_a_date_that_moved_moves_and_one_that_is_cancelled_stays_visible(
    brought: CalendarFile, riverside: Branch, ben: Person
) -> None:
    moved = read(two(day="20300116", title="Chess for all"), "two.ics", branch=riverside, language="en", by=ben)
    assert moved.preview().changed == 1
    moved.take_in(by=ben)
    chess = Session.objects.get(brought__uid="one@example.org")
    assert (chess.starts_at.day, str(chess)) == (16, "Chess for all")

    off = read(two(day="20300116", status="CANCELLED"), "two.ics", branch=riverside, language="en", by=ben)
    off.take_in(by=ben)

    chess = Session.objects.get(pk=chess.pk)
    assert chess.called_off is not None
    assert Session.objects.count() == 2


def test_a_weekly_rule_keeps_its_hour_and_leaves_out_what_was_left_out() -> None:
    chicago = ZoneInfo("America/Chicago")
    start = datetime(2026, 10, 20, 17, tzinfo=chicago)
    left_out = {datetime(2026, 11, 3, 17, tzinfo=chicago)}

    dates = occurrences(start, ["FREQ=WEEKLY;COUNT=4"], [], left_out, now=datetime(2026, 10, 1, tzinfo=UTC))

    assert [(one.month, one.day, one.hour) for one in dates] == [(10, 20, 17), (10, 27, 17), (11, 10, 17)]


def test_a_rule_without_an_end_has_bounds_and_one_by_the_second_is_refused() -> None:
    start, now = datetime(1997, 9, 2, 9, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)

    assert 1000 >= len(occurrences(start, ["FREQ=DAILY"], [], set(), now=now)) > 700
    for wrong in ("FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=SOMETIMES"):
        with pytest.raises(RuleRefused):
            occurrences(start, [wrong], [], set(), now=now)


def test_an_occurrence_that_was_moved_is_one_date(riverside: Branch, ben: Person) -> None:
    words = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:w
DTSTART:20300101T100000Z
DTEND:20300101T110000Z
RRULE:FREQ=WEEKLY;COUNT=2
SUMMARY:Club
END:VEVENT
BEGIN:VEVENT
UID:w
RECURRENCE-ID:20300108T100000Z
DTSTART:20300109T140000Z
DTEND:20300109T150000Z
SUMMARY:Club
END:VEVENT
END:VCALENDAR""".replace("\n", "\r\n").replace("2030", "2027")

    file = read(words.encode(), "w.ics", branch=riverside, language="en", by=ben)

    starts = sorted(entry["starts_at"] for entry in file.entries)
    assert [one[:16] for one in starts] == ["2027-01-01T10:00", "2027-01-09T14:00"]


LIBCAL = """Event ID,Title,Start Date,Start Time,End Time,Campus,Location,Audience,Seats,Status,Description
11,Toddler Time,01/08/2030,10:00 AM,10:30 AM,Riverside Library,Children's corner,Toddlers,20,Published,<p>Songs</p>
12,Tax help,01/09/2030,half past,,Riverside Library,,Adults,,Published,
13,Book club,2030-01-10,18:00,19:30,Somewhere,,Adults,,Cancelled,
"""
COMMUNICO = """Event Number,Event Name,Event Start,Event End,Library Branch,Age Group(s)
7,Teen film,2030-02-01 16:00,2030-02-01 18:00,Riverside Library,Teens
"""


def test_an_export_of_libcal_is_read_by_itself(riverside: Branch, ben: Person) -> None:
    file = read(LIBCAL.encode(), "libcal.csv", branch=None, language="en", by=ben, source="LibCal")

    toddlers, club = file.entries
    assert (toddlers["title"], toddlers["branch"], toddlers["audience"]) == ("Toddler Time", riverside.pk, "0-5")
    assert (toddlers["capacity"], toddlers["about"]) == (20, "Songs")
    assert club["cancelled"]
    assert [one["where"] for one in file.refused] == ["row 3: Tax help"]
    assert file.take_in(by=ben).new == 1


def test_an_export_of_communico_too(riverside: Branch, ben: Person) -> None:
    file = read(COMMUNICO.encode(), "communico.csv", branch=None, language="en", by=ben)

    [film] = file.entries
    assert (film["uid"], film["starts_at"][:16], film["audience"]) == ("7", "2030-02-01T16:00", "12-18")


def test_other_names_of_columns_are_mapped_by_hand(riverside: Branch, ben: Person, sign_in: SignIn) -> None:
    assert "starts" not in guessed(["Was", "Wann"])
    desk = sign_in(ben)
    table = SimpleUploadedFile("plan.csv", b"Was;Wann\nSchach;2030-03-01 16:00\n")
    page = desk.post("/desk/calendar-files/", {"file": table, "language": "en"}, follow=True)
    assert "which column holds the title" in page.content.decode()
    file = CalendarFile.objects.get()

    page = desk.post(file.get_absolute_url(), {"title": "Was", "starts": "Wann"}, follow=True)

    assert "Schach" in page.content.decode()
    desk.post(f"{file.get_absolute_url()}taking/")
    assert str(Session.objects.get()) == "Schach"


@pytest.mark.parametrize("wrong", [b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\x00\xff" * 50])
def test_what_is_no_calendar_is_refused_with_a_reason(wrong: bytes, ben: Person, sign_in: SignIn) -> None:
    with pytest.raises(UnreadableFile, match=r"\w"):
        read(wrong, "wrong.ics", branch=None, language="en", by=ben)

    answer = sign_in(ben).post(
        "/desk/calendar-files/", {"file": SimpleUploadedFile("wrong.ics", wrong or b" "), "language": "en"}
    )
    assert answer.status_code == 422


@pytest.mark.skipif(not FILES.is_dir(), reason="RAPPORT_SHARED has no such files")
def test_every_file_of_strangers_is_brought_in_or_refused_with_a_reason(riverside: Branch, ben: Person) -> None:
    files = sorted(FILES.rglob("*.ics"))
    fates: dict[str, list[str]] = {"brought in": [], "refused": []}
    for path in files:
        try:
            file = read(path.read_bytes(), path.name, branch=riverside, language="en", by=ben, source=path.name)
        except UnreadableFile as problem:
            fates["refused"].append(f"{path.name}: {problem}")
            continue
        assert file.entries or file.refused
        assert all(one["why"] for one in file.refused)
        outcome = file.take_in(by=ben)
        known = {(entry["uid"], entry["recurrence"]) for entry in file.entries if not entry["cancelled"]}
        assert outcome.new == len(known)
        assert file.preview().anything == 0
        fates["brought in" if file.entries else "refused"].append(path.name)

    assert len(files) == 163
    assert len(fates["brought in"]) >= 55
