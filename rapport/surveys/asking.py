"""How a question looks to the one who answers it: one plain view-model for pages, the builder's preview, and paper.

`questions_on` gives what the templates in `surveys/question/` draw, one for each kind. What was typed (`raw`, or the
row of answers where nothing was typed yet) is shown again as it came; nothing here judges.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language, pgettext_lazy

from rapport.surveys.complaints import say_complaint
from rapport.surveys.methods import (
    NOT_APPLICABLE,
    OTHER,
    Checked,
    Choice,
    Column,
    Condition,
    Kind,
    Page,
    Question,
    Questionnaire,
    Raw,
    Words,
    choices_for,
    columns_of_question,
    condition_as_json,
    holds,
    piped,
    spoken,
)
from rapport.surveys.methods.areas import name_place
from rapport.surveys.methods.checking import LONGEST

Picture = Callable[[str], str]  # the address of a picture, by its name


@dataclass(frozen=True)
class Said:
    """Words and the language that they are really in; for `lang` and `dir`."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Option:
    """One thing that can be pressed: a choice, or a step of a scale (then `value` is the step)."""

    value: str
    said: Said
    id: str
    is_chosen: bool = False
    is_offered: bool = True
    when: str = ""
    choice: Choice = field(default_factory=lambda: Choice(code=""))
    picture: str = ""
    picture_said: Said = field(default_factory=lambda: Said("", ""))
    rank: str = ""
    face: str = ""

    @property
    def path(self) -> str:
        """Its area on the map, as SVG draws it."""
        rings = ("M" + " ".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in self.choice.shape)
        return " ".join(rings)

    @property
    def name_place(self) -> tuple[str, str] | None:
        """Where its name stands on the map, as SVG reads numbers; None where it does not fit."""
        found = name_place(self.choice.shape, self.said.text) if self.choice.shape else None
        return (f"{found[0]:g}", f"{found[1]:g}") if found else None


@dataclass(frozen=True)
class Cell:
    """One scale: the whole of a scale question, or one field of a grid."""

    name: str
    said: Said
    options: list[Option]
    error: str = ""


@dataclass(frozen=True)
class GridRow:
    said: Said
    cells: list[Cell]


@dataclass(kw_only=True)
class Asked:
    """One question as it is shown."""

    question: Question
    said: Said
    help: Said
    why: Said
    is_shown: bool = True
    when: str = ""
    options: list[Option] = field(default_factory=list)
    aspects: list[Said] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)
    text: str = ""
    other_text: str = ""
    ends: list[Said] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warning: str = ""  # few people would give this answer: it could point to them
    longest: int = 0

    @property
    def id(self) -> str:
        return f"q-{self.question.key}"

    @property
    def template(self) -> str:
        return f"surveys/question/{self.question.kind}.html"

    @property
    def first_field(self) -> str:
        """The id of what gets the focus when somebody follows an error to it."""
        if self.question.kind == Kind.GRID:
            cells = [cell for row in self.rows for cell in row.cells]
            return next((cell for cell in cells if cell.error), cells[0]).options[0].id
        options = [option for option in self.options if option.is_offered]
        return options[0].id if options else f"{self.id}-field"

    @property
    def described_by(self) -> str:
        parts = [
            ("help", self.help),
            ("why", self.question.is_required),
            ("error", self.errors),
            ("warn", self.warning),
        ]
        return " ".join(f"{self.id}-{name}" for name, is_there in parts if is_there)

    @property
    def has_map(self) -> bool:
        return any(option.choice.shape for option in self.options)


@dataclass(frozen=True)
class _Reader:
    """Whose page it is: their language, what they answered, the order made for them."""

    questionnaire: Questionnaire
    language: str
    row: Mapping[str, Any]
    raw: Raw
    seed: str
    picture: Picture

    def say(self, words: Words) -> Said:
        first = self.questionnaire.languages[0]
        text = piped(words, self.questionnaire, self.row, self.language)
        return Said(text, spoken(words, self.language, first))

    def texts(self, name: str) -> list[str]:
        return [text for text in self.raw.get(name, ()) if text]

    def text(self, name: str) -> str:
        return next(iter(self.texts(name)), "")


def questions_on(
    page: Page,
    row: Mapping[str, Any],
    language: str,
    seed: str = "",
    checked: Checked | None = None,
    *,
    questionnaire: Questionnaire,
    raw: Raw | None = None,
    picture: Picture = lambda name: "",
) -> list[Asked]:
    """All questions of a page, also those that are not asked (yet) after these answers: they are hidden."""
    texts = raw_of(page, row) if raw is None else raw
    reader = _Reader(questionnaire, language, row, texts, seed, picture)
    return [_asked(question, reader, checked or Checked()) for question in page.questions]


