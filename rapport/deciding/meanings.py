"""What proposals mean, kept beside them as numbers, so that near-duplicates are found across words and languages."""

from collections.abc import Iterable

import numpy as np
from django.db.models import prefetch_related_objects

from rapport.deciding.models import Meaning, Proposal
from rapport.insight.methods.themes.meaning import Vectors, read


def read_meanings(proposals: Iterable[Proposal]) -> int:
    """Note the meaning of each; what cannot be read in its language is left out, and found by its words alone."""
    asked = list(proposals)
    found = read([text_of(one) for one in asked], [one.language for one in asked])
    rows = [
        Meaning(proposal=one, vector=vector.astype(np.float32).tobytes())
        for one, vector, by in zip(asked, found.vectors, found.read_by, strict=True)
        if by == "encoder" and vector.any()
    ]
    Meaning.objects.bulk_create(rows, update_conflicts=True, unique_fields=["proposal"], update_fields=["vector"])
    return len(rows)


def meanings_of(proposals: list[Proposal]) -> dict[int, "Vectors"]:
    prefetch_related_objects(proposals, "meaning")
    return {one.pk: np.frombuffer(one.meaning.vector, dtype=np.float32) for one in proposals if hasattr(one, "meaning")}


def text_of(proposal: Proposal) -> str:
    return f"{proposal.own_title}. {proposal.own_words}"
