"""What a grouping of voices proposes to a person, as plain values that a task can store as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .phrases import Phrase


@dataclass(frozen=True)
class Part:
    """A sub-theme."""

    label: str
    phrases: tuple[Phrase, ...]
    typical: tuple[int, ...]
    voices: int


@dataclass(frozen=True)
class ProposedTheme:
    label: str  # a suggestion, made of the best phrases in the theme's main language
    phrases: tuple[Phrase, ...]
    typical: tuple[int, ...]  # positions in the texts that were given, the most telling first
    voices: int
    languages: tuple[tuple[str, int], ...]  # how many voices in each, the most first
    read_by: str  # "encoder" or "words", see meaning.py
    centre: tuple[float, ...]  # for `assign`; empty if read by words, whose space does not outlive the call
    dissenting: tuple[int, ...] = ()  # positions of voices that belong to it and say something else
    parts: tuple[Part, ...] = ()  # the largest first; none where it is one thing
    copies: tuple[tuple[int, ...], ...] = ()  # positions of near-copies, the first of each folded text at their head


@dataclass(frozen=True)
class Place:
    theme: int | None  # position among the themes, or None where nothing was said
    closeness: float  # 0 to 1, how near its meaning is to the theme's centre


@dataclass(frozen=True)
class Proposal:
    themes: tuple[ProposedTheme, ...]  # the one with most voices first
    places: tuple[Place, ...]  # one a text, in the order given
    clearness: float  # mean silhouette of the groups: under 0.1 they run into each other
    seed: int

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists and numbers; places are two lists, since there may be 100,000."""
        return {
            "themes": [_plain(asdict(theme)) for theme in self.themes],
            "theme_of": [place.theme for place in self.places],
            "closeness": [place.closeness for place in self.places],
            "clearness": self.clearness,
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Proposal":
        pairs = zip(stored["theme_of"], stored["closeness"], strict=True)
        return cls(
            themes=tuple(_theme(theme) for theme in stored["themes"]),
            places=tuple(Place(theme, closeness) for theme, closeness in pairs),
            clearness=stored["clearness"],
            seed=stored["seed"],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def _theme(stored: Mapping[str, Any]) -> ProposedTheme:
    return ProposedTheme(
        label=stored["label"],
        phrases=tuple(Phrase(**phrase) for phrase in stored["phrases"]),
        typical=tuple(stored["typical"]),
        voices=stored["voices"],
        languages=tuple((code, count) for code, count in stored["languages"]),
        read_by=stored["read_by"],
        centre=tuple(stored["centre"]),
        dissenting=tuple(stored.get("dissenting", ())),
        parts=tuple(_part(part) for part in stored.get("parts", ())),
        copies=tuple(tuple(same) for same in stored.get("copies", ())),
    )


def _part(stored: Mapping[str, Any]) -> Part:
    phrases = tuple(Phrase(**phrase) for phrase in stored["phrases"])
    return Part(stored["label"], phrases, tuple(stored["typical"]), stored["voices"])
