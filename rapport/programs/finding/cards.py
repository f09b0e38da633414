"""A date as a calendar shows it: worked out in Python, since a page shows many of them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from rapport.programs.models import Access, Band, Moved, Session, Setting
from rapport.programs.models.offered import where_words
from rapport.ui.context import own_name
from rapport.ui.icons import icon

FEW = 5  # from so few places on it is said how many are left
_SAID = (
    "pk", "starts_at", "ends_at", "title", "program__title", "place", "setting", "is_hybrid", "access", "cost",
    "language", "audience", "branch__name", "space__name", "cancellation", "cancellation__why", "seating__capacity",
    "seating__kept", "seating__taken", "seating__waitlist", "seating__waiting", "last_start", "last_where",
)  # fmt: skip


class Card:
    """Each word of it is worked out when a page asks for it: a month needs fewer than a list."""

    def __init__(self, row: Any, path: str, language: str | None) -> None:
        self.row, self.pk, self.reader = row, row.pk, language
        self.begins = timezone.localtime(row.starts_at)
        self.day = self.begins.date()
        self.url = f"{path}{row.pk}/"
        self.is_off = row.cancellation is not None
        self.off = row.cancellation__why or ""  # why it does not take place

    @cached_property
    def title(self) -> str:
        return str(self.row.title or self.row.program__title)

    @cached_property
    def iso(self) -> str:
        return self.begins.isoformat()

    @cached_property
    def starts(self) -> str:
        return _hour(self.begins.hour, self.begins.minute, self.reader)

    @cached_property
    def ends(self) -> str:
        ends = timezone.localtime(self.row.ends_at)
        return _hour(ends.hour, ends.minute, self.reader)

    @cached_property
    def where(self) -> str:
        return where_words(self.row.branch__name, self.row.space__name, self.row.place, self.row.setting)

    @cached_property
    def online(self) -> str:
        is_both = self.row.is_hybrid and self.row.setting != Setting.VIRTUAL
        return gettext("online too") if is_both else ""

    @property
    def band(self) -> str:
        return str(self.row.audience)

    @cached_property
    def audience(self) -> str:
        return _band(self.row.audience, self.reader)

    @property
    def language(self) -> str:
        return str(self.row.language)

    @cached_property
    def language_name(self) -> str:
        return own_name(self.row.language) if self.row.language else ""

    @cached_property
    def marks(self) -> SafeString:
        return access_marks(tuple(self.row.access), self.reader)

    @cached_property
    def price(self) -> str:
        return str(self.row.cost)

    @cached_property
    def _places(self) -> tuple[str, bool]:
        return ("", False) if self.is_off else _places_of(self.row)

    @property
    def places(self) -> str:
        return self._places[0]

    @property
    def is_full(self) -> bool:
        return self._places[1]

    @cached_property
    def moved(self) -> str:
        return _moved_from(self.row)


def rows_for_cards(rows: "QuerySet[Session]") -> "QuerySet[Session, Any]":
    """What a card says, and nothing else, in one query and without a record for each of its tables."""
    moves = Moved.objects.filter(session=OuterRef("pk")).order_by("-at", "-pk")
    start, where = (Subquery(moves.values(name)[:1]) for name in ("from_starts_at", "from_where"))
    return rows.annotate(last_start=start, last_where=where).values_list(*_SAID, named=True)


def cards(rows: Iterable[Any]) -> list[Card]:
    path, language = reverse("programs:session", args=[0])[:-2], get_language()
    return [Card(row, path, language) for row in rows]


def by_day(found: Iterable[Card]) -> list[tuple[date, list[Card]]]:
    return [(day, list(some)) for day, some in groupby(found, key=lambda card: card.day)]


def places_left(session: Session) -> tuple[str, bool]:
    """How many places are left where they are few; nothing where nobody registers."""
    seating = getattr(session, "seating", None)
    if seating is None or session.ends_at < timezone.now():
        return "", False
    return _left(seating.free, seating.waitlist, seating.waiting)


def _places_of(row: Any) -> tuple[str, bool]:
    if row.seating__capacity is None or row.ends_at < timezone.now():
        return "", False
    free = row.seating__capacity - row.seating__kept - row.seating__taken
    return _left(free, row.seating__waitlist, row.seating__waiting)


def _left(free: int, waitlist: int | None, waiting: int) -> tuple[str, bool]:
    if free > 0:
        left = ngettext("%(n)d place left", "%(n)d places left", free) % {"n": free}
        return (left if free <= FEW else ""), False
    may_wait = waitlist is None or waiting < waitlist
    return (gettext("full, with a waitlist") if may_wait else gettext("full")), True


def _moved_from(row: Any) -> str:
    """From when or where it was moved, in words: people may still have the old date in mind."""
    if row.last_start is None:
        return ""
    if row.last_start != row.starts_at:
        return gettext("moved from %(when)s") % {"when": date_format(timezone.localtime(row.last_start), "j M, H:i")}
    return gettext("moved from %(where)s") % {"where": row.last_where}


@lru_cache(maxsize=4096)
def _hour(hour: int, minute: int, _language: str | None) -> str:
    return time_format(datetime(2000, 1, 1, hour, minute), "TIME_FORMAT")


@lru_cache(maxsize=64)
def _band(code: str, _language: str | None) -> str:
    return str(Band(code).label) if code in Band.values else ""


@lru_cache(maxsize=512)
def access_marks(codes: tuple[str, ...], _language: str | None) -> SafeString:
    """The same list as the part `c-access-marks` draws, drawn once for each set of marks."""
    marks = [Access(code).mark for code in codes if code in Access.values]
    if not marks:
        return SafeString("")
    each = format_html_join(
        "", '<li class="mark">{}<span>{}</span></li>', ((icon(mark.icon, 16), str(mark.label)) for mark in marks)
    )
    return format_html('<ul class="marks" aria-label="{}">{}</ul>', gettext("Access"), each)