def raw_of(page: Page, row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers as the page's form would send them again."""
    raw: dict[str, list[str]] = {}
    for question in page.questions:
        for column in columns_of_question(question):
            value = row.get(column.name)
            if value is not None:
                raw |= _as_sent(column, value)
    return raw


def _as_sent(column: Column, value: Any) -> dict[str, list[str]]:
    if column.question.kind == Kind.RANKING:
        return {f"{column.name}.{code}": [str(rank)] for rank, code in enumerate(value, 1)}
    if isinstance(value, bool):
        return {column.name: ["yes" if value else "no"]}
    return {column.name: [str(one) for one in value] if isinstance(value, list) else [str(value)]}


def _asked(question: Question, reader: _Reader, checked: Checked) -> Asked:
    asked = Asked(
        question=question,
        said=reader.say(question.words),
        help=reader.say(question.help),
        why=reader.say(question.why_required),
        is_shown=holds(question.when, reader.row),
        when=_as_text(question.when),
        text="\n".join(reader.texts(question.key)),
        other_text=reader.text(f"{question.key}{OTHER}"),
        longest=_longest(question),
    )
    complaints = {column.name: [] for column in columns_of_question(question)}  # type: dict[str, list[str]]
    for complaint in checked.complaints:
        if complaint.column in complaints:
            words = say_complaint(question, complaint, reader.say(question.must_words).text)
            complaints[complaint.column].append(words)
    asked.errors = list(dict.fromkeys(words for told in complaints.values() for words in told))
    if question.kind == Kind.GRID:
        asked.aspects = [reader.say(aspect.words) for aspect in question.aspects]
        asked.rows = _rows(question, reader, complaints)
    elif question.kind in {Kind.SCALE, Kind.SMILEY}:
        asked.options = _steps(question, question.key, reader)
    else:
        asked.options = _options(question, reader)
    asked.ends = [reader.say(question.ends.get(str(step), {})) for step in (question.low, question.high)]
    return asked


def _longest(question: Question) -> int:
    bound = LONGEST.get(question.kind, 0)
    return min(bound, int(question.most)) if bound and question.most.isdecimal() else bound


def _options(question: Question, reader: _Reader) -> list[Option]:
    """Every choice, in one order for this person whatever they answer; those not offered to them are hidden."""
    unconditional = [replace(choice, when=None) for choice in question.choices]
    order = [choice.code for choice in choices_for(replace(question, choices=unconditional), reader.row, reader.seed)]
    chosen = reader.texts(question.key)
    found = []
    for choice in sorted(question.choices, key=lambda one: order.index(one.code)):
        said = reader.say(choice.words)
        found.append(
            Option(
                value=choice.code,
                said=said if said else Said(choice.code, ""),
                id=f"q-{question.key}-{choice.code}",
                is_chosen=choice.code in chosen,
                is_offered=holds(choice.when, reader.row),
                when=_as_text(choice.when),
                choice=choice,
                picture=reader.picture(choice.picture) if choice.picture else "",
                picture_said=reader.say(choice.picture_words),
                rank=reader.text(f"{question.key}.{choice.code}"),
            )
        )
    return found


_FACES = {3: ["sad", "even", "glad"], 5: ["awful", "sad", "even", "glad", "great"]}
_FACE_WORDS = {
    "awful": pgettext_lazy("a face", "Very bad"),
    "sad": pgettext_lazy("a face", "Bad"),
    "even": pgettext_lazy("a face", "So-so"),
    "glad": pgettext_lazy("a face", "Good"),
    "great": pgettext_lazy("a face", "Very good"),
}


def face_of(question: Question, step: int) -> str:
    """The face that stands for a step; none where the question has no faces."""
    faces = _FACES.get(len(question.steps), []) if question.kind == Kind.SMILEY else []
    return faces[step - question.low] if faces else ""


def face_words(face: str) -> str:
    return str(_FACE_WORDS.get(face, ""))


def _steps(question: Question, name: str, reader: _Reader) -> list[Option]:
    chosen = reader.text(name)
    options = []
    for step in question.steps:
        said, face = reader.say(question.ends.get(str(step), {})), face_of(question, step)
        if face and not said:
            said = Said(face_words(face), get_language() or "")
        options.append(
            Option(value=str(step), said=said, id=f"q-{name}-{step}", is_chosen=chosen == str(step), face=face)
        )
    if question.may_not_apply:
        value = NOT_APPLICABLE
        options.append(Option(value=value, said=Said("", ""), id=f"q-{name}-{value}", is_chosen=chosen == value))
    return options


def _rows(question: Question, reader: _Reader, complaints: Mapping[str, Sequence[str]]) -> list[GridRow]:
    columns = list(columns_of_question(question))
    rows = []
    for line in question.rows:
        cells = [
            Cell(
                name=column.name,
                said=reader.say(column.parts[-1]) if question.aspects else Said("", ""),
                options=_steps(question, column.name, reader),
                error=" ".join(complaints[column.name]),
            )
            for column in columns
            if column.row == line.key
        ]
        rows.append(GridRow(reader.say(line.words), cells))
    return rows


def _as_text(condition: Condition | None) -> str:
    return json.dumps(condition_as_json(condition)) if condition else ""
