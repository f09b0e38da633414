"""Which voices say nearly the same: shared words, weighed by how rare they are among the voices that are compared.

Source: inverse document frequency (Spärck Jones 1972) with the overlap of weighted word sets. Limits: it compares
words, not meanings, and only within one language; a suggestion for a person to look at.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

_WORD = re.compile(r"[^\W\d_]{3,}")


def most_alike(text: str, others: Sequence[str], *, most: int = 3, least: float = 0.25) -> list[tuple[int, float]]:
    """The places of those that are most alike, with their likeness between 0 and 1, most alike first."""
    mine, sets = _words(text), [_words(other) for other in others]
    seen = Counter(word for words in [mine, *sets] for word in words)
    weight = {word: log((len(sets) + 2) / seen[word]) for word in mine}
    whole = sum(weight.values())
    if not whole:
        return []
    alike = [(place, _likeness(mine, words, weight, whole)) for place, words in enumerate(sets)]
    return sorted((one for one in alike if one[1] >= least), key=lambda one: -one[1])[:most]


def _likeness(mine: set[str], words: set[str], weight: dict[str, float], whole: float) -> float:
    shared = mine & words
    if not shared:
        return 0.0
    same_length = 2 * len(shared) / (len(mine) + len(words))
    return sum(weight[word] for word in shared) / whole * float(same_length**0.25)


def _words(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text.lower())}
