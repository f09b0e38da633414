"""Names of other programs as keys of ours."""

import re

from ..soundness import LONGEST_KEY

_ODD = re.compile(r"[^A-Za-z0-9_]")


def key_for(name: str) -> str:
    """A name as a key: what a key cannot hold becomes `_`. The same name is always the same key."""
    key = _ODD.sub("_", name.strip())
    return (key if key[:1].isalpha() or key[:1] == "_" else f"_{key}")[:LONGEST_KEY]


def free_key(name: str, taken: set[str]) -> str:
    """A key that is not taken yet; it is from now on."""
    key, n = key_for(name), 2
    while key in taken:
        ending = f"_{n}"
        key, n = key_for(name)[: LONGEST_KEY - len(ending)] + ending, n + 1
    taken.add(key)
    return key
