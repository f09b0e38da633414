"""What every list can do: search, filter, sort, turn pages, and leave as a file, all of it kept in the address."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import attrgetter, or_
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import smart_split, unescape_string_literal

from rapport.lib.exports import file_response

Thing = TypeVar("Thing", bound=Model)
Words = str | Promise

COUNT_TO = 10_000  # beyond it people filter rather than count
EXPORT_TO = 200_000
_OURS = ("q", "sort", "page", "export")


@dataclass(frozen=True)
class Column:
    """One column: `value` is a path ("branch.name") or a function; `sort` the fields that order it."""

    name: str
    label: Words
    value: str | Callable[[Any], object] = ""
    sort: str | Sequence[str] = ()
    link: str | Callable[[Any], str] = ""
    template: str = ""  # draws the cell; gets the row as `object`
    number: bool = False
    only_in_files: bool = False

    def of(self, thing: object) -> object:
        if callable(self.value):
            return self.value(thing)
        try:
            found = attrgetter(self.value or self.name)(thing)
        except AttributeError:
            return None
        return found() if callable(found) else found

    def link_of(self, thing: object) -> str:
        if callable(self.link):
            return self.link(thing)
        return str(getattr(thing, self.link)()) if self.link else ""

    @property
    def order(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)


@dataclass(frozen=True)
class Cell:
    column: Column
    value: object
    url: str


class Listing(Generic[Thing]):
    """Two queries whatever the amount of data: one to count (never beyond `COUNT_TO`), one for the rows of the page."""

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Thing],
        *,
        columns: Sequence[Column],
        filters: type[forms.Form] | forms.Form | None = None,
        search: Sequence[str] | Callable[[QuerySet[Thing], str], QuerySet[Thing]] = (),
        order: str = "",
        per_page: int = 25,
        name: str = "list",
    ) -> None:
        self.request, self.columns, self.per_page, self.name = request, columns, per_page, name
        self._all, self._search, self._order = rows, search, order
        self.filters = filters(request.GET) if isinstance(filters, type) else filters
        self.q = request.GET.get("q", "").strip()[:200]
        self.sort = request.GET.get("sort", "") or order

    # ── which ones ──

    @cached_property
    def narrowed(self) -> QuerySet[Thing]:
        return self._sorted(self._filtered(self._found(self._all)))

    def _found(self, rows: QuerySet[Thing]) -> QuerySet[Thing]:
        if not self.q or not self._search:
            return rows
        if callable(self._search):
            return self._search(rows, self.q)
        fields = self._search
        for word in words_of(self.q):
            rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
        return rows

    def _filtered(self, rows: QuerySet[Thing]) -> QuerySet[Thing]:
        for field, value in self._chosen():
            narrow = getattr(self.filters, f"narrow_{field}", None)
            rows = narrow(rows, value) if narrow else rows.filter(**{_lookup(field, value): value})
        return rows

    def _chosen(self) -> Iterator[tuple[str, Any]]:
        """A filter that does not make sense (an old link, a typing error) is left out, not a reason to fail."""
        if self.filters is None:
            return
        self.filters.is_valid()
        for field, value in self.filters.cleaned_data.items():
            if not _is_empty(value):
                yield field, value

    def _sorted(self, rows: QuerySet[Thing]) -> QuerySet[Thing]:
        column = next((c for c in self.columns if c.name == self.sort.removeprefix("-") and c.order), None)
        if column is None:
            return rows
        sign = self.sort.startswith("-")
        order = [_turned(field) if sign else field for field in column.order]
        return rows.order_by(*order, "-pk" if sign else "pk")

    # ── the page of them ──

    @cached_property
    def rows(self) -> list[Thing]:
        start = (self.number - 1) * self.per_page
        return list(self.narrowed[start : start + self.per_page])

    @cached_property
    def total(self) -> int:
        """How many there are, counted no further than people would read."""
        return self.narrowed.order_by()[: COUNT_TO + 1].count()

    @property
    def is_more_than_counted(self) -> bool:
        return self.total > COUNT_TO

    @property
    def counted(self) -> int:
        return min(self.total, COUNT_TO)

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.counted // self.per_page))

    @cached_property
    def number(self) -> int:
        try:
            return min(max(1, int(self.request.GET.get("page", "1"))), self.pages)
        except ValueError:
            return 1

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.per_page, self.counted)

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def shown_columns(self) -> list[Column]:
        return [column for column in self.columns if not column.only_in_files]

    def table(self) -> Iterator[tuple[Thing, list[Cell]]]:
        for thing in self.rows:
            yield thing, [Cell(column, column.of(thing), column.link_of(thing)) for column in self.shown_columns]

    # ── its address ──

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q) or any(True for _ in self._chosen())

    def address(self, **changes: object) -> str:
        query = self.request.GET.copy()
        for name in ("page", "export", *changes):
            query.pop(name, None)
        for name, value in changes.items():
            if value not in ("", None):
                query[name] = str(value)
        return f"?{query.urlencode()}"

    @property
    def csv(self) -> str:
        return self.address(export="csv")

    @property
    def xlsx(self) -> str:
        return self.address(export="xlsx")

    @property
    def previous(self) -> str:
        return self.address(page=self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address(page=self.number + 1) if self.number < self.pages else ""

    def heads(self) -> list[dict[str, object]]:
        return [self._head(column) for column in self.shown_columns]

    def _head(self, column: Column) -> dict[str, object]:
        is_up, is_down = self.sort == column.name, self.sort == f"-{column.name}"
        return {
            "column": column,
            "url": self.address(sort=f"-{column.name}" if is_up else column.name) if column.order else "",
            "aria_sort": "ascending" if is_up else "descending" if is_down else "",
        }

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """What a form of this list has to carry along in hidden fields."""
        mine = {"page", "export", *without}
        return [(name, value) for name, values in self.request.GET.lists() for value in values if name not in mine]

    def kept_by_search(self) -> list[tuple[str, str]]:
        fields = tuple(self.filters.fields) if self.filters else ()
        return self.kept("q", *fields)

    def chips(self) -> list[dict[str, str]]:
        """Each thing that narrows the list, in words, with the address of the list without it."""
        chips = [{"words": f"“{self.q}”", "url": self.address(q="")}] if self.q else []
        for field, value in self._chosen():
            chips.append({"words": self._in_words(field, value), "url": self.address(**{field: ""})})
        return chips

    def _in_words(self, field: str, value: Any) -> str:
        asked = self.filters.fields[field] if self.filters else forms.Field()
        if isinstance(value, bool):
            return str(asked.label or field)
        choices = dict(_flat(getattr(asked, "choices", ())))
        if isinstance(value, list | tuple | QuerySet):
            return ", ".join(str(choices.get(one, choices.get(str(one), one))) for one in value)
        if isinstance(value, datetime.date):
            return date_format(value, "DATE_FORMAT")
        return str(value if isinstance(value, Model) else choices.get(value, choices.get(str(value), value)))

    # ── as a file ──

    @property
    def wants_file(self) -> bool:
        return self.request.GET.get("export") in ("csv", "xlsx")

    def file(self) -> HttpResponseBase:
        things = self.narrowed[:EXPORT_TO].iterator(chunk_size=2000)
        rows = ([column.of(thing) for column in self.columns] for thing in things)
        return file_response(self.request.GET["export"], self.name, [str(c.label) for c in self.columns], rows)


def words_of(text: str) -> list[str]:
    """The words that somebody looks for; "what stands in quotation marks" is one."""
    parts = (unescape_string_literal(w) if w[0] == w[-1] == '"' and len(w) > 1 else w for w in smart_split(text))
    return [part for part in parts if part][:8]


def _lookup(field: str, value: object) -> str:
    return f"{field}__in" if isinstance(value, list | tuple | QuerySet) else field


def _is_empty(value: object) -> bool:
    if value is None or value == "" or value is False:
        return True
    return (isinstance(value, list | tuple) and not value) or (isinstance(value, QuerySet) and not value)


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label
