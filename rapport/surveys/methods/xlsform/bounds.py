"""The constraint of a question taken apart: what is a bound, what "none of these" means, and what is a rule of its own.

`writing` puts constraints together in the same forms, so that they come apart again as they were.
"""

from dataclasses import dataclass, field

from ..conditions import Condition
from ..questionnaire import WRITING, Kind
from .expressions import Call, Compared, Formula, Itself, Joined, NotUnderstood, Number, Text, parse
from .meaning import CannotSay, Scope, every

_MEASURES = {
    **dict.fromkeys((Kind.MULTIPLE, Kind.RANKING), "count-selected"),
    **dict.fromkeys(WRITING, "string-length"),
}


@dataclass
class Rules:
    """What a constraint says; `unsaid` are the parts that none of ours can say."""

    least: str = ""
    most: str = ""
    alone: list[str] = field(default_factory=list)
    must: Condition | None = None
    unsaid: list[str] = field(default_factory=list)


def rules_of(constraint: str, kind: Kind, scope: Scope) -> Rules:
    rules = Rules()
    try:
        whole = parse(constraint)
    except NotUnderstood as problem:
        rules.unsaid.append(str(problem))
        return rules
    rest = []
    for part in whole.parts if isinstance(whole, Joined) and whole.by == "and" else (whole,):
        if not (_alone(part, rules) or _bound(part, kind, rules)):
            rest.append(part)
    _rest(rest, scope, rules)
    return rules


def _rest(parts: list[Formula], scope: Scope, rules: Rules) -> None:
    said = []
    for part in parts:
        try:
            said.append(scope.truth(part))
        except CannotSay as problem:
            rules.unsaid.append(str(problem))
    if said:
        rules.must = every(said)


def _alone(part: Formula, rules: Rules) -> bool:
    """`not(selected(., 'none') and count-selected(.) > 1)`"""
    match part:
        case Call(
            "not",
            (
                Joined(
                    "and",
                    (
                        Call("selected", (Itself(), Text(code))),
                        Compared(">", Call("count-selected", (Itself(),)), Number("1")),
                    ),
                ),
            ),
        ):
            rules.alone.append(code)
            return True
    return False


def _bound(part: Formula, kind: Kind, rules: Rules) -> bool:
    """`. >= 3`, `count-selected(.) <= 3 or selected(., 'none')`, `string-length(.) <= 200`."""
    match part:
        case Joined("or", (Compared() as bound, *others)) if kind == Kind.MULTIPLE and all(map(_is_chosen, others)):
            part = bound
    match part:
        case Compared(">=" | "<=" as sign, measured, Number() | Text() | Call() as limit):
            value = _limit(limit, kind)
            if value is None or not _is_measure(measured, kind):
                return False
            name = "least" if sign == ">=" else "most"
            if getattr(rules, name):
                return False
            setattr(rules, name, value)
            return True
    return False


def _is_chosen(part: Formula) -> bool:
    return isinstance(part, Call) and part.name == "selected" and part.of[0] == Itself()


def _is_measure(measured: Formula, kind: Kind) -> bool:
    if kind in {Kind.NUMBER, Kind.DATE}:
        return measured == Itself()
    return kind in _MEASURES and measured == Call(_MEASURES[kind], (Itself(),))


def _limit(limit: Formula, kind: Kind) -> str | None:
    match limit:
        case Number(value) if kind != Kind.DATE:
            return value
        case Call("today", ()) if kind == Kind.DATE:
            return "today"
        case Call("date", (Text(day),)) | Text(day) if kind == Kind.DATE:
            return day
    return None
