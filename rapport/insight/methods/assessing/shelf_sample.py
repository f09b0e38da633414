"""A sample of a shelf: how many items to draw, and which places of the shelf list.

The size is that of a share at 95 % (Cochran, Sampling Techniques, 1977, section 4.4) with the correction for a small
shelf. The draw is systematic with a random start and a fractional step (Kish, Survey Sampling, 1965, section 4.1):
every item has the same chance, and neighbours, which are alike, are spread over the sample.

Limits: where the order of the list repeats itself with the step (every twentieth item a new shelf), the sample is worse
than it looks; the interval of a share takes it as a simple random sample, which for an ordered shelf errs on the wide
side.
"""

from hashlib import sha256

from rapport.surveys.methods.planner import needed

_PARTS = 1 << 64


def how_many(items: int, margin: float = 0.1) -> int:
    """How many of so many items, so that a share is known to within the margin (0.1: ten in a hundred either way)."""
    return needed(margin, items) if items > 0 else 0


def systematic(items: int, size: int, seed: str) -> list[int]:
    """The places drawn, from 1 to `items`, upward; the same seed draws the same. Raises ValueError for a bad size."""
    if not 0 < size <= items:
        raise ValueError("Draw at least one item and no more than there are")
    start = int.from_bytes(sha256(seed.encode()).digest()[:8])
    return [(start + step * _PARTS) * items // (size * _PARTS) + 1 for step in range(size)]
