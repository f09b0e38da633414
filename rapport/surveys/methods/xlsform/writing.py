"""A questionnaire as an XLSForm, for tablets and phones without a network (ODK, Kobo).

Columns are named as ours are, so that the answers come back under the same names. What XLSForm has no word for (faces
of a scale, the shapes of a map, which part of the community profile a question is about) stands in a column "rapport",
which other programs pass over; `lost_in_xlsform` says what people will see otherwise than on our own pages.
"""

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..columns import columns_of
from ..forms.keys import free_key
from ..forms.languages import name_of, stock_words
from ..forms.remarks import Reason, Remark
from ..questionnaire import NOT_APPLICABLE, Choice, Kind, Page, Question, Questionnaire, Words
from .choices import as_cell, bare_ends
from .formulas import constraint_of, filter_of, formula, quoted, said

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

WELCOME, THANKS = "rapport_welcome", "rapport_thanks"
_TRANSLATED = ["label", "hint", "constraint_message", "required_message"]
_SURVEY = ["type", "name", "required", "relevant", "constraint", "appearance", "parameters", "choice_filter", "rapport"]
_CHOICES = ["list_name", "name", "media::image", "rapport"]
_TYPES = {
    Kind.SINGLE: "select_one {list}",
    Kind.PICTURE: "select_one {list}",
    Kind.PLACE: "select_one {list}",
    Kind.CONSENT: "select_one {list}",
    Kind.SCALE: "select_one {list}",
    Kind.SMILEY: "select_one {list}",
    Kind.MULTIPLE: "select_multiple {list}",
    Kind.RANKING: "rank {list}",
    Kind.DATE: "date",
    Kind.SHORT: "text",
    Kind.LONG: "text",
    Kind.INFORMATION: "note",
}
_APPEARANCES = {Kind.LONG: "multiline", Kind.SMILEY: "likert", Kind.SCALE: "likert"}
_TOLD = {Kind.SMILEY, Kind.PLACE, Kind.CONSENT, Kind.PICTURE}
Cells = dict[str, str]


def write_xlsform(questionnaire: Questionnaire, name: str = "rapport") -> bytes:
    """The form as a workbook; `name` is its id on the server of ODK."""
    writer = _Writer(questionnaire)
    writer.write()
    return _workbook(writer, name)


def lost_in_xlsform(questionnaire: Questionnaire) -> list[Remark]:
    """What will be seen or held otherwise in ODK than here."""
    kinds = {Kind.SMILEY, Kind.PLACE, Kind.PICTURE}
    found = [
        Remark(Reason.NOTE_UNSAID, name=one.key, about=one.kind)
        for one in questionnaire.questions()
        if one.kind in kinds
    ]
    shuffled = (one for one in questionnaire.questions() if one.is_shuffled and one.kind == Kind.GRID)
    return found + [Remark(Reason.NOTE_SHUFFLED_ROWS, name=one.key) for one in shuffled]


