"""What the names of a form stand for at one place of it: answers given before, and what is reckoned from them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..conditions import Condition
from ..forms.keys import free_key
from ..forms.remarks import Reason
from ..questionnaire import Words
from .expressions import Formula, NotUnderstood, Number, Reference, Text, parse
from .meaning import Answer, CannotSay, Scope

_REFERENCE = re.compile(r"\$\{\s*([\w.\-]+)\s*\}")


class CannotAsk(Exception):
    """Why a question (or a group) of a form cannot be asked here."""

    def __init__(self, reason: Reason, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason, self.about = reason, about


@dataclass
class Names:
    everything: set[str]
    known: dict[str, Answer | Formula] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    _copies: list[tuple[set[str], str]] = field(default_factory=list)

    @contextmanager
    def copy(self, names: set[str], tag: str) -> Iterator[None]:
        """Within, these names stand for one round of what is asked several times."""
        self._copies.append((names, tag))
        yield
        self._copies.pop()

    def full(self, name: str) -> str:
        for names, tag in self._copies:
            if name in names:
                name = f"{name}_{tag}"
        return name

    def key(self, name: str) -> str:
        return free_key(self.full(name), self.keys)

    def answer(self, name: str, column: str, *, is_tick: bool = False) -> None:
        self.known[self.full(name)] = Answer(column, is_tick)

    def reckon(self, name: str, calculation: str) -> None:
        """Remember how it is reckoned; where that is beyond us, whatever hangs on it is left out."""
        try:
            self.known[self.full(name)] = parse(calculation)
        except NotUnderstood:
            self.left_out.add(self.full(name))

    def leave_out(self, *names: str) -> None:
        self.left_out.update(self.full(name) for name in names if name)

    def find(self, name: str) -> Answer | Formula:
        full = self.full(name)
        if full in self.known:
            return self.known[full]
        if full in self.left_out:
            raise CannotAsk(Reason.HANGS_ON_LEFT_OUT, name)
        raise CannotAsk(Reason.ASKS_LATER if name in self.everything else Reason.NO_SUCH_QUESTION, name)

    def condition(self, said: str, cells: Mapping[str, str] | None = None, odd: set[str] | None = None) -> Condition:
        """Raises CannotAsk."""
        reason = Reason.CONDITION if cells is None else Reason.CHOICE_FILTER
        try:
            return Scope(self.find, cells, odd).condition(said)
        except (CannotSay, RecursionError) as problem:
            raise CannotAsk(reason, said) from problem

    def scope(self) -> Scope:
        return Scope(self.find)

    def words(self, words: Words) -> Words:
        """With `${name}` of XLSForm as `{column}` of ours. Raises CannotAsk."""
        return {language: _REFERENCE.sub(self._shown, text) for language, text in words.items()}

    def _shown(self, found: re.Match[str]) -> str:
        try:
            meant = self.scope().value(Reference(found[1]))
        except (CannotSay, RecursionError) as problem:
            raise CannotAsk(Reason.SHOWS_CALCULATED, found[1]) from problem
        match meant:
            case Answer(column):
                return f"{{{column}}}"
            case Text(value) | Number(value):
                return value
        raise CannotAsk(Reason.SHOWS_CALCULATED, found[1])
