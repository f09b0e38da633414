"""What the calendar has in the small world: a proposed program, a list of those who would come, a file of dates."""

from collections.abc import Callable
from typing import Any

from rapport.people.models import Person
from rapport.programs.models import CalendarFile, InterestList, OwnCalendar, ProgramProposal

FILE = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\n\
DTSTART:20300105T100000Z\r\nDTEND:20300105T110000Z\r\nSUMMARY:Chess\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def a_proposed_program(world: Any, *, elsewhere: bool = False) -> ProgramProposal:
    voice = world.elsewhere if elsewhere else world.voice
    return ProgramProposal.objects.get_or_create(voice=voice, defaults={"title": "Reading outside"})[0]


def a_list(world: Any) -> InterestList:
    return InterestList.objects.get_or_create(program=world.program, defaults={"by": world.ben})[0]


def an_address(ben: Person) -> OwnCalendar:
    return OwnCalendar.objects.get_or_create(person=ben)[0]


def a_calendar_file(world: Any) -> CalendarFile:
    from rapport.programs.bringing.reading import read

    there = CalendarFile.objects.filter(branch=world.riverside).first()
    return there or read(FILE, "chess.ics", branch=world.riverside, language="en", by=world.ben)


FINDING_SAMPLES: dict[str, Callable[[Any], Any]] = {
    "calendars": lambda world: an_address(world.ben).secret,
    "wanted": lambda world: a_list(world).pk,
    "program-proposals": lambda world: a_proposed_program(world).pk,
    "calendar-files": lambda world: a_calendar_file(world).pk,
}
