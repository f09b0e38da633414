"""Themes proposed from voices: grouped by meaning, with phrases and typical voices in the voices' own languages.

Near-copies are folded, meanings grouped (meaning.py, grouping.py), groups described (phrases.py, typical.py). A theme
is a proposal: only a person makes it one. See docs/decisions/themes.md for figures.

Limits: one voice goes to one theme, though people often say two things; and texts in a language that the encoder does
not know are grouped apart from the others.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.lib.language import languages as detected

from .dissent import dissenting
from .grouping import group
from .meaning import ENCODER_LANGUAGES, Reader, Vectors, read
from .near_copies import firsts
from .parts import parts_of
from .phrases import Phrase, key_phrases
from .proposal import Part, Place, Proposal, ProposedTheme
from .typical import typical
from .words import folded, says_nothing

_DIGITS = 4
_RARE = 0.02  # a language guessed for fewer voices than this is more often a wrong guess than a neighbour
_NEAR_ENOUGH = 0.35


@dataclass(frozen=True)
class _Voices:
    """The distinct texts that say something, and where each stood among those given."""

    texts: list[str]
    languages: list[str]
    positions: list[list[int]]


def propose_themes(
    texts: Sequence[str], languages: Sequence[str] | None = None, k: int | None = None, seed: int = 0
) -> Proposal:
    """Group the texts into k themes, or as many as lie apart most clearly (up to 30, fewer for fewer texts).

    `languages` names each text's language and is guessed where it is missing. Texts in which nothing is said belong
    to no theme.
    """
    voices = _folded(texts, languages)
    if not voices.texts:
        return Proposal((), tuple(Place(None, 0.0) for _ in texts), 0.0, seed)
    told = read(voices.texts, voices.languages)
    group_of, clearness = _grouped(told.vectors, told.read_by, k, seed)
    group_of = _largest_first(group_of, voices)
    centres = _centres(told.vectors, group_of)
    closeness = np.clip(np.einsum("ij,ij->i", told.vectors, centres[group_of]), 0, 1)
    return Proposal(
        themes=_described(voices, told.vectors, told.read_by, group_of, centres),
        places=_places(len(texts), voices, group_of, closeness),
        clearness=round(clearness, _DIGITS),
        seed=seed,
    )


def centre_of(texts: Sequence[str]) -> tuple[float, ...]:
    """The middle of what these texts mean, for a theme that a person has merged, split or written down."""
    return _stored(_centres(read(texts).vectors, np.zeros(len(texts), dtype=np.intp))[0])


def assign(
    texts: Sequence[str],
    centres: Sequence[Sequence[float]],
    languages: Sequence[str] | None = None,
    at_least: float = _NEAR_ENOUGH,
) -> list[Place]:
    """Put new texts into confirmed themes: the nearest centre, or no theme where none is near enough.

    A theme without a centre takes none, and a text in a language that the encoder does not know goes to none.
    """
    kept = [i for i, centre in enumerate(centres) if len(centre)]
    if not kept or not texts:
        return [Place(None, 0.0) for _ in texts]
    told = read(texts, languages)
    near = np.clip(told.vectors @ np.array([centres[i] for i in kept], dtype=np.float32).T, 0, 1)
    placeable = [by == "encoder" and not says_nothing(text) for by, text in zip(told.read_by, texts, strict=True)]
    return [
        _nearest(row, kept, at_least) if may else Place(None, 0.0) for row, may in zip(near, placeable, strict=True)
    ]


def _nearest(row: Vectors, kept: Sequence[int], at_least: float) -> Place:
    best = int(row.argmax())
    closeness = round(float(row[best]), _DIGITS)
    return Place(kept[best] if closeness >= at_least else None, closeness)


def _folded(texts: Sequence[str], languages: Sequence[str] | None) -> _Voices:
    told = [position for position, text in enumerate(texts) if not says_nothing(text)]
    positions: dict[int, list[int]] = {}
    for position, first in zip(told, firsts([folded(texts[i]) for i in told]), strict=True):
        positions.setdefault(told[first], []).append(position)
    distinct = [texts[i] for i in positions]
    codes = [languages[i] for i in positions] if languages is not None else [""] * len(positions)
    return _Voices(distinct, _completed(distinct, codes), list(positions.values()))


def _completed(texts: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Guess the languages that are missing; a rare guess counts only if somebody else is known to write in it."""
    missing = [i for i, code in enumerate(codes) if not code]
    if not missing:
        return list(codes)
    named = Counter(code for code in codes if code)
    guessed = detected([texts[i] for i in missing], sorted(ENCODER_LANGUAGES | set(named)), default="?")
    counts = Counter(code for code in guessed if code != "?")
    main = next((code for code, _ in (counts + named).most_common(1)), "")
    complete = list(codes)
    for i, code in zip(missing, guessed, strict=True):
        complete[i] = code if code in named or counts[code] > _RARE * len(missing) else main
    return complete


