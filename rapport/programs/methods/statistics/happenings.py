"""What happened, as far as statistics ask: live sessions and recordings, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    """Only a session is counted by the survey; the others have ledgers of their own."""

    SESSION = "session"
    OUTREACH = "outreach"  # a booth or table: card sign-up at a market
    ONE_TO_ONE = "one to one"  # a reference transaction, or a state's own element
    SELF_DIRECTED = "self-directed"  # a craft left on a table, not at a scheduled time
    ROOM_USE = "room use"  # somebody else's meeting in our rooms


class Audience(Enum):
    """Whom a session is for first: exactly one of these, whoever then comes (elements 601 to 605)."""

    AGES_0_5 = "0-5"
    AGES_6_11 = "6-11"
    AGES_12_18 = "12-18"
    ADULTS = "19+"
    GENERAL = "general"


class Place(Enum):
    """Where people could be in person. The library's grounds are onsite; nowhere: it was online only."""

    ONSITE = "onsite"
    OFFSITE = "offsite"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Happening:
    """One date. `in_person` and `online` are how many attended each way; None is "not counted", which is not zero.

    Online: peak concurrent viewers of a stream, or the most non-staff participants of a video meeting; a device is one.
    `times` is more than one where an old record tells of several dates at once, with the attendance of all of them.
    """

    key: str
    day: date
    audience: Audience
    place: Place
    in_person: int | None = None
    online: int | None = None
    kind: Kind = Kind.SESSION
    is_sponsored: bool = True  # the library gave money or staff time
    took_place: bool = True
    is_hybrid: bool = False  # in a room and online: both are to be counted
    is_estimate: bool = False
    times: int = 1

    @property
    def is_session(self) -> bool:
        """Planned, live, for a group, sponsored, and not cancelled. Nobody needs to have come."""
        return self.kind is Kind.SESSION and self.is_sponsored and self.took_place

    @property
    def was_counted(self) -> bool:
        return not (self.lacks_room or self.lacks_online)

    @property
    def lacks_room(self) -> bool:
        return self.place is not Place.NOWHERE and self.in_person is None

    @property
    def lacks_online(self) -> bool:
        return (self.place is Place.NOWHERE or self.is_hybrid) and self.online is None

    @property
    def attendance(self) -> int:
        return (self.in_person or 0) + (self.online or 0)


@dataclass(frozen=True)
class Recording:
    """A unique video or audio, on however many platforms. `views` are those of the 30 days after it was posted, by
    platform (Facebook: unique views of a minute; others: unique views or plays); None where they were not counted yet.
    """

    key: str
    posted: date
    views: Mapping[str, int | None] | None = None

    @property
    def was_counted(self) -> bool:
        return bool(self.views) and None not in (self.views or {}).values()

    @property
    def seen(self) -> int:
        return sum(count or 0 for count in (self.views or {}).values())


def audience_of(aimed_at: Mapping[Audience, int]) -> Audience:
    """The one audience of a session that was planned for several; the values are how many of each are expected.

    Adults among them, or everyone: general interest. Several bands of children and teenagers: the one that most of
    them belong to, the younger of two alike. Raises ValueError for none.
    """
    if not aimed_at:
        raise ValueError("a session is for somebody")
    if len(aimed_at) == 1:
        return next(iter(aimed_at))
    if {Audience.ADULTS, Audience.GENERAL} & set(aimed_at):
        return Audience.GENERAL
    return max((band for band in Audience if band in aimed_at), key=lambda band: aimed_at[band])


def from_typical_weeks(weeks: Sequence[int]) -> int:
    """A year's estimate out of one, two or four typical weeks (times 52, 26 or 13), else ValueError."""
    times = {1: 52, 2: 26, 4: 13}
    if len(weeks) not in times:
        raise ValueError("one, two or four typical weeks")
    return sum(weeks) * times[len(weeks)]
