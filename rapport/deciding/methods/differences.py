"""What changed between two texts, word by word, for reading side by side.

The longest common runs of words (Ratcliff and Obershelp 1988, as in Python's difflib). Limits: a sentence that moved is
shown as taken out in one place and added in the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_MOST = 4000  # words on each side; beyond it only whole paragraphs are compared


@dataclass(frozen=True)
class Run:
    """Some words that stayed, or were changed."""

    words: str
    is_changed: bool


def side_by_side(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """The same two texts in runs: what is only in the first is changed there, what is only in the second there."""
    old, new = _parts(before), _parts(after)
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = kind != "equal"
        _add(left, old[a:b], is_changed)
        _add(right, new[c:d], is_changed)
    return left, right


def _parts(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= _MOST else text.splitlines(keepends=True)


def _add(runs: list[Run], words: Sequence[str], is_changed: bool) -> None:
    if words:
        runs.append(Run("".join(words), is_changed))
