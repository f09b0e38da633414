"""All methods by name, with the quorum that holds for each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from .answers import CONSENT, GRADIENTS, YES_NO, Answers, consent, counted, gradients, yes_no
from .irv import irv
from .marks import Marks, approval, dots, score, times
from .ranked import Ranked
from .result import Beforehand, Result
from .schulze import schulze
from .stv import stv

Kind = Literal["ranked", "marks", "answers"]


@dataclass(frozen=True)
class Method:
    kind: Kind  # what stands on a ballot
    counts: Callable[[Any, Beforehand], Result]
    answers: tuple[str, ...] = ()


METHODS = {
    "yesno": Method("answers", yes_no, YES_NO),
    "consent": Method("answers", consent, CONSENT),
    "gradients": Method("answers", gradients, GRADIENTS),
    "approval": Method("marks", approval),
    "score": Method("marks", score),
    "dots": Method("marks", dots),
    "times": Method("marks", times),
    "irv": Method("ranked", irv),
    "stv": Method("ranked", stv),
    "schulze": Method("ranked", schulze),
}


def count(method: str, ballots: "Ranked | Marks | list[str]", rules: Beforehand) -> Result:
    """Count the ballots by the method. Too few for the quorum: they are counted and shown, and nothing is decided.

    `ballots` are Ranked, Marks, or a list of answers, as the method wants. Raises KeyError for an unknown method and
    ValueError for ballots that it cannot count.
    """
    if rules.seats < 1:
        raise ValueError("at least one seat must be filled")
    chosen = METHODS[method]
    given: Ranked | Marks | Answers = counted(ballots, chosen.answers) if isinstance(ballots, list) else ballots
    result = chosen.counts(given, rules)
    known = {"what": "rules", "method": method, "seats": rules.seats, "quorum": rules.quorum, "seed": rules.seed}
    steps = ({"step": 0, **known, "ballots": result.ballots}, *result.steps)
    if result.ballots < rules.quorum:
        return replace(result, winners=(), why="quorum", steps=(*steps, {"step": len(steps), "what": "no quorum"}))
    return replace(result, steps=steps)
