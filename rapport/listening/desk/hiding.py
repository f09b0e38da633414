"""Before others read a voice: what looks personal, proposed for hiding, with a person's last word on each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.listening.looking import colleagues, places
from rapport.listening.methods.masking import Found, Kind, find
from rapport.listening.methods.personal_data import Piece, pieces
from rapport.listening.models import Voice

__all__ = ["colleagues", "decided", "marked", "places", "proposed"]

KINDS: dict[Kind, str | Promise] = {
    Kind.EMAIL: _("a mail address"),
    Kind.CARD: _("the number of a card, an account or a paper"),
    Kind.PHONE: _("a phone number"),
    Kind.BIRTH: _("a birthday"),
    Kind.ADDRESS: _("an address"),
    Kind.NAME: _("a name"),
}
MOST_MORE = 20  # stretches that somebody adds by hand


@dataclass(frozen=True)
class Proposed:
    """One stretch that may be hidden."""

    found: Found

    @property
    def key(self) -> str:
        return f"{self.found.start}-{self.found.end}"

    @property
    def says(self) -> str | Promise:
        return KINDS[self.found.kind]


def proposed(words: str, names: list[str], known: list[str]) -> list[Proposed]:
    return [Proposed(one) for one in find(words, names, known)]


def marked(words: str, names: list[str], known: list[str]) -> list[Piece]:
    return pieces(words, names, known)


def decided(voice: Voice, data: Any, names: list[str]) -> list[Found]:
    """What a person chose to hide: of what was proposed, what they left ticked; and what they wrote beside it."""
    chosen = set(data.getlist("hide"))
    kept = [one.found for one in proposed(voice.words, names, places()) if one.key in chosen]
    more = [one for one in _written(voice.words, data.get("also", "")) if not any(_meet(one, other) for other in kept)]
    return [*kept, *more]


def _written(words: str, also: str) -> Iterator[Found]:
    """Every place where these words stand, whichever way they are written; the longest first, so none is cut in two."""
    wanted = sorted({one.strip() for one in re.split(r"[,،;\n]", also) if one.strip()}, key=len, reverse=True)
    if not wanted:
        return
    ways = "|".join(re.escape(one) for one in wanted[:MOST_MORE])
    for match in re.finditer(rf"(?<!\w)(?:{ways})(?!\w)", words, re.IGNORECASE):
        yield Found(match.start(), match.end(), Kind.NAME, match.group())


def _meet(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end
