"""Finds what looks like a way to reach somebody, so that a person can look before others read it.

Source: the shapes of addresses and numbers, with the Luhn check (ISO/IEC 7812-1) for cards. Limits: it knows no names
and no street addresses, and a long date or a shelf mark may look like a number. It warns; it decides nothing.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "card", "phone", ""]

_EMAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_NUMBER = r"(?<![\w])[+(]?\d(?:[\s().\-/]{0,2}\d){6,18}(?!\w)"
_SHAPES = re.compile(rf"(?P<email>{_EMAIL})|(?P<number>{_NUMBER})")
_DATE = re.compile(r"\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}")


@dataclass(frozen=True)
class Piece:
    """A stretch of the words; `kind` says what it looks like, "" is nothing to worry about."""

    text: str
    kind: Kind = ""


def pieces(words: str) -> list[Piece]:
    """The words in stretches, those that look personal marked."""
    found: list[Piece] = []
    end = 0
    for match in _SHAPES.finditer(words):
        kind = _kind(match)
        if not kind:
            continue
        found += [Piece(words[end : match.start()]), Piece(match.group(), kind)]
        end = match.end()
    return [piece for piece in [*found, Piece(words[end:])] if piece.text]


def looks_personal(words: str) -> bool:
    return any(piece.kind for piece in pieces(words))


def _kind(match: re.Match[str]) -> Kind:
    if match.lastgroup == "email":
        return "email"
    if _DATE.fullmatch(match.group()):
        return ""
    digits = re.sub(r"\D", "", match.group())
    if len(digits) >= 13:
        return "card" if len(digits) == 14 or _passes_luhn(digits) else "phone"
    return "phone"


def _passes_luhn(digits: str) -> bool:
    doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
