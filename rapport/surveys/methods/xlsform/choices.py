"""The choices of a question, and when each is offered (the filter of choices, row by row)."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..conditions import Condition
from ..forms.languages import stock_words
from ..forms.remarks import Reason, Remark
from ..questionnaire import Choice, Words
from .meaning import ALWAYS, NEVER, some
from .names import CannotAsk, Names
from .rows import Row


def extras_of(row: Row) -> dict[str, Any]:
    """What only our own forms say, in a column that other programs pass over."""
    try:
        found = json.loads(row.get("rapport") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def as_cell(extras: dict[str, Any]) -> str:
    """What only our own forms say, as `extras_of` reads it."""
    return json.dumps(extras, ensure_ascii=False, sort_keys=True) if extras else ""


@dataclass
class Lists:
    rows: dict[str, list[Row]]
    languages: list[str]

    @classmethod
    def of(cls, rows: Iterable[Row], languages: list[str]) -> "Lists":
        lists: dict[str, list[Row]] = {}
        for row in rows:
            if row.get("list_name") and row.name:
                lists.setdefault(row.get("list_name"), []).append(row)
        return cls(lists, languages)

    def rows_of(self, name: str) -> list[Row]:
        if name not in self.rows:
            raise CannotAsk(Reason.NO_LIST, name)
        return self.rows[name]

    def choices(self, row: Row, list_name: str, names: Names, notes: list[Remark]) -> list[Choice]:
        """Raises CannotAsk."""
        said, odd = row.get("choice_filter"), set[str]()
        headings = {heading for one in self.rows_of(list_name) for heading in one.cells}
        found: dict[str, Choice] = {}
        for one in self.rows_of(list_name):
            when = names.condition(said, {**dict.fromkeys(headings, ""), **one.cells}, odd) if said else ALWAYS
            if when != NEVER:
                self._add(found, self._choice(one, names), when)
        if odd:
            notes.append(row.remark(Reason.NOTE_FILTER_WORD, ", ".join(sorted(odd))))
        if not found:
            raise CannotAsk(Reason.CHOICE_FILTER, said)
        return list(found.values())

    def _choice(self, row: Row, names: Names) -> Choice:
        extras = extras_of(row)
        words = names.words(row.words("label"))
        return Choice(
            code=row.name,
            words={} if extras.get("mute") else words or {self.languages[0]: row.name},
            picture=row.get("media::image"),
            picture_words=_texts(extras.get("picture_words")),
            band=str(extras.get("band", "")),
            shape=extras["shape"] if isinstance(extras.get("shape"), list) else [],
            is_alone=extras.get("is_alone") is True,
        )

    @staticmethod
    def _add(found: dict[str, Choice], choice: Choice, when: Condition) -> None:
        """The same choice may stand in a list several times, once for each place where it is offered."""
        known = found.get(choice.code)
        if known is None:
            choice.when = None if when == ALWAYS else when
            found[choice.code] = choice
        elif known.words != choice.words:
            raise CannotAsk(Reason.CODE_TWICE, choice.code)
        elif known.when is not None:
            joined = some([known.when, when])
            known.when = None if joined == ALWAYS else joined


def _texts(found: Any) -> dict[str, str]:
    return {str(code): str(text) for code, text in found.items()} if isinstance(found, dict) else {}


def add_other(choices: list[Choice], languages: list[str]) -> None:
    """`or_other`: one more choice, with a line for own words."""
    known = next((choice for choice in choices if choice.code == "other"), None)
    if known is None:
        choices.append(Choice(code="other", words=stock_words("other", languages), is_other=True))
    else:
        known.is_other = True


def steps_of(choices: list[Choice]) -> tuple[int, int] | None:
    """The first and the last step where the codes are whole numbers in a row (a last "na" aside): 1, 2, 3, na."""
    codes = [choice.code for choice in choices if choice.code != "na"]
    if any(choice.when or choice.picture or choice.is_other for choice in choices) or not 2 <= len(codes) <= 11:
        return None
    if not all(code.removeprefix("-").isascii() and code.removeprefix("-").isdecimal() for code in codes):
        return None
    steps = [int(code) for code in codes]
    is_row = steps == list(range(steps[0], steps[0] + len(steps))) and [str(step) for step in steps] == codes
    return (steps[0], steps[-1]) if is_row else None


def ends_of(choices: list[Choice], bare: Collection[str] = ()) -> dict[str, Words]:
    """What the steps mean, where more is said than their number; `bare` are the steps that mean no more, and say so."""
    return {
        choice.code: choice.words
        for choice in choices
        if choice.code != "na" and (choice.code in bare or _says_more(choice.code, choice.words))
    }


def bare_steps(row: Row) -> list[str]:
    found = extras_of(row).get("bare")
    return [str(step) for step in found] if isinstance(found, list) else []


def bare_ends(ends: Mapping[str, Words]) -> list[str]:
    """The steps whose words are their number, which nobody could tell from steps without words."""
    return [step for step, words in ends.items() if words and not _says_more(step, words)]


def _says_more(step: str, words: Words) -> bool:
    return any(text != step for text in words.values())
