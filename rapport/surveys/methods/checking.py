"""From what somebody typed, pressed or wrote to a row of answers, with a complaint for each thing that cannot be taken.

The raw answers are texts under the names of columns, as a web form, a paper entry or a line of a spreadsheet has them:
`{"visits": ["weekly"], "barriers": ["hours", "other"], "barriers.other": ["No bus on Sunday"]}`. Complaints carry no
words: whoever shows them says them kindly, in the reader's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .columns import OTHER, Row, columns_of_question
from .conditions import day_of, holds, is_empty
from .questionnaire import NOT_APPLICABLE, RATING, WRITING, Kind, Question

Raw = Mapping[str, Sequence[str]]
LONGEST = {Kind.SHORT: 500, Kind.LONG: 10_000}
_LONGEST_OTHER = 500


class Fault(StrEnum):
    REQUIRED = "required"
    NOT_A_CHOICE = "not_a_choice"
    NOT_ALONE = "not_alone"  # "none of these" together with one of these
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TWICE = "twice"  # the same rank given twice
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DATE = "not_a_date"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    MUST = "must"  # the question's own rule; its words say why


@dataclass(frozen=True)
class Complaint:
    """What cannot be taken at this column, and the bound that it passed (a number, or an ISO date)."""

    column: str
    fault: Fault
    bound: str = ""


@dataclass
class Checked:
    """What was taken; a row without complaints is whole."""

    row: Row = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, column: str, fault: Fault, bound: object = "") -> None:
        self.complaints.append(Complaint(column, fault, str(bound)))


def check(question: Question, raw: Raw, before: Mapping[str, Any] | None = None) -> Checked:
    """The answer to one question. `before` are the answers already given, which its rules may look at."""
    checked = Checked()
    if not question.asks:
        return checked
    _TAKERS[question.kind](question, raw, checked)
    if checked.complaints:
        return checked
    _require(question, checked)
    answer = checked.row.get(question.key)
    everything = {**(before or {}), **checked.row}
    if question.must and not is_empty(answer) and not holds(question.must, everything, answer):
        checked.complain(question.key, Fault.MUST)
    return checked


def _require(question: Question, checked: Checked) -> None:
    """All cells of a required grid are asked for; consent that is required means yes."""
    if not question.is_required:
        return
    for column in columns_of_question(question):
        if not column.name.endswith(OTHER) and checked.row.get(column.name) in (None, "", [], False):
            checked.complain(column.name, Fault.REQUIRED)


def _first(raw: Raw, name: str) -> str:
    return next((text.strip() for text in raw.get(name, ()) if text.strip()), "")


def _one_of(question: Question, raw: Raw, checked: Checked) -> None:
    code = _first(raw, question.key)
    if not code:
        return
    if question.choice(code) is None:
        checked.complain(question.key, Fault.NOT_A_CHOICE, code)
        return
    checked.row[question.key] = code
    _other(question, [code], raw, checked)


def _several_of(question: Question, raw: Raw, checked: Checked) -> None:
    given = set(raw.get(question.key, ())) - {""}
    codes = [choice.code for choice in question.choices if choice.code in given]
    for code in sorted(given - set(codes)):
        checked.complain(question.key, Fault.NOT_A_CHOICE, code)
    if not codes or checked.complaints:
        return
    alone = [choice.code for choice in question.choices if choice.is_alone and choice.code in codes]
    if alone and len(codes) > 1:
        checked.complain(question.key, Fault.NOT_ALONE, alone[0])
    elif not alone:
        _bounded(question, len(codes), checked, Fault.TOO_FEW, Fault.TOO_MANY)
    checked.row[question.key] = codes
    _other(question, codes, raw, checked)


def _other(question: Question, codes: Sequence[str], raw: Raw, checked: Checked) -> None:
    """Own words beside "other"; they are welcome, and never asked for."""
    name = f"{question.key}{OTHER}"
    said = _first(raw, name)
    if not said or not any(choice.is_other and choice.code in codes for choice in question.choices):
        return
    if len(said) > _LONGEST_OTHER:
        checked.complain(name, Fault.TOO_LONG, _LONGEST_OTHER)
    checked.row[name] = said


def _ranked(question: Question, raw: Raw, checked: Checked) -> None:
    """Either the codes in order, best first, or a rank for each: `priorities.garden` = 2. Not all need a rank."""
    order = [code for code in raw.get(question.key, ()) if code]
    for code in order:
        if question.choice(code) is None:
            checked.complain(question.key, Fault.NOT_A_CHOICE, code)
    ranks = _ranks(question, raw, checked) if not order else {}
    if len(set(order)) < len(order) or len(set(ranks.values())) < len(ranks):
        checked.complain(question.key, Fault.TWICE)
    order = order or sorted(ranks, key=lambda code: ranks[code])
    if order:
        _bounded(question, len(order), checked, Fault.TOO_FEW, Fault.TOO_MANY)
        checked.row[question.key] = order


def _ranks(question: Question, raw: Raw, checked: Checked) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for choice in question.choices:
        said = _first(raw, f"{question.key}.{choice.code}")
        if said.isascii() and said.isdecimal() and 1 <= int(said) <= len(question.choices):
            ranks[choice.code] = int(said)
        elif said:
            checked.complain(question.key, Fault.NOT_A_NUMBER, said)
    return ranks


def _rated(question: Question, raw: Raw, checked: Checked) -> None:
    steps = {str(step): step for step in question.steps}
    for column in columns_of_question(question):
        said = _first(raw, column.name)
        if said == NOT_APPLICABLE and question.may_not_apply:
            checked.row[column.name] = NOT_APPLICABLE
        elif said in steps:
            checked.row[column.name] = steps[said]
        elif said:
            checked.complain(column.name, Fault.NOT_A_CHOICE, said)


def _number(question: Question, raw: Raw, checked: Checked) -> None:
    said = _first(raw, question.key).replace("\u00a0", "").replace(" ", "")
    if not said:
        return
    try:
        value = float(said.replace(",", ".")) if said.count(",") + said.count(".") < 2 else float("nan")
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e15:  # also what is no number at all
        checked.complain(question.key, Fault.NOT_A_NUMBER)
    elif question.is_whole and value != int(value):
        checked.complain(question.key, Fault.NOT_WHOLE)
    else:
        _bounded(question, value, checked, Fault.TOO_SMALL, Fault.TOO_LARGE)
        checked.row[question.key] = int(value) if question.is_whole else value


def _date(question: Question, raw: Raw, checked: Checked) -> None:
    said = _first(raw, question.key)
    if not said:
        return
    day = day_of(said)
    if day is None:
        checked.complain(question.key, Fault.NOT_A_DATE)
        return
    least, most = day_of(question.least), day_of(question.most)
    if least and day < least:
        checked.complain(question.key, Fault.TOO_EARLY, least)
    if most and day > most:
        checked.complain(question.key, Fault.TOO_LATE, most)
    checked.row[question.key] = day.isoformat()


def _written(question: Question, raw: Raw, checked: Checked) -> None:
    said = "\n".join(raw.get(question.key, ())).replace("\r\n", "\n").replace("\x00", "").strip()
    if not said:
        return
    longest = LONGEST[question.kind]
    if len(said) > longest:
        checked.complain(question.key, Fault.TOO_LONG, longest)
    else:
        _bounded(question, len(said), checked, Fault.TOO_SHORT, Fault.TOO_LONG)
    checked.row[question.key] = said


def _agreed(question: Question, raw: Raw, checked: Checked) -> None:
    said = _first(raw, question.key).lower()
    if said in {"yes", "true", "1", "on"}:
        checked.row[question.key] = True
    elif said in {"no", "false", "0"}:
        checked.row[question.key] = False
    elif said:
        checked.complain(question.key, Fault.NOT_A_CHOICE, said)


def _bounded(question: Question, size: float, checked: Checked, small: Fault, large: Fault) -> None:
    if question.least and size < float(question.least):
        checked.complain(question.key, small, question.least)
    if question.most and size > float(question.most):
        checked.complain(question.key, large, question.most)


_TAKERS = {
    Kind.SINGLE: _one_of,
    Kind.PICTURE: _one_of,
    Kind.PLACE: _one_of,
    Kind.MULTIPLE: _several_of,
    Kind.RANKING: _ranked,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CONSENT: _agreed,
    **dict.fromkeys(RATING, _rated),
    **dict.fromkeys(WRITING, _written),
}
