"""Marks what looks personal, so that a person can look before others read it. It warns; it decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from .masking import Kind, find


@dataclass(frozen=True)
class Piece:
    """A stretch of the words; `kind` says what it looks like, "" is nothing to worry about."""

    text: str
    kind: Kind | str = ""


def pieces(words: str, colleagues: Iterable[str] = (), places: Iterable[str] = ()) -> list[Piece]:
    """The words in stretches, those that look personal marked."""
    found: list[Piece] = []
    end = 0
    for one in find(words, colleagues, places):
        found += [Piece(words[end : one.start]), Piece(one.text, one.kind)]
        end = one.end
    return [piece for piece in [*found, Piece(words[end:])] if piece.text]


def looks_personal(words: str, colleagues: Iterable[str] = ()) -> bool:
    return bool(find(words, colleagues))
