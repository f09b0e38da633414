"""Bringing in voices from a table: each row taken once, however often the file comes."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rapport.lib.language import languages
from rapport.listening.models import AnswerPromise, Channel, Voice, VoiceKind
from rapport.listening.tables import Row
from rapport.listening.telling import languages_spoken
from rapport.places.models import Branch

_AT_ONCE = 2000
_LONGEST = 20_000
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$")


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

    def take(self, rows: Iterable[Row]) -> Iterator[Report]:
        """Take the rows in batches, each whole or not at all; gives the report so far after each."""
        self._branches = _branches()
        self._seen: Counter[str] = Counter()
        numbered = enumerate(rows, 2)  # the first row holds the names
        while batch := list(islice(numbered, _AT_ONCE)):
            self._take_batch(batch)
            yield self.report

    def _take_batch(self, batch: list[tuple[int, Row]]) -> None:
        self.report.read += len(batch)
        voices = [voice for number, row in batch if (voice := self._voice(number, row))]
        marks = [voice.brought_in_as for voice in voices]
        known = set(Voice.objects.filter(brought_in_as__in=marks).values_list("brought_in_as", flat=True))
        fresh = [voice for voice in voices if voice.brought_in_as not in known]
        self.report.known += len(voices) - len(fresh)
        self.report.taken += len(fresh)
        if not self.is_dry:
            self._save(fresh)

    @transaction.atomic
    def _save(self, voices: list[Voice]) -> None:
        default = settings.LANGUAGE_CODE
        if self.language == "auto":
            found = languages([voice.words for voice in voices], languages_spoken(), default)
        else:
            found = [self.language] * len(voices)
        for voice, language in zip(voices, found, strict=True):
            voice.language = language
        if self.to_be_answered:
            AnswerPromise.objects.set_clocks(voices, since=timezone.now())
        Voice.objects.bulk_create(voices, batch_size=500, ignore_conflicts=True)

    def _voice(self, number: int, row: Row) -> Voice | None:
        try:
            return self._read(row)
        except Refused as why:
            self.report.refused.append((number, str(why)))
            return None

    def _read(self, row: Row) -> Voice:
        words = str(row.get(self.text) or "").strip()
        if not words:
            raise Refused("no words")
        if "\x00" in words:
            raise Refused("a character that no text holds (NUL)")
        if len(words) > _LONGEST:
            raise Refused(f"longer than {_LONGEST} characters")
        at = self._at(row.get(self.date)) if self.date else None
        branch = self._branch(str(row.get(self.branch) or "")) if self.branch else None
        voice = Voice(
            words=words,
            kind=self._kind(row),
            channel=self.channel,
            branch=branch,
            brought_in_as=self._mark(words, at, branch),
        )
        voice.spoken_at = at or voice.spoken_at
        return voice

    def _mark(self, words: str, at: datetime | None, branch: Branch | None) -> str:
        """The same words of the same day said twice in one file are two voices, and stay those two."""
        plain = " ".join(words.casefold().split())
        base = hashlib.sha256(f"{plain}|{at and at.isoformat()}|{branch and branch.slug}".encode()).hexdigest()[:40]
        self._seen[base] += 1
        return f"{base}:{self._seen[base]}"

    def _kind(self, row: Row) -> str:
        kind = str(row.get(self.kind_column) or "").strip().lower() if self.kind_column else self.kind
        if kind not in VoiceKind.values:
            raise Refused(f"unknown kind “{kind}”")
        return kind

    def _branch(self, name: str) -> Branch | None:
        if not name.strip():
            return None
        try:
            return self._branches[name.strip().casefold()]
        except KeyError:
            raise Refused(f"unknown branch “{name}”") from None

    def _at(self, value: object) -> datetime:
        if isinstance(value, datetime):
            moment = value
        else:
            moment = datetime.combine(self._day(str(value or "").strip()), time(12))
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        if aware > timezone.now() and aware.date() > timezone.localdate():
            raise Refused("a day that has not come yet")
        return aware

    def _day(self, text: str) -> date:
        try:
            if found := _YEAR_FIRST.match(text):
                return date(*map(int, found.groups()))
            if found := _YEAR_LAST.match(text):
                return self._year_last(*map(int, found.groups()))
        except ValueError:
            raise Refused(f"no such day: “{text}”") from None
        raise Refused(f"no day that we can read: “{text[:40]}”")

    def _year_last(self, first: int, second: int, year: int) -> date:
        if first <= 12 and second <= 12 and first != second and not self.day_first:
            raise Refused("day or month first? Say --dayfirst, or write the year first")
        day_leads = self.day_first or first > 12
        return date(year, second, first) if day_leads else date(year, first, second)


def _branches() -> dict[str, Branch]:
    names: dict[str, Branch] = {}
    for branch in Branch.objects.all():
        for name in {branch.slug, str(branch), *map(str, dict(branch.name).values())}:
            names[name.casefold()] = branch
    return names
