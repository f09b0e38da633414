"""Proposals that say nearly the same: by their words at once, and by their meaning as soon as a worker has read it.

So somebody who writes finds what is there already and can support it, and the desk finds what might be merged. Both are
suggestions for a person to look at, never a reason to refuse anything.
"""

from dataclasses import dataclass

import numpy as np

from rapport.deciding.models import Collection, Meaning, Proposal
from rapport.listening.methods.likeness import most_alike

_READ = 200  # characters: what somebody wants is said by then
_SAME_WORDS = 0.3
_SAME_MEANING = 0.55
_MOST_PAIRS = 50


@dataclass(frozen=True)
class Pair:
    first: Proposal
    second: Proposal
    likeness: float

    @property
    def both(self) -> tuple[Proposal, Proposal]:
        return self.first, self.second


def similar_to(collection: Collection, text: str, *, but: Proposal | None = None, most: int = 3) -> list[Proposal]:
    """Public ones that say nearly what the text says, most alike first; four queries, however many there are."""
    rows = [
        (pk, f"{title.get(language, '')} {words.get(language, '')}"[:_READ])
        for pk, title, words, language in collection.shown().values_list("pk", "title", "words", "language")
        if but is None or pk != but.pk
    ]
    found: dict[int, float] = {}
    for place, likeness in most_alike(text[:_READ], [text for _pk, text in rows], most=most, least=_SAME_WORDS):
        found[rows[place][0]] = likeness
    for pk, likeness in _near_in_meaning(collection, but)[:most]:
        found[pk] = max(likeness, found.get(pk, 0.0))
    best = sorted(found, key=lambda pk: -found[pk])[:most]
    shown = Proposal.objects.filter(pk__in=best).prefetch_related("authorships").in_bulk()
    return [shown[pk] for pk in best if pk in shown]


def _near_in_meaning(collection: Collection, proposal: Proposal | None) -> list[tuple[int, float]]:
    """Nothing until a worker has read what it means."""
    own = Meaning.objects.filter(proposal=proposal).values_list("vector", flat=True).first() if proposal else None
    if own is None:
        return []
    keys, vectors = _vectors(collection, but=proposal)
    if not keys:
        return []
    likeness = vectors @ np.frombuffer(own, dtype=np.float32)
    order = np.argsort(-likeness)
    return [(keys[place], float(likeness[place])) for place in order if likeness[place] >= _SAME_MEANING]


def _vectors(collection: Collection, but: Proposal | None = None) -> "tuple[list[int], np.ndarray]":
    rows = Meaning.objects.filter(proposal__in=collection.shown()).order_by("proposal")
    if but is not None:
        rows = rows.exclude(proposal=but)
    pairs = list(rows.values_list("proposal", "vector"))
    if not pairs:
        return [], np.zeros((0, 0), dtype=np.float32)
    return [pk for pk, _vector in pairs], np.frombuffer(
        b"".join(bytes(vector) for _pk, vector in pairs), dtype=np.float32
    ).reshape(len(pairs), -1)


def similar_pairs(collection: Collection, most: int = _MOST_PAIRS) -> list[Pair]:
    """Those that might be one, most alike first: for the desk, which asks their authors."""
    keys, vectors = _vectors(collection)
    if len(keys) < 2:
        return []
    likeness = np.triu(vectors @ vectors.T, k=1)
    places = sorted(np.argwhere(likeness >= _SAME_MEANING), key=lambda place: -likeness[*place])[:most]
    near = [(keys[a], keys[b], float(likeness[a, b])) for a, b in places]
    shown = Proposal.objects.prefetch_related("authorships").in_bulk({pk for one in near for pk in one[:2]})
    return [Pair(shown[a], shown[b], alike) for a, b, alike in near if a in shown and b in shown]
