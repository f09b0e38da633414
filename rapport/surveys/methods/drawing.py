"""Draw people at random from a list, so that anyone with the same list and the same seed draws the same people.

In each part of the list (each stratum, in the order of the alphabet) the rows are taken by
`random.Random(f"{seed}:{part}")`, Python's Mersenne Twister, with its `sample`. Shares
are proportional to the parts (largest remainders), or the same for each.
Source: Cochran (1977), Sampling Techniques, chapter 5.
"""

import hashlib
import math
import random
from collections.abc import Mapping, Sequence


def drawn(parts: Mapping[str, Sequence[int]], sizes: Mapping[str, int], seed: str) -> dict[str, list[int]]:
    """The places in the list that were drawn, by part, each part in the order of the list."""
    found = {}
    for name in sorted(parts):
        chance = random.Random(f"{seed}:{name}")  # noqa: S311 - it must be the same for everybody who tries it
        found[name] = sorted(chance.sample(list(parts[name]), min(sizes.get(name, 0), len(parts[name]))))
    return found


def proportional(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """So many spread over the parts as large as they are; each part that has anyone gets at least one."""
    everyone = sum(sizes.values())
    n = min(n, everyone)
    exact = {name: n * size / everyone for name, size in sizes.items()} if everyone else {}
    shares = {name: min(max(math.floor(share), 1 if sizes[name] else 0), sizes[name]) for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: (shares[name] - exact[name], name)):
        if sum(shares.values()) >= n:
            break
        shares[name] += shares[name] < sizes[name]
    return shares


def equal(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """The same for each part, as far as it has so many people; what one cannot give the others do."""
    shares = dict.fromkeys(sizes, 0)
    while sum(shares.values()) < min(n, sum(sizes.values())):
        open_ones = [name for name in sorted(sizes) if shares[name] < sizes[name]]
        step = max((n - sum(shares.values())) // len(open_ones), 1)
        for name in open_ones:
            left = n - sum(shares.values())
            shares[name] += min(step, sizes[name] - shares[name], left)
    return shares


def mark_of(rows: Sequence[Sequence[str]]) -> str:
    """A fingerprint of the list: the same list has the same, and nothing of it can be read from it."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(row).encode() + b"\x1e")
    return digest.hexdigest()
