"""One row of a survey sheet as a question."""

import re
from dataclasses import dataclass

from ..forms.remarks import Reason, Remark
from ..questionnaire import Choice, Kind, Question, Words
from .bounds import rules_of
from .choices import Lists, add_other, bare_steps, ends_of, extras_of, steps_of
from .names import CannotAsk, Names
from .rows import MEDIA, Row
from .types import PLACES, UPLOADS, Type

_TRUE = {"yes", "true", "true()", "1"}
_AS_TEXT = {"time": "09:30", "datetime": "2026-03-01 09:30", "barcode": "978…", "phone": "0123…"}
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s;,]+)")


def is_true(said: str) -> bool:
    return said.strip().lower() in _TRUE


@dataclass
class Asker:
    names: Names
    lists: Lists
    external: Lists
    languages: list[str]
    notes: list[Remark]

    def question(self, row: Row, kind: Type) -> Question:
        """Raises CannotAsk."""
        if kind.name in UPLOADS:
            raise CannotAsk(Reason.UPLOAD, kind.name)
        if kind.name in PLACES:
            raise CannotAsk(Reason.LOCATION, kind.name)
        if kind.name == "from file":
            raise CannotAsk(Reason.CHOICES_ELSEWHERE, kind.list)
        words, help_ = self._said(row)
        question = Question(key="", kind=Kind.INFORMATION, words=words, help=help_)
        if kind.name == "note" or (is_true(row.get("read_only")) and not kind.list):
            if kind.name != "note":
                self._note(row, Reason.NOTE_AS_WORDS)
        else:
            self._answered(question, row, kind)
            self._ruled(question, row)
        self.extras(question, row)
        self._settle(row)
        question.key = self.names.key(row.name or "note")
        if question.key != row.name and row.name:
            self._note(row, Reason.NOTE_RENAMED, question.key)
        if question.asks:
            self.names.answer(row.name, question.key, is_tick=kind.name == "acknowledge")
        return question

    def _note(self, row: Row, reason: Reason, about: str = "") -> None:
        self.notes.append(row.remark(reason, about))

    def _said(self, row: Row) -> tuple[Words, Words]:
        words, help_ = self.names.words(row.words("label")), self.names.words(row.words("hint"))
        guidance = self.names.words(row.words("guidance_hint"))
        for language, text in guidance.items():
            help_[language] = f"{help_[language]}\n{text}" if language in help_ else text
        if not words:
            words, help_ = help_ or {self.languages[0]: row.name}, {}
        return words, help_

    def _settle(self, row: Row) -> None:
        """What is there besides, and is not taken over."""
        if any(row.get(heading) for heading in MEDIA):
            self._note(row, Reason.NOTE_MEDIA)
        if row.get("default"):
            self._note(row, Reason.NOTE_NO_DEFAULT, row.get("default"))

    def _answered(self, question: Question, row: Row, kind: Type) -> None:
        match kind.name:
            case "integer" | "decimal":
                question.kind, question.is_whole = Kind.NUMBER, kind.name == "integer"
            case "text":
                question.kind = Kind.LONG if "multiline" in row.get("appearance") else Kind.SHORT
            case "date":
                question.kind = Kind.DATE
            case "time" | "datetime" | "barcode" | "phone":
                question.kind = Kind.SHORT
                self._note(row, Reason.NOTE_AS_TEXT, _AS_TEXT[kind.name])
            case "acknowledge":
                question.kind = Kind.CONSENT
            case "range":
                self._range(question, row)
            case "rank":
                question.kind, question.choices = Kind.RANKING, self._choices(row, kind)
            case "select_multiple":
                question.kind, question.choices = Kind.MULTIPLE, self._choices(row, kind)
            case "select_one" | "select_one_external":
                self._one_of(question, row, kind)
            case _:
                raise CannotAsk(Reason.NO_KIND, kind.name)
        question.is_shuffled = bool(kind.list) and is_true(_parameters(row).get("randomize", ""))

    def _choices(self, row: Row, kind: Type) -> list[Choice]:
        lists = self.external if kind.name == "select_one_external" and kind.list in self.external.rows else self.lists
        choices = lists.choices(row, kind.list, self.names, self.notes)
        if kind.has_other:
            add_other(choices, self.languages)
        if any(choice.picture for choice in choices):
            self._note(row, Reason.NOTE_PICTURES, ", ".join(one.picture for one in choices if one.picture))
        return choices

    def _one_of(self, question: Question, row: Row, kind: Type) -> None:
        choices = self._choices(row, kind)
        wanted = extras_of(row).get("kind", "")
        steps = steps_of(choices) if "likert" in row.get("appearance") or wanted == Kind.SMILEY else None
        if wanted == Kind.CONSENT and [choice.code for choice in choices] == ["yes", "no"]:
            question.kind = Kind.CONSENT
        elif steps:
            question.kind = Kind.SMILEY if wanted == Kind.SMILEY else Kind.SCALE
            question.low, question.high = steps
            question.ends = ends_of(choices, bare_steps(row))
            question.may_not_apply = choices[-1].code == "na"
        else:
            all_pictures = all(choice.picture for choice in choices)
            kind_there = Kind.PLACE if wanted == Kind.PLACE else Kind.PICTURE
            is_kind = wanted in {Kind.PLACE, Kind.PICTURE} or (all_pictures and wanted != Kind.SINGLE)
            question.kind = kind_there if is_kind else Kind.SINGLE
            question.choices = choices

    def _range(self, question: Question, row: Row) -> None:
        """A scale where it goes in whole steps, at most ten of them; a number within bounds otherwise."""
        given = _parameters(row)
        low, high, step = given.get("start", "1"), given.get("end", "10"), given.get("step", "1")
        try:
            whole = step == "1" and 1 <= int(high) - int(low) <= 10
            float(low), float(high)
        except ValueError:
            whole = False
        if whole:
            question.kind, question.low, question.high = Kind.SCALE, int(low), int(high)
        else:
            question.kind, question.least, question.most = Kind.NUMBER, low, high
            question.is_whole = "." not in low + high + step
            self._note(row, Reason.NOTE_AS_NUMBER, f"{low}–{high}")

    def _ruled(self, question: Question, row: Row) -> None:
        required = row.get("required")
        question.is_required = is_true(required)
        if required and not question.is_required and required.lower() not in {"no", "false", "false()", "0"}:
            self._note(row, Reason.NOTE_SOMETIMES_REQUIRED, required)
        question.why_required = self.names.words(row.words("required_message"))
        question.must_words = self.names.words(row.words("constraint_message"))
        if row.get("constraint"):
            self._constrain(question, row)

    def _constrain(self, question: Question, row: Row) -> None:
        said = row.get("constraint")
        try:
            rules = rules_of(said, question.kind, self.names.scope())
        except CannotAsk as problem:
            self._note(row, Reason.NOTE_RULE, f"{said} ({problem.about})")
            return
        if rules.unsaid:
            self._note(row, Reason.NOTE_RULE, said)
        question.least, question.most = rules.least or question.least, rules.most or question.most
        question.must = rules.must if question.kind != Kind.CONSENT else None
        for code in rules.alone:
            if choice := question.choice(code):
                choice.is_alone = True

    def extras(self, question: Question, row: Row) -> None:
        extras = extras_of(row)
        if extras.get("mute") is True:
            question.words = {}
        question.dimension = str(extras.get("dimension", ""))
        if isinstance(extras.get("meaning"), int):
            question.meaning = extras["meaning"]
        question.is_shuffled = question.is_shuffled or extras.get("is_shuffled") is True


def _parameters(row: Row) -> dict[str, str]:
    return {name.lower(): value for name, value in _PARAMETER.findall(row.get("parameters"))}
