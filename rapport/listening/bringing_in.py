"""Bringing in voices from a table: each row taken once, however often the file comes."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime, time
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.lib.language import languages
from rapport.lib.tables import Row
from rapport.listening.models import AnswerPromise, Channel, Voice, VoiceKind
from rapport.listening.telling import languages_spoken
from rapport.places.models import Branch

_AT_ONCE = 5000
_LONGEST = 20_000
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$")
_KINDS = frozenset(VoiceKind.values)


class Refused(Exception):
    """Why one row was not taken."""


@dataclass
class Report:
    read: int = 0
    taken: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class BringingIn:
    text: str
    date: str = ""
    branch: str = ""
    kind_column: str = ""
    kind: str = VoiceKind.SUGGESTION
    channel: str = Channel.IMPORT
    language: str = "auto"
    day_first: bool = False
    to_be_answered: bool = False
    is_dry: bool = False
    report: Report = field(default_factory=Report)

    def take(self, rows: Iterable[tuple[int, Row]]) -> Iterator[Report]:
        """Take the numbered rows in batches, each whole or not at all; gives the report so far after each."""
        self._branches = _branches()
        self._seen: Counter[bytes] = Counter()
        self._now, self._today = timezone.now(), timezone.localdate()
        self._clocks = cache(self._set_clocks)
        self._moment = lru_cache(4096)(self._read_moment)
        rows = iter(rows)
        while batch := list(islice(rows, _AT_ONCE)):
            self._take_batch(batch)
            yield self.report

    def _take_batch(self, batch: list[tuple[int, Row]]) -> None:
        read = [values for number, row in batch if (values := self._values(number, row))]
        known = _known(values["brought_in_as"] for values in read)
        fresh = [values for values in read if values["brought_in_as"] not in known]
        taken = len(fresh) if self.is_dry else self._save(fresh)
        self.report.read += len(batch)
        self.report.taken += taken
        self.report.known += len(read) - taken

    @transaction.atomic
    def _save(self, fresh: list[dict[str, Any]]) -> int:
        for values, language in zip(fresh, self._languages([values["words"] for values in fresh]), strict=True):
            values["language"] = language
            if self.to_be_answered:
                values.update(self._clocks(values["branch_id"], values["kind"]))
        return write_new(fresh)

    def _languages(self, texts: list[str]) -> list[str]:
        if self.language != "auto":
            return [self.language] * len(texts)
        different = list(dict.fromkeys(texts))
        found = languages(different, languages_spoken(), settings.LANGUAGE_CODE)
        told = dict(zip(different, found, strict=True))
        return [told[text] for text in texts]

    def _set_clocks(self, branch: int | None, kind: str) -> dict[str, Any]:
        like_these = Voice(branch_id=branch, kind=kind)
        AnswerPromise.objects.set_clocks([like_these], since=self._now)
        return {"acknowledge_by": like_these.acknowledge_by, "answer_by": like_these.answer_by}

    def _values(self, number: int, row: Row) -> dict[str, Any] | None:
        try:
            return self._read(row)
        except Refused as why:
            self.report.refused.append((number, str(why)))
            return None

    def _read(self, row: Row) -> dict[str, Any]:
        words = str(row.get(self.text) or "").strip()
        if not words:
            raise Refused(_("no words"))
        if "\x00" in words:
            raise Refused(_("a character that no text holds (NUL)"))
        if len(words) > _LONGEST:
            raise Refused(_("longer than %(n)s characters") % {"n": _LONGEST})
        at = self._moment(row.get(self.date, "")) if self.date else None
        branch = self._branch(str(row.get(self.branch) or "")) if self.branch else None
        return {
            "words": words,
            "kind": self._kind(row),
            "channel": self.channel,
            "branch_id": branch and branch.pk,
            "spoken_at": at or self._now,
            "brought_in_as": self._mark(words, at, branch),
        }

    def _mark(self, words: str, at: datetime | None, branch: Branch | None) -> str:
        """The same words of the same day said twice in one file are two voices, and stay those two."""
        plain = " ".join(words.casefold().split())
        said = f"{plain}|{at and at.isoformat()}|{branch and branch.slug}".encode("utf-8", "replace")
        base = hashlib.blake2b(said, digest_size=16)
        self._seen[base.digest()] += 1
        return f"{base.hexdigest()}:{self._seen[base.digest()]}"

    def _kind(self, row: Row) -> str:
        kind = str(row.get(self.kind_column) or "").strip().lower() if self.kind_column else str(self.kind)
        if kind not in _KINDS:
            raise Refused(_("unknown kind “%(kind)s”") % {"kind": kind[:40]})
        return kind

    def _branch(self, name: str) -> Branch | None:
        if not name.strip():
            return None
        try:
            return self._branches[name.strip().casefold()]
        except KeyError:
            raise Refused(_("unknown branch “%(name)s”") % {"name": name[:60]}) from None

    def _read_moment(self, value: object) -> datetime:
        if isinstance(value, datetime):
            moment = value
        else:
            moment = datetime.combine(self._day(str(value or "").strip()), time(12))
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        if aware > self._now and aware.date() > self._today:
            raise Refused(_("a day that has not come yet"))
        return aware

    def _day(self, text: str) -> Day:
        try:
            if found := _YEAR_FIRST.match(text):
                return Day(*map(int, found.groups()))
            if found := _YEAR_LAST.match(text):
                return self._year_last(*map(int, found.groups()))
        except ValueError:
            raise Refused(_("no such day: “%(day)s”") % {"day": text[:40]}) from None
        raise Refused(_("no day that we can read: “%(day)s”") % {"day": text[:40]})

    def _year_last(self, first: int, second: int, year: int) -> Day:
        if first <= 12 and second <= 12 and first != second and not self.day_first:
            raise Refused(_("day or month first? Say --dayfirst, or write the year first"))
        day_leads = self.day_first or first > 12
        return Day(year, second, first) if day_leads else Day(year, first, second)


def _known(marks: Iterable[str]) -> set[str]:
    known = Voice.objects.filter(brought_in_as__in=list(marks))
    return {str(mark) for mark in known.values_list("brought_in_as", flat=True)}


def write_new(rows: list[dict[str, Any]]) -> int:
    """Write those that are not there yet, and say how many they were.

    Column by column, past the model: to make and prepare 20,000 of them takes longer than all the rest. What a row
    leaves out is as in any new voice.
    """
    if not rows:
        return 0
    fields = [one for one in Voice._meta.concrete_fields if not one.primary_key and not one.generated]
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(str(one.column)) for one in fields), ", ".join(["%s"] * len(fields))
    table, mark = quote(Voice._meta.db_table), quote("brought_in_as")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({mark}) DO NOTHING",  # noqa: S608
            list(zip(*(_column(one, rows) for one in fields), strict=True)),
        )
        return int(cursor.rowcount)


def _column(field: models.Field[Any, Any], rows: list[dict[str, Any]]) -> list[Any]:
    if field.attname in rows[0]:
        return [field.get_db_prep_save(row[field.attname], connection) for row in rows]
    if field.unique:
        return [field.get_default() for _row in rows]
    return [field.get_db_prep_save(field.get_default(), connection)] * len(rows)


def _branches() -> dict[str, Branch]:
    names: dict[str, Branch] = {}
    for branch in Branch.objects.all():
        for name in {branch.slug, str(branch), *map(str, dict(branch.name).values())}:
            names[name.casefold()] = branch
    return names
