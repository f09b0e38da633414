"""Conditions over answers: when a question is asked, and what an answer must be. Plain values, kept as JSON.

`{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`, or a test: `{"question": "a", "is": "equal", "value": "b"}`.
The question is the name of a column of answers ("visits", "services.wifi.importance"), or "." for the answer itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import ge, gt, le, lt
from typing import Any

Answers = Mapping[str, Any]
ITSELF = "."


class Comparison(StrEnum):
    EQUAL = "equal"
    UNEQUAL = "unequal"
    MORE = "more"
    LESS = "less"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    INCLUDES = "includes"  # one of the things chosen
    LACKS = "lacks"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Test:
    question: str
    comparison: Comparison
    value: str = ""

    __test__ = False  # pytest need not look into it


@dataclass(frozen=True)
class All:
    of: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    of: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    of: "Condition"


Condition = Test | All | AnyOf | Not


def holds(condition: Condition | None, answers: Answers, itself: Any = None) -> bool:
    """Whether it holds for these answers; no condition always does.

    What was not answered is neither more nor less than anything, and equal to the empty text only (as in XPath 1.0,
    which ODK follows).
    """
    match condition:
        case None:
            return True
        case All(of):
            return all(holds(part, answers, itself) for part in of)
        case AnyOf(of):
            return any(holds(part, answers, itself) for part in of)
        case Not(of):
            return not holds(of, answers, itself)
        case Test(question, comparison, value):
            answer = itself if question == ITSELF else answers.get(question)
            return _COMPARED[comparison](answer, value)


def is_empty(answer: Any) -> bool:
    return answer is None or answer in ("", [])


def _chosen(answer: Any) -> list[str]:
    if is_empty(answer):
        return []
    return [str(one) for one in answer] if isinstance(answer, list | tuple) else [_text(answer)]


def _text(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, list | tuple):
        return " ".join(map(str, answer))
    return "" if answer is None else str(answer)


def _same(answer: Any, value: str) -> bool:
    if _text(answer) == value:
        return True
    number, wanted = _number(answer), _number(value)
    return number is not None and number == wanted


def _in_order(answer: Any, value: str, order: Callable[[Any, Any], bool]) -> bool:
    number, wanted = _number(answer), _number(value)
    if number is not None and wanted is not None:
        return order(number, wanted)
    day, bound = day_of(answer), day_of(value)
    return day is not None and bound is not None and order(day, bound)


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) or is_empty(value) else float(value)
    except (TypeError, ValueError):
        return None


def day_of(value: Any) -> date | None:
    """An ISO date, or "today"; None where it is neither."""
    if value == "today":
        return date.today()
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


_COMPARED: dict[Comparison, Callable[[Any, str], bool]] = {
    Comparison.ANSWERED: lambda answer, _value: not is_empty(answer),
    Comparison.UNANSWERED: lambda answer, _value: is_empty(answer),
    Comparison.INCLUDES: lambda answer, value: value in _chosen(answer),
    Comparison.LACKS: lambda answer, value: value not in _chosen(answer),
    Comparison.EQUAL: _same,
    Comparison.UNEQUAL: lambda answer, value: not _same(answer, value),
    Comparison.MORE: lambda answer, value: _in_order(answer, value, gt),
    Comparison.LESS: lambda answer, value: _in_order(answer, value, lt),
    Comparison.AT_LEAST: lambda answer, value: _in_order(answer, value, ge),
    Comparison.AT_MOST: lambda answer, value: _in_order(answer, value, le),
}


def questions_of(condition: Condition | None) -> set[str]:
    """The columns of answers that it looks at, without the answer itself."""
    match condition:
        case None:
            return set()
        case All(of) | AnyOf(of):
            return set[str]().union(*map(questions_of, of))
        case Not(of):
            return questions_of(of)
        case Test(question, _comparison, _value):
            return set() if question == ITSELF else {question}


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """The condition that holds where these two do."""
    parts = [part for part in (one, other) if part is not None]
    return All(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def condition_as_json(condition: Condition | None) -> dict[str, Any] | None:
    match condition:
        case None:
            return None
        case All(of):
            return {"all": [condition_as_json(part) for part in of]}
        case AnyOf(of):
            return {"any": [condition_as_json(part) for part in of]}
        case Not(of):
            return {"not": condition_as_json(of)}
        case Test(question, comparison, value):
            return {"question": question, "is": comparison.value, "value": value}


def condition_from_json(data: Mapping[str, Any] | None) -> Condition | None:
    """Raises ValueError where it is none of the forms above."""
    return None if data is None else _condition(data)


def _condition(data: Mapping[str, Any]) -> Condition:
    match data:
        case {"all": [*parts]}:
            return All(tuple(map(_condition, parts)))
        case {"any": [*parts]}:
            return AnyOf(tuple(map(_condition, parts)))
        case {"not": part}:
            return Not(_condition(part))
        case {"question": str(question), "is": str(comparison)}:
            return Test(question, Comparison(comparison), str(data.get("value", "")))
    raise ValueError(f"This is no condition: {data!r}")
