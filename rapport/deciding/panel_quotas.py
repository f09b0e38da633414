"""Quotas from the community's own figures: where a sixth is older than 65, a panel of twelve wants two of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from rapport.community.models import Band, Figure
from rapport.places.models import Branch


@dataclass(frozen=True)
class Proposed:
    least: int
    most: int
    share: float | None  # of the bands that were chosen; None where nothing is known of the dimension


def quotas_from_figures(bands: Sequence[Band], size: int, branch: Branch | None) -> dict[Band, Proposed]:
    """Each band's share of the seats, rounded down for "at least" and up for "at most"; so a panel always exists."""
    by_dimension: dict[str, list[Band]] = defaultdict(list)
    for band in bands:
        by_dimension[band.dimension.slug].append(band)
    found: dict[Band, Proposed] = {}
    for slug, chosen in by_dimension.items():
        counts = _counts(slug, chosen, branch)
        whole = sum(counts.values())
        for band in chosen:
            found[band] = _proposed(counts.get(band.pk, 0) / whole, size) if whole else Proposed(0, size, None)
    return found


def _counts(dimension: str, bands: Sequence[Band], branch: Branch | None) -> dict[int, float]:
    """The newest figures of the branch's area, or of the whole library's where there are none."""
    figures = Figure.objects.newest(dimension, branch) or Figure.objects.newest(dimension)
    known = {one.band_id: one.estimate for one in figures}
    return {band.pk: known.get(band.pk, 0.0) for band in bands}


def _proposed(share: float, size: int) -> Proposed:
    ideal = round(share * size, 6)
    return Proposed(floor(ideal), max(ceil(ideal), 1), round(share, 4))
