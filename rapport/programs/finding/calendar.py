"""The dates that fit an address, by pages, by days, and counted: a fixed number of queries, whatever there is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, Func, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from rapport.programs.agenda import start_of
from rapport.programs.models import Session
from rapport.programs.models.session import LONGEST
from rapport.ui.listing import Column, Listing

from .cards import Card, cards, rows_for_cards
from .filters import CalendarFilters, Rows, said_in

A_PAGE = 24
FARTHEST = 400  # days ahead that a list goes on for

COLUMNS = [
    Column("title", _("What"), str, link="get_absolute_url"),
    Column("day", _("Day"), lambda one: timezone.localtime(one.starts_at).date()),
    Column("starts", _("Starts"), lambda one: date_format(timezone.localtime(one.starts_at), "H:i")),
    Column("ends", _("Ends"), lambda one: date_format(timezone.localtime(one.ends_at), "H:i")),
    Column("where", _("Where")),
    Column("audience", _("For whom"), "get_audience_display"),
    Column("language", _("Language")),
    Column("cost", _("Cost")),
    Column("cancelled", _("Does not take place"), lambda one: one.called_off.why if one.called_off else ""),
]


class _Minute(Func):
    """The moment of a start, to the minute and in UTC, as text: what a count can be grouped by without Python."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"substr({sql}, 1, 16)", tuple(params)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')", tuple(params)


@dataclass(frozen=True)
class Page:
    """Some dates in the order of time; `number` is 1 for the first."""

    cards: list[Card]
    number: int
    is_last: bool

    @property
    def before(self) -> int | str:
        return self.number - 1 if self.number > 2 else ""

    @property
    def after(self) -> int:
        return self.number + 1


class Calendar:
    def __init__(self, request: HttpRequest, rows: Rows | None = None) -> None:
        rows = Session.objects.public() if rows is None else rows
        self.listing = Listing(
            request, rows, columns=COLUMNS, filters=CalendarFilters, search=said_in, name="whats-on", per_page=A_PAGE
        )

    @cached_property
    def rows(self) -> Rows:
        return self.listing.narrowed

    def between(self, first: date, last: date) -> Rows:
        """Those that begin on these days, both included."""
        return self.rows.filter(starts_at__gte=start_of(first), starts_at__lt=start_of(last + timedelta(days=1)))

    def onwards(self, begin: datetime) -> Rows:
        """Those that are not over at this moment, in the order in which they begin, as far as people plan."""
        rows = self.rows.filter(starts_at__gte=begin - LONGEST, ends_at__gte=begin)
        return rows.filter(starts_at__lt=begin + timedelta(days=FARTHEST)).order_by("starts_at", "pk")

    def page(self, begin: datetime, number: int, size: int = A_PAGE) -> Page:
        start = (number - 1) * size
        found = list(rows_for_cards(self.onwards(begin))[start : start + size + 1])
        return Page(cards(found[:size]), number, len(found) <= size)

    def starts(self, first: date, last: date) -> Counter[datetime]:
        """How many begin at each moment of these days."""
        rows = self.between(first, last).order_by().values_list(_Minute("starts_at")).annotate(n=Count("*"))
        return Counter({datetime.fromisoformat(minute).replace(tzinfo=UTC): n for minute, n in rows})

    def days(self, first: date, last: date, most: int) -> tuple[dict[date, int], dict[date, list[Card]]]:
        """How many begin on each day, and the first of each."""
        counts: Counter[date] = Counter()
        wanted: list[datetime] = []
        for moment, n in sorted(self.starts(first, last).items()):
            day = timezone.localtime(moment).date()
            if counts[day] < most:
                wanted.append(moment)
            counts[day] += n
        return dict(counts), self._first_of(wanted, most)

    def _first_of(self, moments: list[datetime], most: int) -> dict[date, list[Card]]:
        if not moments:
            return {}
        place = Window(RowNumber(), partition_by="starts_at", order_by="pk")
        rows = self.rows.filter(starts_at__in=moments).annotate(nth=place).filter(nth__lte=most)
        keys = rows.order_by("starts_at", "pk").values_list("pk", "starts_at")
        chosen: dict[date, list[int]] = {}
        for key, moment in keys:
            of_day = chosen.setdefault(timezone.localtime(moment).date(), [])
            of_day.extend([key] if len(of_day) < most else [])
        wanted = [key for of_day in chosen.values() for key in of_day]
        found = Session.objects.filter(pk__in=wanted).order_by("starts_at", "pk")
        return _by_day(cards(rows_for_cards(found)))


def _by_day(found: Iterable[Card]) -> dict[date, list[Card]]:
    days: dict[date, list[Card]] = {}
    for card in found:
        days.setdefault(card.day, []).append(card)
    return days
