"""Small values that templates hand to parts: a link of a trail, a tab, a step, a mark."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Crumb:
    label: Words
    url: str = ""  # none for the page itself


@dataclass(frozen=True)
class Tab:
    label: Words
    url: str
    is_here: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Step:
    label: Words
    state: Literal["done", "present", "owed"]
    url: str = ""


@dataclass(frozen=True)
class Mark:
    """A property of a place or session that people look for: step-free, hearing loop, quiet."""

    icon: str
    label: Words
