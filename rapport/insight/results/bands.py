"""Who answered, by the bands of the community's profile."""

import numpy as np

from rapport.insight.columns import Columns
from rapport.surveys.methods import Question


def counted_by_band(columns: Columns, question: Question) -> dict[str, int]:
    """How many chose each band; choices that are no band ("I would rather not say") count nowhere."""
    codes = columns.codes(question.key)
    chosen = np.bincount(codes[codes >= 0], minlength=len(question.choices))
    counts = {choice.band: 0 for choice in question.choices if choice.band}
    for choice, n in zip(question.choices, chosen, strict=False):
        if choice.band:
            counts[choice.band] += int(n)
    return counts
