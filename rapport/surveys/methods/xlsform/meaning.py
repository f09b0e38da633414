"""From formulas of XLSForm to conditions over answers, and to the bounds of a question.

What a condition of ours cannot say (two answers compared, sums, patterns) raises CannotSay: it is never guessed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt, ne

from ..conditions import ITSELF, All, AnyOf, Comparison, Condition, Not, Test
from .expressions import (
    Call,
    Compared,
    Formula,
    Itself,
    Joined,
    Name,
    NotUnderstood,
    Number,
    Reckoned,
    Reference,
    Text,
    parse,
)

ALWAYS, NEVER = All(()), AnyOf(())
_COMPARISONS = {
    "=": Comparison.EQUAL,
    "!=": Comparison.UNEQUAL,
    "<": Comparison.LESS,
    ">": Comparison.MORE,
    "<=": Comparison.AT_MOST,
    ">=": Comparison.AT_LEAST,
}
_SIGNS = {"=": eq, "!=": ne, "<": lt, ">": gt, "<=": le, ">=": ge}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_PASSED_ON = {"string", "number", "int", "once", "boolean", "date", "decimal-date"}
TODAY = Call("today", ())


class CannotSay(ValueError):
    """A formula that is no condition of ours; the text is the part that is not understood."""


@dataclass(frozen=True)
class Answer:
    """What a reference stands for: a column of answers. A tick of ODK says "OK" where ours say "yes"."""

    column: str
    is_tick: bool = False


@dataclass
class Scope:
    """How names are looked up: `${question}` by `find`, bare names in `cells` (the row of a choice)."""

    find: Callable[[str], Answer | Formula]
    cells: Mapping[str, str] | None = None
    unknown_cells: set[str] | None = None

    def condition(self, said: str) -> Condition:
        try:
            return self.truth(parse(said))
        except NotUnderstood as problem:
            raise CannotSay(str(problem)) from problem

    def truth(self, formula: Formula) -> Condition:  # noqa: PLR0911 - one for each form
        match formula:
            case Joined("and", parts):
                return every([self.truth(part) for part in parts])
            case Joined(_, parts):
                return some([self.truth(part) for part in parts])
            case Compared(sign, left, right):
                return self._compare(sign, self.value(left), self.value(right))
            case Call("not", (of,)):
                return opposite(self.truth(of))
            case Call("true", ()):
                return ALWAYS
            case Call("false", ()):
                return NEVER
            case Call("selected", (which, what)):
                return self._selected(self.value(which), self.value(what))
            case Call("if", (when, one, other)):
                return self._either(when, self.truth(one), self.truth(other))
            case Call("boolean" | "once", (of,)):
                return self.truth(of)
            case Number(value):
                return ALWAYS if float(value) else NEVER
        raise CannotSay(_shown(formula))

    def _either(self, when: Formula, one: Condition, other: Condition) -> Condition:
        holds = self.truth(when)
        return some([every([holds, one]), every([opposite(holds), other])])

    def value(self, formula: Formula) -> Answer | Formula:
        """A thing that can be compared, its names looked up."""
        match formula:
            case Reference(name):
                found = self.find(name)
                return found if isinstance(found, Answer) else self.value(found)
            case Itself():
                return Answer(ITSELF)
            case Name(name):
                return Text(self._cell(name))
            case Call(name, (of,)) if name in _PASSED_ON:
                return self.value(of)
            case Reckoned(sign, left, right):
                return _reckoned(sign, self.value(left), self.value(right))
        return formula

    def _cell(self, name: str) -> str:
        if self.cells is None:
            raise CannotSay(name)
        for heading in (name, name.lower()):
            if heading in self.cells:
                return self.cells[heading]
        if self.unknown_cells is not None:
            self.unknown_cells.add(name)
        return name

    def _selected(self, which: Answer | Formula, what: Answer | Formula) -> Condition:
        if isinstance(which, Answer) and isinstance(what, Text | Number):
            return Test(which.column, Comparison.INCLUDES, _said(which, what.value))
        if isinstance(which, Text | Number) and isinstance(what, Text | Number):
            return ALWAYS if what.value in which.value.split() else NEVER
        raise CannotSay("selected")

    def _compare(  # noqa: PLR0911 - one for each form
        self, sign: str, left: Answer | Formula, right: Answer | Formula
    ) -> Condition:
        match left, right:
            case Call("if", (when, one, other)), _:
                return self._either(
                    when, self._compare(sign, self.value(one), right), self._compare(sign, self.value(other), right)
                )
            case _, Call("if", _):
                return self._compare(_TURNED[sign], right, left)
            case Answer(), Text() | Number() | Call("today", ()):
                return _test(left, sign, right)
            case Text() | Number() | Call("today", ()), Answer():
                return _test(right, _TURNED[sign], left)
            case Call("count-selected" | "string-length", (of,)), Number(bound):
                return _amount(self.value(of), sign, float(bound))
            case Text() | Number(), Text() | Number():
                return ALWAYS if _constants(sign, left.value, right.value) else NEVER
            case Call("true" | "false" as truth, ()), _ if isinstance(right, Call | Compared | Joined):
                return self._as_truth(sign, right, truth)
            case _, Call("true" | "false" as truth, ()) if isinstance(left, Call | Compared | Joined):
                return self._as_truth(sign, left, truth)
        raise CannotSay(f"{_shown(left)} {sign} {_shown(right)}")

    def _as_truth(self, sign: str, formula: Formula, truth: str) -> Condition:
        if sign not in {"=", "!="}:
            raise CannotSay(sign)
        holds = self.truth(formula)
        return holds if (sign == "=") == (truth == "true") else opposite(holds)


def _said(answer: Answer, value: str) -> str:
    return "yes" if answer.is_tick and value == "OK" else value


def _test(answer: Answer, sign: str, literal: Formula) -> Condition:
    if literal == TODAY:
        if sign in {"=", "!="}:
            raise CannotSay("today()")
        return Test(answer.column, _COMPARISONS[sign], "today")
    value = literal.value if isinstance(literal, Text | Number) else ""
    if not value and sign in {"=", "!="}:
        return Test(answer.column, Comparison.UNANSWERED if sign == "=" else Comparison.ANSWERED)
    return Test(answer.column, _COMPARISONS[sign], _said(answer, value))


def _amount(of: Answer | Formula, sign: str, bound: float) -> Condition:
    """How many were chosen, or how long a text is: only whether there is any can be said in a condition."""
    if isinstance(of, Answer):
        if (sign, bound) in {(">", 0), (">=", 1), ("!=", 0)}:
            return Test(of.column, Comparison.ANSWERED)
        if (sign, bound) in {("=", 0), ("<", 1), ("<=", 0)}:
            return Test(of.column, Comparison.UNANSWERED)
    raise CannotSay(f"count {sign} {bound:g}")


def _constants(sign: str, left: str, right: str) -> bool:
    try:
        return bool(_SIGNS[sign](float(left), float(right)))
    except ValueError:
        return sign in {"=", "!="} and bool(_SIGNS[sign](left, right))


def _reckoned(sign: str, left: Answer | Formula, right: Answer | Formula) -> Formula:
    if not (isinstance(left, Number) and isinstance(right, Number)):
        raise CannotSay(sign)
    one, other = float(left.value), float(right.value)
    match sign:
        case "+":
            return Number(f"{one + other:g}")
        case "-":
            return Number(f"{one - other:g}")
        case "*":
            return Number(f"{one * other:g}")
        case "div" if other:
            return Number(f"{one / other:g}")
    raise CannotSay(sign)


def _shown(formula: object) -> str:
    match formula:
        case Call(name, _):
            return f"{name}()"
        case Answer(column):
            return f"${{{column}}}"
        case Text(value) | Number(value):
            return value
        case Name(name):
            return name
    return "…"


def every(parts: list[Condition]) -> Condition:
    """All of them, what always holds left out."""
    if NEVER in parts:
        return NEVER
    kept = [part for part in parts if part != ALWAYS]
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def some(parts: list[Condition]) -> Condition:
    if ALWAYS in parts:
        return ALWAYS
    kept = [part for part in parts if part != NEVER]
    return kept[0] if len(kept) == 1 else AnyOf(tuple(kept))


def opposite(condition: Condition) -> Condition:
    match condition:
        case All(()):
            return NEVER
        case AnyOf(()):
            return ALWAYS
        case Test(_, Comparison.INCLUDES, _):
            return replace(condition, comparison=Comparison.LACKS)
    return Not(condition)
