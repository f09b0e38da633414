"""Which of the library's languages a text is written in (py3langid: Lui and Baldwin 2012, Barbaresi 2023).

Limits: a text of one or two words often belongs to several languages. What cannot be told gets the default.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_READ = 240  # characters are plenty, and keep an import quick
_FEWEST_LETTERS = 4
_SHORT = 20
_SURE = 0.6
_SURE_OF_SHORT = 0.9

_OTHER_SCRIPTS = {
    "Arab": ("ar", "fa", "ur", "ps", "ug", "ku"),
    "Cyrl": ("ru", "uk", "bg", "be", "mk", "sr", "kk", "ky", "mn"),
    "Hans": ("zh", "ja"),
    "Kore": ("ko",),
    "Thai": ("th",),
    "Grek": ("el",),
    "Hebr": ("he",),
    "Deva": ("hi", "mr", "ne"),
}
_SCRIPT_OF = {code: script for script, codes in _OTHER_SCRIPTS.items() for code in codes}
# Each block of letters: where it ends, and its script.
_RANGES = (
    (0x250, "Latn"), (0x370, ""), (0x400, "Grek"), (0x530, "Cyrl"), (0x590, ""), (0x600, "Hebr"), (0x780, "Arab"),
    (0x900, ""), (0x980, "Deva"), (0xE00, ""), (0xE80, "Thai"), (0x1100, ""), (0x1200, "Kore"), (0x1E00, ""),
    (0x2000, "Latn"), (0x3040, ""), (0x3130, "Hans"), (0x3190, "Kore"), (0xA000, "Hans"), (0xAC00, ""),
    (0xD7B0, "Kore"), (0xF900, ""), (0xFB00, "Hans"), (0xFB50, ""), (0xFE00, "Arab"), (0xFE70, ""), (0xFF00, "Arab"),
    (0x110000, ""),
)  # fmt: skip
_ENDS = [end for end, _ in _RANGES]
_BLOCKS = [script for _, script in _RANGES]


def language_of(text: str, among: Sequence[str], default: str = "") -> str:
    return languages([text], among, default)[0]


def languages(texts: Sequence[str], among: Sequence[str], default: str = "") -> list[str]:
    """The language of each text, one of `among`; `default` (or the first of `among`) where it cannot be told.

    If only one of them is written in the text's script, it is that one. Otherwise it cannot be told when there are
    under four letters, or when the guess is under 60 % sure (under 90 % for fewer than twenty letters).
    """
    if not among:
        raise ValueError("Name at least one language to choose among.")
    choice = tuple(among)
    return [_language(text[:_READ], choice, default or choice[0]) for text in texts]


def _language(text: str, among: tuple[str, ...], default: str) -> str:
    letters = [c for c in text if c.isalpha()]
    candidates = _written_in(_script(letters), among) if letters else ()
    if len(candidates) == 1:
        return candidates[0]
    if not candidates or len(letters) < _FEWEST_LETTERS:
        return default
    return _guess(text, candidates, default, sure=_SURE if len(letters) >= _SHORT else _SURE_OF_SHORT)


def _script(letters: Sequence[str]) -> str:
    if all(map(str.isascii, letters)):
        return "Latn"
    counts = Counter(_BLOCKS[bisect_right(_ENDS, ord(letter))] for letter in letters if not letter.isascii())
    counts["Latn"] += len(letters) - counts.total()
    return counts.most_common(1)[0][0]


@lru_cache(maxsize=256)
def _written_in(script: str, among: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in among if _SCRIPT_OF.get(_base(code), "Latn") == script)


def _guess(text: str, candidates: tuple[str, ...], default: str, *, sure: float) -> str:
    known = {_base(code): code for code in reversed(candidates)}
    identifier = _identifier(tuple(sorted(known)))
    if identifier is None:
        return default
    code, confidence = identifier.classify(text)
    return known[code] if confidence >= sure else default


@lru_cache(maxsize=16)
def _identifier(codes: tuple[str, ...]) -> "LanguageIdentifier | None":
    known = [code for code in codes if code in _all_languages().labels]
    if not known:
        return None
    identifier = copy(_all_languages())
    identifier.set_languages(known)
    return identifier


@lru_cache(maxsize=1)
def _all_languages() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _base(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()
