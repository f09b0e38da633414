"""What is kept about people, why and for how long: each area says it in `hooks.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from rapport.lib.registry import Registry

if TYPE_CHECKING:
    from rapport.people.models import Person

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of record about people.

    `export` gives what is kept about a person as plain rows; `erase` removes it or takes the person out of it;
    `clean` removes what is too old and says how many (run every night); `days` reads the period's setting.
    """

    name: str  # "listening.contact": unique, also the key in the exported file
    what: Words
    why: Words
    until: Words
    stays: Words = ""  # what is not erased when the person asks for it, and why
    export: Callable[["Person"], list[dict[str, Any]]]
    erase: Callable[["Person"], None]
    clean: Callable[[], int] | None = None
    days: Callable[[], int] | None = None


kept: Registry[Kept] = Registry("people.privacy", key=lambda record: record.name)
