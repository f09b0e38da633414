"""One cell of a census table: a number, or the reason why there is none.

The signs are those of the American Community Survey ("Code Lists, Definitions, and Accuracy", notes on estimate and
margin of error symbols), its numbers for the same in files from its programming interface, and the signs of the Office
for National Statistics and of Statistics Canada. Limits: `1.234` is read as one and a bit, never as a thousand.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Unknown(StrEnum):
    EMPTY = "empty"
    TOO_FEW = "too few"  # too few people were asked to say
    HIDDEN = "hidden"  # kept back so that nobody is recognised
    NOT_APPLICABLE = "not applicable"
    BOUND = "bound"  # "250,000+": only that it is at least, or at most, so much
    BELOW_ZERO = "below zero"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Cell:
    value: float | None
    why: Unknown | None = None


_SIGNS = {
    **dict.fromkeys(["", "null", "none", "na", "n/a", ".."], Unknown.EMPTY),
    **dict.fromkeys(["-", "–", "**", "-666666666", "-222222222", "f", "..."], Unknown.TOO_FEW),
    **dict.fromkeys(["n", "c", "x", "*", "-999999999"], Unknown.HIDDEN),
    **dict.fromkeys(["(x)", "-888888888", "z"], Unknown.NOT_APPLICABLE),
    **dict.fromkeys(["***", "-333333333"], Unknown.BOUND),
}
_CONTROLLED = {"*****", "-555555555"}  # fixed to another count: no error of sampling
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_NOISE = re.compile(r"[\s\u00a0\u202f,'’$£€]")


def estimate_of(text: str) -> Cell:
    """A count of people or households."""
    found = _read(text)
    return Cell(None, Unknown.BELOW_ZERO) if found.value is not None and found.value < 0 else found


def margin_of(text: str) -> Cell:
    """A margin of error, with or without its ±; what is fixed to another count has a margin of 0."""
    bare = text.replace("±", "").replace("+/-", "").strip()
    return Cell(0.0) if bare in _CONTROLLED else estimate_of(bare)


def _read(text: str) -> Cell:
    bare = _NOISE.sub("", text)
    if (sign := _SIGNS.get(bare.lower())) is not None:
        return Cell(None, sign)
    if bare[-1:] in {"+", "-"} and _NUMBER.fullmatch(bare[:-1]):
        return Cell(None, Unknown.BOUND)
    if _NUMBER.fullmatch(bare):
        return Cell(float(bare))
    return Cell(None, Unknown.UNREADABLE)