@dataclass
class _Writer:
    questionnaire: Questionnaire
    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)

    def write(self) -> None:
        self._columns = {column.name for column in columns_of(self.questionnaire)}
        self._names = {question.key for question in self.questionnaire.questions()}
        if self.questionnaire.welcome:
            self._add("note", WELCOME, label=self.questionnaire.welcome)
        for page in self.questionnaire.pages:
            self._page(page)
        if self.questionnaire.thanks:
            self._add("note", THANKS, label=self.questionnaire.thanks)

    def _add(self, kind: str, name: str, *, label: Words | None = None, **cells: Any) -> Cells:
        row: Cells = {"type": kind, "name": name}
        for heading, value in {"label": label, **cells}.items():
            if isinstance(value, dict):
                for language, text in said(value, self._columns.__contains__).items():
                    row[f"{heading}::{name_of(language)}"] = text
            elif value:
                row[heading] = value
        self.survey.append(row)
        return row

    def _page(self, page: Page) -> None:
        if not page.questions:
            return
        name = free_key(page.key, self._names)
        when = formula(page.when) if page.when else ""
        extras = as_cell({"key": page.key}) if name != page.key else ""
        self._add("begin group", name, label=page.title, relevant=when, appearance="field-list", rapport=extras)
        for question in page.questions:
            (self._grid if question.kind == Kind.GRID else self._question)(question)
        self._add("end group", "")

    def _question(self, question: Question) -> None:
        kind = _TYPES.get(question.kind, "integer" if question.is_whole else "decimal")
        parameters = ""
        appearance = _APPEARANCES.get(question.kind, "")
        if question.kind == Kind.SCALE and not question.ends and not question.may_not_apply:
            kind, appearance = "range", ""
            parameters = f"start={question.low} end={question.high} step=1"
        if "{list}" in kind:
            self._list(question)
            parameters = "randomize=true" if question.is_shuffled else ""
        self._add(
            kind.format(list=question.key),
            question.key,
            **self._asked(question),
            constraint=constraint_of(question),
            constraint_message=question.must_words,
            appearance=appearance,
            parameters=parameters,
            choice_filter=filter_of(question),
            rapport=as_cell(_extras(question, told=question.kind in _TOLD)),
        )
        self._other(question)

    def _asked(self, question: Question) -> dict[str, Any]:
        first = self.questionnaire.languages[0]
        return {
            "label": question.words or {first: question.key},
            "hint": question.help,
            "relevant": formula(question.when) if question.when else "",
            "required": "yes" if question.is_required else "",
            "required_message": question.why_required,
        }

    def _other(self, question: Question) -> None:
        """The line for own words beside "other"."""
        for choice in question.choices:
            if choice.is_other:
                when = f"selected(${{{question.key}}}, {quoted(choice.code)})"
                label = choice.words or {self.questionnaire.languages[0]: choice.code}
                self._add("text", f"{question.key}.other", label=label, relevant=when)

    def _grid(self, question: Question) -> None:
        self._list(question)
        asked = self._asked(question)
        cell = {name: asked[name] for name in ("required", "required_message")}
        appearance = "" if question.aspects else "table-list"
        extras = as_cell(_extras(question, told=True))
        group = {name: asked[name] for name in ("label", "hint", "relevant")}
        self._add("begin group", question.key, **group, appearance=appearance, rapport=extras)
        for aspect in question.aspects:
            label = aspect.words or {self.questionnaire.languages[0]: aspect.key}
            extras = "" if aspect.words else as_cell({"mute": True})
            name = f"{question.key}.{aspect.key}"
            self._add("begin group", name, label=label, appearance="table-list", rapport=extras)
            self._cells(question, f".{aspect.key}", cell)
            self._add("end group", "")
        if not question.aspects:
            self._cells(question, "", cell)
        self._add("end group", "")

    def _cells(self, question: Question, ending: str, cell: dict[str, Any]) -> None:
        for line in question.rows:
            label = line.words or {self.questionnaire.languages[0]: line.key}
            extras = "" if line.words else as_cell({"mute": True})
            name = f"{question.key}.{line.key}{ending}"
            self._add(f"select_one {question.key}", name, label=label, rapport=extras, **cell)

    def _list(self, question: Question) -> None:
        for choice in _listed(question, self.questionnaire.languages):
            extras: dict[str, Any] = {"band": choice.band, "shape": choice.shape, "picture_words": choice.picture_words}
            extras["is_alone"] = choice.is_alone and question.kind != Kind.MULTIPLE
            extras["mute"] = not choice.words
            row = {"list_name": question.key, "name": choice.code, "media::image": choice.picture}
            row["rapport"] = as_cell({name: value for name, value in extras.items() if value})
            words = choice.words or {self.questionnaire.languages[0]: choice.code}
            for language, text in said(words, self._columns.__contains__).items():
                row[f"label::{name_of(language)}"] = text
            self.choices.append(row)


def _listed(question: Question, languages: list[str]) -> list[Choice]:
    """What is chosen from: its choices, yes and no, or the steps of a scale."""
    if question.choices:
        return question.choices
    if question.kind == Kind.CONSENT:
        return [Choice(code=code, words=stock_words(code, languages)) for code in ("yes", "no")]
    steps = [
        Choice(code=str(step), words=question.ends.get(str(step)) or {languages[0]: str(step)})
        for step in question.steps
    ]
    not_applicable = Choice(code=NOT_APPLICABLE, words=stock_words("na", languages))
    return [*steps, *([not_applicable] if question.may_not_apply else [])]


def _extras(question: Question, *, told: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": str(question.kind)} if told else {}
    if question.dimension:
        found["dimension"] = question.dimension
    if question.meaning != 1:
        found["meaning"] = question.meaning
    if question.is_shuffled:
        found["is_shuffled"] = True
    if bare := bare_ends(question.ends):
        found["bare"] = bare
    if not question.words:
        found["mute"] = True
    return found


def _workbook(writer: _Writer, name: str) -> bytes:
    from openpyxl import Workbook

    questionnaire = writer.questionnaire
    languages = [name_of(code) for code in questionnaire.languages]
    translated = [f"{heading}::{language}" for heading in _TRANSLATED for language in languages]
    first = questionnaire.languages[0]
    extras = {"languages": questionnaire.languages, "title": questionnaire.title}
    settings = {
        "form_title": questionnaire.title.get(first) or name,
        "form_id": name,
        "default_language": languages[0],
        "rapport": as_cell(extras),
    }
    book = Workbook(write_only=True)
    _sheet(book, "survey", [*_SURVEY[:2], *translated, *_SURVEY[2:]], writer.survey)
    labels = [heading for heading in translated if heading.startswith("label::")]
    _sheet(book, "choices", [*_CHOICES[:2], *labels, *_CHOICES[2:]], writer.choices)
    _sheet(book, "settings", list(settings), [settings])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Any, name: str, headings: list[str], rows: list[Cells]) -> None:
    """Only the columns in which something stands."""
    used = [one for one in headings if (name == "choices" and one == "name") or any(row.get(one) for row in rows)]
    sheet = book.create_sheet(name)
    for row in [{heading: heading for heading in used}, *rows]:
        sheet.append([_cell(sheet, row.get(heading, "")) for heading in used])


def _cell(sheet: Any, text: str) -> "WriteOnlyCell | None":
    """Always text: what begins with "=" is no formula, and stays as it was said."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
