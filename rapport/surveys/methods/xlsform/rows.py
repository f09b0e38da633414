"""The sheets of an XLSForm as rows under known headings, whichever of their many names they go by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..forms.books import Book, Sheet
from ..forms.languages import code_of
from ..forms.remarks import FormRefused, Reason, Remark
from ..questionnaire import Words

_ALIASES = {
    "text": "label",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::readonly": "read_only",
    "readonly": "read_only",
    "read only": "read_only",
    "control::appearance": "appearance",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "bind::jr::constraintmsg": "constraint_message",
    "constraint message": "constraint_message",
    "constraintmsg": "constraint_message",
    "bind::jr::requiredmsg": "required_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "image": "media::image",
    "audio": "media::audio",
    "video": "media::video",
    "big-image": "media::big-image",
    "list name": "list_name",
    "listname": "list_name",
    "value": "name",
    "tag": "name",
    "repeat count": "repeat_count",
    "jr::count": "repeat_count",
    "choice filter": "choice_filter",
    "title": "form_title",
    "form title": "form_title",
    "command": "type",
    "hint text": "hint",
}
_TRANSLATED = {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
MEDIA = ("media::image", "media::audio", "media::video")
_MOST_EMPTY_ROWS = 60
_INDENTED = re.compile(r"[ \t]+")


@dataclass
class Row:
    """A row: its plain cells by heading, and what it says in each language."""

    sheet: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    said: dict[str, Words] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.cells.get("name", "")

    def get(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def words(self, heading: str) -> Words:
        return dict(self.said.get(heading, {}))

    def remark(self, reason: Reason, about: str = "") -> Remark:
        return Remark(reason, self.sheet, self.number, self.name, about)


@dataclass(frozen=True)
class Heading:
    name: str
    language: str = ""


@dataclass
class Tables:
    """The three tables of a form. `languages` are those that the headings name, in their order."""

    survey: list[Row]
    choices: list[Row]
    external: list[Row]
    settings: dict[str, str]
    languages: list[str]
    unknown_languages: list[str]
    far_below: list[Row]


def tables_of(book: Book, spoken: str) -> Tables:
    """Raises FormRefused. `spoken` is the language of what has none at its heading."""
    sheet = book.sheet("survey") or (book.sheets[0] if len(book.sheets) == 1 else None)
    if sheet is None or not sheet.rows:
        raise FormRefused(Remark(Reason.NO_SURVEY))
    settings = _settings(book.sheet("settings"))
    reader = _Headings(code_of(settings.get("default_language", "")) or spoken)
    survey, far_below = _near(list(reader.rows(sheet)))
    choices = list(reader.rows(book.sheet("choices")))
    external = list(reader.rows(book.sheet("external_choices")))
    languages = sorted(reader.languages, key=lambda code: code != reader.plain)
    return Tables(survey, choices, external, settings, languages, reader.unknown, far_below)


def _near(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Without what lies far below: after so many empty rows ODK looks no further either."""
    before = 1
    for n, row in enumerate(rows):
        if row.number - before > _MOST_EMPTY_ROWS:
            return rows[:n], rows[n:]
        before = row.number
    return rows, []


class _Headings:
    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.languages: list[str] = []
        self.unknown: list[str] = []

    def rows(self, sheet: Sheet | None) -> Iterator[Row]:
        if sheet is None or not sheet.rows:
            return
        (_first, names), *rest = sheet.rows
        headings = [self._heading(name) for name in names]
        _refuse_twice(sheet.name, headings)
        if sheet.name.strip().lower() not in {"choices", "external_choices"}:
            _need(sheet.name, headings)
        for number, cells in rest:
            yield self._row(sheet.name, number, headings, cells)

    def _heading(self, said: str) -> Heading:
        """ "bind: relevant", "LABEL::EN" and "media::image::english" as what they are."""
        parts = [_INDENTED.sub(" ", part.strip()) for part in re.split(r":{1,2}", said)]
        names = [part.lower() for part in parts]
        whole = "::".join(names)
        if whole in _ALIASES or len(parts) == 1:
            return Heading(_ALIASES.get(whole, whole))
        first = "::".join(names[:-1])
        first = _ALIASES.get(first, first)
        if first in _TRANSLATED or first in MEDIA:
            return Heading(first, self._language(parts[-1]))
        return Heading(whole)

    def _language(self, said: str) -> str:
        code = code_of(said)
        if not code:
            self.unknown.append(said)
            code = "x-" + (re.sub(r"[^a-z0-9]", "", said.lower())[:8] or "other")
        return code

    def _row(self, sheet: str, number: int, headings: list[Heading], cells: list[str]) -> Row:
        row = Row(sheet, number)
        for heading, text in zip(headings, cells, strict=False):
            if not text or not heading.name:
                continue
            if heading.name in _TRANSLATED:
                language = heading.language or self.plain
                words = row.said.setdefault(heading.name, {})
                if heading.language or language not in words:
                    words[language] = text
                self._met(language)
            else:
                row.cells.setdefault(heading.name, text)
        return row

    def _met(self, language: str) -> None:
        if language not in self.languages:
            self.languages.append(language)


def _refuse_twice(sheet: str, headings: list[Heading]) -> None:
    seen: set[Heading] = set()
    for heading in headings:
        if heading.name and heading in seen:
            raise FormRefused(Remark(Reason.HEADING_TWICE, sheet=sheet, row=1, about=heading.name))
        seen.add(heading)


def _need(sheet: str, headings: list[Heading]) -> None:
    if not {"type", "name"} <= {heading.name for heading in headings}:
        raise FormRefused(Remark(Reason.NO_TYPE_OR_NAME, sheet=sheet, row=1))


def _settings(sheet: Sheet | None) -> dict[str, str]:
    if sheet is None or len(sheet.rows) < 2:
        return {}
    (_one, names), (_two, values), *_rest = sheet.rows
    headings = [_ALIASES.get(name.strip().lower(), name.strip().lower()) for name in names]
    return {name: value for name, value in zip(headings, values, strict=False) if name and value}
