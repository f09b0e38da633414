"""What became of things from one year to the next: new, answered, still there, dropped."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

OPEN, ANSWERED, DROPPED = "open", "answered", "dropped"


@dataclass(frozen=True)
class Compared(Generic[Key]):
    """Keys in the order in which they stand in their year; each is in one list at most."""

    new: tuple[Key, ...]
    answered: tuple[Key, ...]
    still: tuple[Key, ...]
    dropped: tuple[Key, ...]


def compared(this: Mapping[Key, str], last: Mapping[Key, str]) -> Compared[Key]:
    """States ("open", "answered", "dropped") by key. What had ended last year already is not told again.

    Dropped is what was open last year and was given up since, or is not spoken of any more.
    """
    waiting = {key for key, state in last.items() if state == OPEN}
    told = [key for key in this if key not in last or key in waiting]
    gone = [key for key in last if key in waiting and key not in this]
    return Compared(
        new=tuple(key for key in told if key not in last),
        answered=tuple(key for key in told if this[key] == ANSWERED and key in waiting),
        still=tuple(key for key in told if this[key] == OPEN and key in waiting),
        dropped=(*(key for key in told if this[key] == DROPPED and key in waiting), *gone),
    )
