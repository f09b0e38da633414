"""Words of a text in any script, and whether there is anything in it at all."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from .stop_words import ALL_STOP_WORDS, EMPTY_PHRASES, FILLERS, NOTHING, STOP_WORDS, bare

_MARKS = "".join(chr(c) for c in range(0x300, 0x3100) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
_WORD = re.compile(rf"[^\W_][\w{_MARKS}]*(?:['’][^\W_]+)*")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. Each character stands as a word of its own.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_SIGN = re.compile(rf"[{_UNSPACED}][{_MARKS}]*")
_LONGEST_EMPTY = 8


def words(text: str) -> list[str]:
    """Lower-case words; in a script without spaces, its single characters with their marks."""
    plain = bare(text)
    return [piece for word in _WORD.findall(plain) for piece in _pieces(word)]


def _pieces(word: str) -> Iterator[str]:
    if word.isascii():
        yield word
        return
    for run in _RUN.findall(word):
        yield from _SIGN.findall(run) if is_unspaced(run) else (run,)


def is_unspaced(piece: str) -> bool:
    return not piece.isascii() and bool(_SIGN.match(piece))


def says_nothing(text: str) -> bool:
    """Empty, only signs and figures, or one of the many ways to write "nothing to say"."""
    plain = " ".join(_WORD.findall(bare(text)))
    said = plain.split()
    if not any(c.isalpha() for c in plain) or plain in EMPTY_PHRASES:
        return True
    if len(said) > _LONGEST_EMPTY:
        return False
    return any(w in NOTHING for w in said) and all(w in NOTHING or w in FILLERS for w in said)


def folded(text: str) -> str:
    """What is left of a text when case, spacing and punctuation are taken away: equal for near-copies."""
    return " ".join(words(text))


def is_stop_word(word: str, language: str = "") -> bool:
    return word in STOP_WORDS.get(language, ALL_STOP_WORDS) or word.isdigit()


def joined(pieces: tuple[str, ...]) -> str:
    """The pieces as they are written: characters of an unspaced script stand close together."""
    out = pieces[0]
    for left, right in pairwise(pieces):
        out += right if is_unspaced(left) and is_unspaced(right) else " " + right
    return out
