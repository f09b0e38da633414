"""Conditions, bounds and words of ours in the language of XLSForm; `meaning` and `bounds` read them back."""

import re
from collections.abc import Callable, Iterable

from ..conditions import ITSELF, All, AnyOf, Comparison, Condition, Not, Test, day_of
from ..questionnaire import WRITING, Kind, Question, Words

_SIGNS = {
    Comparison.EQUAL: "=",
    Comparison.UNEQUAL: "!=",
    Comparison.MORE: ">",
    Comparison.LESS: "<",
    Comparison.AT_LEAST: ">=",
    Comparison.AT_MOST: "<=",
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_PIPED = re.compile(r"\{([A-Za-z_][\w.]*)\}")


def formula(condition: Condition) -> str:
    match condition:
        case All(()):
            return "true()"
        case AnyOf(()):
            return "false()"
        case All(of):
            return " and ".join(_inner(part) for part in of)
        case AnyOf(of):
            return " or ".join(_inner(part) for part in of)
        case Not(of):
            return f"not({formula(of)})"
        case Test():
            return _test(condition)


def _inner(part: Condition) -> str:
    said = formula(part)
    return f"({said})" if isinstance(part, All | AnyOf) and part.of else said


def _test(test: Test) -> str:
    column = ITSELF if test.question == ITSELF else f"${{{test.question}}}"
    match test.comparison:
        case Comparison.ANSWERED:
            return f"{column} != ''"
        case Comparison.UNANSWERED:
            return f"{column} = ''"
        case Comparison.INCLUDES:
            return f"selected({column}, {quoted(test.value)})"
        case Comparison.LACKS:
            return f"not(selected({column}, {quoted(test.value)}))"
        case Comparison.EQUAL | Comparison.UNEQUAL:
            return f"{column} {_SIGNS[test.comparison]} {quoted(test.value)}"
    return f"{column} {_SIGNS[test.comparison]} {_limit(test.value)}"


def _limit(value: str) -> str:
    if value == "today":
        return "today()"
    if _NUMBER.match(value):
        return value
    return f"date({quoted(value)})" if day_of(value) else quoted(value)


def quoted(value: str) -> str:
    """XPath 1.0 has no way to write both kinds of quotes in one text; codes with both are not met in life."""
    return f'"{value}"' if "'" in value and '"' not in value else "'" + value.replace("'", "’") + "'"


def constraint_of(question: Question) -> str:
    """Its bounds, "none of these" and its own rule, as one formula."""
    parts = [*_bounds(question), *_alone(question)]
    match question.must:
        case None:
            pass
        case All((_one, _other, *_more) as of):
            parts += [_inner(part) for part in of]
        case must:
            parts.append(_inner(must) if parts else formula(must))
    return " and ".join(parts)


def _bounds(question: Question) -> Iterable[str]:
    measure = "."
    if question.kind in {Kind.MULTIPLE, Kind.RANKING}:
        measure = "count-selected(.)"
    elif question.kind in WRITING:
        measure = "string-length(.)"
    alone = "".join(f" or selected(., {quoted(one.code)})" for one in question.choices if one.is_alone)
    alone = alone if question.kind == Kind.MULTIPLE else ""
    for sign, bound in ((">=", question.least), ("<=", question.most)):
        if bound:
            said = f"{measure} {sign} {_limit(bound)}"
            yield f"({said}{alone})" if alone else said


def _alone(question: Question) -> Iterable[str]:
    if question.kind == Kind.MULTIPLE:
        for choice in question.choices:
            if choice.is_alone:
                yield f"not(selected(., {quoted(choice.code)}) and count-selected(.) > 1)"


def filter_of(question: Question) -> str:
    """One filter for all choices that are not always offered: `(name != 'bus' or ${lives} = 'far') and …`."""
    parts = [f"(name != {quoted(choice.code)} or {_inner(choice.when)})" for choice in question.choices if choice.when]
    return " and ".join(parts)


def said(words: Words, columns: Callable[[str], bool]) -> Words:
    """With `{column}` of ours as `${name}` of XLSForm, in the languages in which something is said."""

    def answer(found: re.Match[str]) -> str:
        return f"${{{found[1]}}}" if columns(found[1]) else found[0]

    return {code: _PIPED.sub(answer, text.replace("${", "$ {")) for code, text in words.items() if text.strip()}