def _grouped(vectors: Vectors, read_by: Sequence[Reader], k: int | None, seed: int) -> tuple[NDArray[np.intp], float]:
    """Each space is grouped for itself; k themes are shared out by the number of voices."""
    group_of = np.zeros(len(vectors), dtype=np.intp)
    made, clearness = 0, 0.0
    for reader in sorted(set(read_by)):
        here = np.flatnonzero(np.array(read_by) == reader)
        share = max(1, round(k * len(here) / len(vectors))) if k else None
        grouping = group(vectors[here], share, seed)
        group_of[here] = grouping.group_of + made
        made = int(group_of.max()) + 1
        clearness += grouping.clearness * len(here) / len(vectors)
    return group_of, clearness


def _largest_first(group_of: NDArray[np.intp], voices: _Voices) -> NDArray[np.intp]:
    sizes = np.bincount(group_of, weights=[len(same) for same in voices.positions])
    present = [g for g in np.argsort(-sizes, kind="stable") if sizes[g]]
    rank = np.zeros(len(sizes), dtype=np.intp)
    rank[present] = np.arange(len(present))
    return rank[group_of]


def _centres(vectors: Vectors, group_of: NDArray[np.intp]) -> Vectors:
    sums = np.zeros((int(group_of.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, group_of, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    centres: Vectors = (sums / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return centres


def _described(
    voices: _Voices, vectors: Vectors, read_by: Sequence[Reader], group_of: NDArray[np.intp], centres: Vectors
) -> tuple[ProposedTheme, ...]:
    members = [np.flatnonzero(group_of == g) for g in range(len(centres))]
    phrases = key_phrases([[(voices.texts[i], voices.languages[i]) for i in each] for each in members])
    labels = _labels(phrases)
    return tuple(
        ProposedTheme(
            label=labels[g],
            phrases=phrases[g],
            voices=sum(len(voices.positions[i]) for i in mine),
            languages=_spoken(voices, mine),
            read_by=read_by[mine[0]],
            centre=_stored(centres[g]) if read_by[mine[0]] == "encoder" else (),
            parts=_parts(voices, vectors, mine),
            copies=tuple(tuple(voices.positions[i]) for i in mine if len(voices.positions[i]) > 1),
            **_quoted(voices, vectors, mine, centres, g),
        )
        for g, mine in enumerate(members)
    )


def _quoted(
    voices: _Voices, vectors: Vectors, mine: NDArray[np.intp], centres: Vectors, own: int
) -> dict[str, tuple[int, ...]]:
    """Typical voices, and those that say something else."""
    texts = [voices.texts[i] for i in mine]
    said = typical(texts, [voices.languages[i] for i in mine], vectors[mine], centres[own])
    unlike = dissenting(texts, vectors[mine], centres, own, said)
    return {
        "typical": tuple(voices.positions[mine[i]][0] for i in said),
        "dissenting": tuple(voices.positions[mine[i]][0] for i in unlike),
    }


def _parts(voices: _Voices, vectors: Vectors, mine: NDArray[np.intp]) -> tuple[Part, ...]:
    part_of = parts_of(vectors[mine])
    if part_of is None:
        return ()
    members = [mine[part_of == part] for part in range(int(part_of.max()) + 1)]
    phrases = key_phrases([[(voices.texts[i], voices.languages[i]) for i in each] for each in members])
    centres = _centres(vectors[mine], part_of)
    return tuple(
        Part(
            label=label,
            phrases=found,
            typical=_quoted(voices, vectors, each, centres, number)["typical"],
            voices=sum(len(voices.positions[i]) for i in each),
        )
        for number, (label, found, each) in enumerate(zip(_labels(phrases), phrases, members, strict=True))
    )


def _spoken(voices: _Voices, mine: NDArray[np.intp]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for i in mine:
        counts[voices.languages[i]] += len(voices.positions[i])
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _labels(phrases: Sequence[Sequence[Phrase]]) -> list[str]:
    """The two best phrases of the main language, or more where another theme would have the same name."""
    labels: list[str] = []
    for found in phrases:
        own = [phrase.words for phrase in found if phrase.language == found[0].language]
        names = (_label(own[:count]) for count in range(2, len(own) + 2))
        labels.append(next((name for name in names if name not in labels), _label(own)))
    return labels


def _label(phrases: Sequence[str]) -> str:
    name = " · ".join(phrases)
    return name[:1].upper() + name[1:]


def _places(count: int, voices: _Voices, group_of: NDArray[np.intp], closeness: Vectors) -> tuple[Place, ...]:
    places = [Place(None, 0.0)] * count
    for i, same in enumerate(voices.positions):
        place = Place(int(group_of[i]), round(float(closeness[i]), _DIGITS))
        for position in same:
            places[position] = place
    return tuple(places)


def _stored(centre: Vectors) -> tuple[float, ...]:
    return tuple(round(float(number), _DIGITS) for number in centre)
