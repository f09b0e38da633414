"""The answers of one day in one file: a head that says what stands where, then one array after the other.

A file is never changed: a new one is written beside it and takes its name, so a reader always finds a whole one,
whoever was killed while writing. Arrays are mapped, not read: what nobody looks at costs no memory.
"""

import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .encoding import KEY, Array

_MAGIC = b"RAPPORT-COLUMNS-2\n"
_EDGE = 16  # arrays begin at multiples of it


@dataclass(frozen=True)
class Block:
    """The answers of a day to one edition; `levels` are those of its facets (branch, language, channel)."""

    edition: int
    arrays: Mapping[str, Array]
    levels: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.arrays[KEY])

    def sorted(self) -> "Block":
        """In the order of their keys, which are random: nothing tells who came before whom."""
        order = np.argsort(self.keys(), kind="stable")
        return Block(self.edition, {name: array[order] for name, array in self.arrays.items()}, self.levels)

    def keys(self) -> Array:
        return np.ascontiguousarray(self.arrays[KEY]).view("S16").ravel()

    def only(self, mask: Array) -> "Block":
        return Block(self.edition, {name: array[mask] for name, array in self.arrays.items()}, self.levels)


def write(path: Path, blocks: Iterable[Block]) -> None:
    """Write a day's file beside its place, then let it take the place."""
    head, arrays, at = [], [], 0
    for block in blocks:
        places = {}
        for name, array in block.arrays.items():
            places[name] = (array.dtype.str, list(array.shape), at)
            arrays.append(np.ascontiguousarray(array))
            at += -(-array.nbytes // _EDGE) * _EDGE
        head.append({"edition": block.edition, "levels": dict(block.levels), "arrays": places})
    text = json.dumps(head).encode()
    text += b" " * (-(len(_MAGIC) + 8 + len(text)) % _EDGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    with beside.open("wb") as file:
        file.write(_MAGIC + len(text).to_bytes(8, "little") + text)
        for array in arrays:
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % _EDGE))
    beside.replace(path)


def read(path: Path) -> list[Block]:
    """A day's blocks, none where there is no file or it is not one of ours."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return []
    return _mapped(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=2048)
def _mapped(path: Path, *_when: int) -> list[Block]:
    try:
        whole = np.memmap(path, np.uint8, "r")
        start = len(_MAGIC) + 8
        if whole[: len(_MAGIC)].tobytes() != _MAGIC:
            return []
        size = int.from_bytes(whole[len(_MAGIC) : start].tobytes(), "little")
        head = json.loads(whole[start : start + size].tobytes())
        return [_block(whole[start + size :], one) for one in head]
    except (OSError, ValueError):
        return []


def _block(body: Array, head: Mapping[str, Any]) -> Block:
    arrays = {}
    for name, (kind, shape, at) in head["arrays"].items():
        dtype = np.dtype(kind)
        size = dtype.itemsize * int(np.prod(shape))
        arrays[name] = body[at : at + size].view(dtype).reshape(shape)
    return Block(head["edition"], arrays, head["levels"])
