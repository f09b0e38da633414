"""LimeSurvey's conditions (ExpressionScript) as ours: `visits.NAOK == "weekly" and barriers_hours.NAOK == "Y"`.

Rewritten into the formulas of XLSForm, which are read by the same parser: one way to understand conditions is enough.
"""

import re
from collections.abc import Callable

from ..conditions import Comparison, Condition, Test
from ..xlsform.expressions import Formula
from ..xlsform.meaning import ALWAYS, Answer, CannotSay, Scope

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d+)?)|(?P<sign>==|!=|<>|<=|>=|&&|\|\||[=<>()!,])"""
    r"""|(?P<name>[A-Za-z_][\w\-]*)(?P<naok>\.\w+)?)"""
)
_WORDS = {"==": "=", "<>": "!=", "&&": "and", "||": "or", "eq": "=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=",
          "ge": ">=", "and": "and", "or": "or"}  # fmt: skip
_EMPTY = re.compile(r"is_empty\(\s*(\w+)(?:\.\w+)?\s*\)")
_FILLED = re.compile(r"!\s*" + _EMPTY.pattern)
_STEP = re.compile(r"A0*(\d+)\Z")  # answers of tables are named A1, A2, A3
Find = Callable[[str], Answer | Test]


def condition_of(said: str, find: Find) -> Condition | None:
    """Raises CannotSay. `find` says what a name stands for: an answer, or one of several choices."""
    if said.strip() in {"", "1"}:
        return None
    ticks: dict[str, Test] = {}

    def look_up(name: str) -> Answer | Formula:
        found = find(name)
        if isinstance(found, Test):
            ticks[f"{name}?"] = found
            return Answer(f"{name}?")
        return found

    found = _ticked(Scope(look_up).condition(_rewritten(said)), ticks)
    return None if found == ALWAYS else found


def _rewritten(said: str) -> str:
    said = said.strip().removeprefix("{").removesuffix("}").replace("-oth-", "other")
    said = _FILLED.sub(r"\1 != ''", said)
    said = _EMPTY.sub(r"\1 == ''", said)
    parts, place = [], 0
    while place < len(said):
        found = _TOKEN.match(said, place)
        if not found:
            raise CannotSay(said[place : place + 30])
        place = found.end()
        parts.append(_part(found, said[place:].lstrip()))
        if not said[place:].strip():
            break
    return " ".join(parts)


def _part(found: re.Match[str], rest: str) -> str:
    if found["name"]:
        word = found["name"].lower()
        if word in _WORDS and not found["naok"]:
            return _WORDS[word]
        if rest.startswith("("):
            if word != "not":
                raise CannotSay(word)
            return "not"
        return f"${{{found['name']}}}"
    sign = found["sign"]
    if sign == "!":
        return "not"
    return _WORDS.get(sign, sign) if sign else str(found["text"] or found["number"])


def _ticked(condition: Condition, ticks: dict[str, Test]) -> Condition:
    """`barriers_hours == "Y"` is "hours among the barriers"."""
    match condition:
        case Test(question, comparison, value) if question in ticks:
            chosen = ticks[question]
            is_yes = (comparison, value) == (Comparison.EQUAL, "Y") or comparison == Comparison.ANSWERED
            is_no = (comparison, value) == (Comparison.UNEQUAL, "Y") or comparison == Comparison.UNANSWERED
            if not (is_yes or is_no):
                raise CannotSay(f"{question} {value}")
            return Test(chosen.question, Comparison.INCLUDES if is_yes else Comparison.LACKS, chosen.value)
        case Test(question, comparison, value):
            step = _STEP.match(value) if "." in question else None
            return Test(question, comparison, step[1]) if step else condition
    if hasattr(condition, "of"):
        of = condition.of
        inner = tuple(_ticked(part, ticks) for part in of) if isinstance(of, tuple) else _ticked(of, ticks)
        return type(condition)(inner)  # type: ignore[arg-type]
    return condition
