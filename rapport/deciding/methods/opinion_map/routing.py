"""Which statement somebody sees next: drawn by lot, with better odds for what teaches most.

The weight is that of Polis: many see it as more than a matter to pass on, it is agreed with, it pulls people apart, and
few have seen it yet. New statements have nine times the odds of old ones to the second power, halved with every five
votes, so none is buried before it has been heard.
"""

from collections.abc import Collection, Sequence

import numpy as np

from .statements import Tally
from .votes import Floats

_NEW = 8.0
_HALVED_BY = 5.0


def priorities(tally: Tally, extremity: Floats) -> Floats:
    """The odds of each statement, (statements,) and above 0, from all votes on it and its pull in the space."""
    whole = tally.whole()
    seen = whole.seen[0]
    passed = (seen - whole.agree[0] - whole.disagree[0] + 1) / (seen + 2)
    importance = (1 - passed) * (extremity + 1) * whole.share("agree")[0]
    odds: Floats = (importance * (1 + _NEW * 2.0 ** (-seen / _HALVED_BY))) ** 2
    return odds


def next_statement(
    odds: Floats, statements: Sequence[str], already_seen: Collection[str], chance: np.random.Generator
) -> str | None:
    """A statement that this person has not voted on, or None where there is none left."""
    left = np.array([name not in already_seen for name in statements], dtype=np.bool_)
    reach = np.cumsum(odds * left)
    if not left.any():
        return None
    drawn = np.searchsorted(reach, chance.random() * reach[-1], side="right")
    return statements[int(drawn)]
