"""From the rows of a table to rows of answers, each checked as if somebody had typed it."""

import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from ..checking import Complaint
from ..columns import OTHER, Column, Row, columns_of
from ..conditions import day_of
from ..questionnaire import NOT_APPLICABLE, RATING, Choice, Kind, Questionnaire
from ..walking import answered
from .matching import DATE, KEY, LANGUAGE, PLACE, Match, Target

_YES = {"1", "1.0", "true", "yes", "y", "x", "on"}
_NO = {"0", "0.0", "false", "no", "n", "", "off"}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACE = uuid.UUID("5b0e5ea6-3c1d-5a51-9d0c-6d5f2f2f7a11")


@dataclass
class ReadRow:
    """One row of the file: the answers as they can be taken, or why they cannot."""

    number: int
    row: Row = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)  # columns with a value that is none of the choices
    day: date | None = None
    bad_day: str = ""
    branch: str = ""
    language: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    is_broken: bool = False  # the file breaks off here

    @property
    def is_sound(self) -> bool:
        return bool(self.row) and not (self.complaints or self.unknown or self.bad_day)


@dataclass
class Read:
    """How a file is read; `digest` is the print of its bytes, so that the same file twice has the same keys."""

    questionnaire: Questionnaire
    match: Match
    digest: str
    survey: str = ""
    day_first: bool = False
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what SPSS calls its values, by heading

    @cached_property
    def columns(self) -> dict[str, Column]:
        return {column.name: column for column in columns_of(self.questionnaire)}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """For each column, what is written for each of its values: codes, and words in every language."""
        return {name: dict(_said_for(column)) for name, column in self.columns.items() if column.is_coded}


def read_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], how: Read) -> Iterator[ReadRow]:
    """Each row with its number. The same row of the same file has the same key, whenever it comes."""
    seen: Counter[str] = Counter()
    for number, cells in rows:
        read = ReadRow(number)
        raw = _raw(cells, how, read)
        checked = answered(how.questionnaire, raw)
        read.row, read.complaints = checked.row, checked.complaints
        read.key = _key(cells, number, how, seen)
        yield read


def _key(cells: Mapping[str, Any], number: int, how: Read, seen: Counter[str]) -> uuid.UUID:
    """By the id that ODK and others give to each answer; where there is none, by the file, the row and its words."""
    own = next((_text(cells.get(heading)) for heading, to in how.match.targets.items() if to == KEY), "")
    if own:
        seen[own] += 1
        return uuid.uuid5(_SPACE, f"{how.survey}|{own}|{seen[own] if seen[own] > 1 else ''}")
    said = "\x1f".join(f"{heading}\x1e{_text(value)}" for heading, value in cells.items())
    return uuid.uuid5(_SPACE, f"{how.survey}|{how.digest}|{number}|{said}")


def _raw(cells: Mapping[str, Any], how: Read, read: ReadRow) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    ticks = _Ticks(how, raw, read)
    for heading, said in how.match.targets.items():
        text = _text(cells.get(heading))
        target = Target.read(said)
        if not said or not text:
            continue
        if said == DATE:
            _read_day(cells.get(heading), how, read)
        elif said == PLACE:
            read.branch = text
        elif said == LANGUAGE:
            read.language = text
        elif target.code:
            ticks.add(target, text)
        elif target.name in how.columns:
            text = _called(how, heading, target.name, text)
            raw[target.name] = _values(how.columns[target.name], text, how, read)
    for name, places in ticks.ranks.items():
        raw[name] = sorted(places, key=lambda code: int(places[code]))
    return raw


def _called(how: Read, heading: str, name: str, text: str) -> str:
    """What SPSS calls the value, where the value itself is no code of ours."""
    labels = how.labels.get(heading, {})
    return labels.get(text, text) if _same(text) not in how.codes.get(name, {}) else text


@dataclass
class _Ticks:
    """Columns for each choice: yes or no in it, or the rank; own words beside "other" count as a yes."""

    how: Read
    raw: dict[str, list[str]]
    read: ReadRow
    ranks: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, target: Target, text: str) -> None:
        question = self.how.columns[target.name].question
        choice = question.choice(target.code)
        said = text.casefold()
        if question.kind == Kind.RANKING:
            self._rank(target, text)
        elif said in _YES or (choice and _same(text) in _names_of(choice)):
            self.raw.setdefault(target.name, []).append(target.code)
        elif choice and choice.is_other and said not in _NO:
            self.raw.setdefault(target.name, []).append(target.code)
            self.raw[f"{target.name}{OTHER}"] = [text]
        elif said not in _NO:
            self.read.unknown.append((str(target), text))

    def _rank(self, target: Target, text: str) -> None:
        if text.isascii() and text.isdecimal():
            self.ranks.setdefault(target.name, {})[target.code] = text
        else:
            self.read.unknown.append((str(target), text))


def _names_of(choice: Choice) -> set[str]:
    return {_same(said) for said in (choice.code, *choice.words.values())}


def _values(column: Column, text: str, how: Read, read: ReadRow) -> list[str]:
    if not column.is_coded:
        return [_plain_day(text) if column.question.kind == Kind.DATE else text]
    codes = how.codes[column.name]
    if not column.is_many:
        return [_code(column, text, codes, read)]
    whole = codes.get(_same(text))
    if whole:
        return [whole]
    parts = re.split(r"\s*[;|,\n]\s*", text) if re.search(r"[;|,\n]", text) else text.split()
    return [_code(column, part, codes, read) for part in parts if part]


def _code(column: Column, said: str, codes: Mapping[str, str], read: ReadRow) -> str:
    code = codes.get(_same(said)) or codes.get(_same(said.removesuffix(".0")))
    if code is None:
        read.unknown.append((column.name, said))
        return ""
    return code


def _said_for(column: Column) -> Iterator[tuple[str, str]]:
    """Codes come last, so that they win over words that look like another's code."""
    for level in column.levels():
        for words in column.level_words(level).values():
            yield _same(words), level
    for level in column.levels():
        yield _same(level), level
    if column.question.kind == Kind.CONSENT:
        yield from ((said, "yes") for said in _YES | {"ok"})
        yield from ((said, "no") for said in _NO - {""})
    yield from (("-oth-", choice.code) for choice in column.question.choices if choice.is_other)  # LimeSurvey
    if column.question.kind in RATING:
        yield from ((f"a{level}", level) for level in column.levels())  # so does LimeSurvey name steps
    if column.question.kind in RATING and column.question.may_not_apply:
        yield from ((said, NOT_APPLICABLE) for said in ("na", "n/a"))


def _same(said: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", said).casefold().split())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "").strip()


def _plain_day(text: str) -> str:
    found = _DAY.match(text)
    return found[0] if found else text


def _read_day(value: Any, how: Read, read: ReadRow) -> None:
    if isinstance(value, datetime):
        read.day = value.date()
        return
    text = _text(value)
    read.day = day_of(_plain_day(text)) or _year_last(text, day_first=how.day_first)
    if read.day is None:
        read.bad_day = text[:40]


def _year_last(text: str, *, day_first: bool) -> date | None:
    """31/3/2026, and 3/31/2026; where both would do, only if somebody said which comes first."""
    found = re.match(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b", text)
    if not found:
        return None
    one, other, year = map(int, found.groups())
    if one <= 12 and other <= 12 and one != other and not day_first:
        return None
    day, month = (one, other) if day_first or one > 12 else (other, one)
    try:
        return date(year, month, day)
    except ValueError:
        return None
