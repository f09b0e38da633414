"""Sets of elements, by year. A further year or a state's own questions are another set here, and no other code."""

from dataclasses import dataclass
from enum import Enum

from .happenings import Audience, Place


class What(Enum):
    SESSIONS = "sessions"
    ATTENDANCE = "attendance"
    RECORDINGS = "recordings"
    VIEWS = "views"


@dataclass(frozen=True)
class Element:
    """One figure of a form, for all, for one audience or for one place (nowhere: those who were there from afar)."""

    name: str
    number: int
    title: str
    what: What
    audience: Audience | None = None
    place: Place | None = None


@dataclass(frozen=True)
class ElementSet:
    """`sums` says which elements make up which total, each way that the form asks for."""

    name: str
    title: str
    source: str
    elements: tuple[Element, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...]


_SESSIONS, _ATTENDANCE = What.SESSIONS, What.ATTENDANCE
_KIDS, _TWEENS, _TEENS = Audience.AGES_0_5, Audience.AGES_6_11, Audience.AGES_12_18
_ADULTS, _GENERAL = Audience.ADULTS, Audience.GENERAL

PLS_2024 = ElementSet(
    name="pls-2024",
    title="Public Libraries Survey, FY 2024",
    source="IMLS, FY 2024 PLS Data Element Definitions (OMB 3137-0074)",
    elements=(
        Element("TOTPRO", 600, "Total Number of Synchronous Program Sessions", _SESSIONS),
        Element("K0_5PRO", 601, "Synchronous Sessions Targeted at Children Ages 0-5", _SESSIONS, _KIDS),
        Element("K6_11PRO", 602, "Synchronous Sessions Targeted at Children Ages 6-11", _SESSIONS, _TWEENS),
        Element("YAPRO", 603, "Synchronous Sessions Targeted at Young Adults Ages 12-18", _SESSIONS, _TEENS),
        Element("ADULTPRO", 604, "Synchronous Sessions Targeted at Adults Ages 19 or Older", _SESSIONS, _ADULTS),
        Element("GENPRO", 605, "Synchronous General Interest Program Sessions", _SESSIONS, _GENERAL),
        Element("ONPRO", 606, "Synchronous In-Person Onsite Program Sessions", _SESSIONS, place=Place.ONSITE),
        Element("OFFPRO", 607, "Synchronous In-Person Offsite Program Sessions", _SESSIONS, place=Place.OFFSITE),
        Element("VIRPRO", 608, "Synchronous Virtual Program Sessions", _SESSIONS, place=Place.NOWHERE),
        Element("TOTATTEN", 610, "Total Attendance at Synchronous Programs", _ATTENDANCE),
        Element("K0_5ATTEN", 611, "Attendance, Targeted at Children Ages 0-5", _ATTENDANCE, _KIDS),
        Element("K6_11ATTEN", 612, "Attendance, Targeted at Children Ages 6-11", _ATTENDANCE, _TWEENS),
        Element("YAATTEN", 613, "Attendance, Targeted at Young Adults Ages 12-18", _ATTENDANCE, _TEENS),
        Element("ADULTATTEN", 614, "Attendance, Targeted at Adults Ages 19 or Older", _ATTENDANCE, _ADULTS),
        Element("GENATTEN", 615, "Attendance at Synchronous General Interest Programs", _ATTENDANCE, _GENERAL),
        Element("ONATTEN", 616, "Synchronous In-Person Onsite Program Attendance", _ATTENDANCE, place=Place.ONSITE),
        Element("OFFATTEN", 617, "Synchronous In-Person Offsite Program Attendance", _ATTENDANCE, place=Place.OFFSITE),
        Element("VIRATTEN", 618, "Synchronous Virtual Program Attendance", _ATTENDANCE, place=Place.NOWHERE),
        Element("TOTPRES", 620, "Total Number of Asynchronous Program Presentations", What.RECORDINGS),
        Element("TOTVIEWS", 630, "Total Views of Asynchronous Presentations within 30 Days", What.VIEWS),
    ),
    sums=(
        ("TOTPRO", ("K0_5PRO", "K6_11PRO", "YAPRO", "ADULTPRO", "GENPRO")),
        ("TOTPRO", ("ONPRO", "OFFPRO", "VIRPRO")),
        ("TOTATTEN", ("K0_5ATTEN", "K6_11ATTEN", "YAATTEN", "ADULTATTEN", "GENATTEN")),
        ("TOTATTEN", ("ONATTEN", "OFFATTEN", "VIRATTEN")),
    ),
)
SETS: dict[str, ElementSet] = {one.name: one for one in (PLS_2024,)}
