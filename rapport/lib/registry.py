"""A list that upper areas fill from their `hooks.py` and a lower area reads."""

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class AlreadyThere(Exception):
    """Two things were hung on the same hook."""


class Registry(Generic[T]):
    """Keeps the order in which things came, and each only once."""

    def __init__(self, name: str, *, key: Callable[[T], Hashable]) -> None:
        self.name = name
        self._key = key
        self._items: dict[Hashable, T] = {}

    def add(self, item: T) -> T:
        key = self._key(item)
        if key in self._items:
            raise AlreadyThere(f"{self.name} already has {key!r}")
        self._items[key] = item
        return item

    def get(self, key: Hashable) -> T:
        return self._items[key]

    def remove(self, item: T) -> None:
        del self._items[self._key(item)]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items.values()))

    def __len__(self) -> int:
        return len(self._items)
