"""A date as a calendar shows it: worked out in Python, since a page shows many of them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import groupby

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from rapport.programs.models import Access, Band, Moved, Session, Setting
from rapport.ui.context import own_name
from rapport.ui.icons import icon

FEW = 5  # from so few places on it is said how many are left
_JOINED = ("program", "branch", "space", "cancellation", "seating")
_SAID = (
    "starts_at", "ends_at", "title", "place", "setting", "is_hybrid", "access", "cost", "language", "audience",
    "program__title", "branch__name", "space__name", "cancellation__why",
    "seating__capacity", "seating__kept", "seating__taken", "seating__waitlist", "seating__waiting",
)  # fmt: skip


class Card:
    """Each word of it is worked out when a page asks for it: a month needs fewer than a list."""

    def __init__(self, session: Session, path: str, language: str | None) -> None:
        self.session, self.reader = session, language
        self.begins = timezone.localtime(session.starts_at)
        self.day = self.begins.date()
        self.url = f"{path}{session.pk}/"
        self.off = session.called_off.why if session.called_off else ""  # why it does not take place
        self.is_off = session.called_off is not None

    @cached_property
    def title(self) -> str:
        return str(self.session)

    @cached_property
    def iso(self) -> str:
        return self.begins.isoformat()

    @cached_property
    def starts(self) -> str:
        return _hour(self.begins.hour, self.begins.minute, self.reader)

    @cached_property
    def ends(self) -> str:
        ends = timezone.localtime(self.session.ends_at)
        return _hour(ends.hour, ends.minute, self.reader)

    @cached_property
    def where(self) -> str:
        return self.session.where

    @cached_property
    def online(self) -> str:
        is_both = self.session.is_hybrid and self.session.setting != Setting.VIRTUAL
        return gettext("online too") if is_both else ""

    @property
    def band(self) -> str:
        return self.session.audience

    @cached_property
    def audience(self) -> str:
        return _band(self.session.audience, self.reader)

    @property
    def language(self) -> str:
        return self.session.language

    @cached_property
    def language_name(self) -> str:
        return own_name(self.session.language) if self.session.language else ""

    @cached_property
    def marks(self) -> SafeString:
        return access_marks(tuple(self.session.access), self.reader)

    @cached_property
    def price(self) -> str:
        return str(self.session.cost)

    @cached_property
    def _places(self) -> tuple[str, bool]:
        return ("", False) if self.is_off else places_left(self.session)

    @property
    def places(self) -> str:
        return self._places[0]

    @property
    def is_full(self) -> bool:
        return self._places[1]

    @cached_property
    def moved(self) -> str:
        return moved_from(self.session)


def rows_for_cards(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """With all that a card says, and nothing else, in the same query."""
    moves = Moved.objects.filter(session=OuterRef("pk")).order_by("-at", "-pk")
    moved = {
        "last_start": Subquery(moves.values("from_starts_at")[:1]),
        "last_where": Subquery(moves.values("from_where")[:1]),
    }
    return rows.select_related(*_JOINED).only(*_SAID).annotate(**moved)


def cards(sessions: Iterable[Session]) -> list[Card]:
    path, language = reverse("programs:session", args=[0])[:-2], get_language()
    return [Card(session, path, language) for session in sessions]


def by_day(found: Iterable[Card]) -> list[tuple[date, list[Card]]]:
    return [(day, list(some)) for day, some in groupby(found, key=lambda card: card.day)]


def places_left(session: Session) -> tuple[str, bool]:
    """How many places are left where they are few; nothing where nobody registers."""
    seating = getattr(session, "seating", None)
    if seating is None or session.ends_at < timezone.now():
        return "", False
    free = seating.free
    if free > 0:
        left = ngettext("%(n)d place left", "%(n)d places left", free) % {"n": free}
        return (left if free <= FEW else ""), False
    waits = seating.waitlist is None or seating.waiting < seating.waitlist
    return (gettext("full, with a waitlist") if waits else gettext("full")), True


def moved_from(session: Session) -> str:
    """From when or where it was moved, in words: people may still have the old date in mind."""
    start, where = getattr(session, "last_start", None), getattr(session, "last_where", "")
    if start is None:
        return ""
    if start != session.starts_at:
        return gettext("moved from %(when)s") % {"when": date_format(timezone.localtime(start), "j M, H:i")}
    return gettext("moved from %(where)s") % {"where": where}


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
