"""Lots that anybody can draw again: the order of names by SHA-256 of "seed:name", the smallest first.

The seed is published beforehand, or made in public afterwards (by dice, or the numbers of the next lottery), so that
nobody can choose it.
"""

import hashlib
from collections.abc import Iterable


def lots(names: Iterable[str], seed: str) -> dict[str, int]:
    """The place of each name when a lot must decide, 0 first."""
    drawn = sorted(names, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest())
    return {name: place for place, name in enumerate(drawn)}
