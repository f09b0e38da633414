"""Who lives here, by the bands of one dimension, and how the bands are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from rapport.community.models import Band, Dimension, Figure
from rapport.insight.reached import PLACE
from rapport.places.models import Branch

OTHER = "other"


@dataclass(frozen=True)
class People:
    """How many live here in each band, the bands' names in their order, and where that is known from."""

    counts: Mapping[str, float]
    names: Mapping[str, str]
    source: str


def people_of(dimension: str, branch: Branch | None = None) -> People:
    """Of a branch's service area, or of the library's where nothing is known of the branch."""
    if dimension == PLACE:
        return _by_branch()
    figures = Figure.objects.newest(dimension, branch) or Figure.objects.newest(dimension)
    names = {band.slug: str(band) for band in Band.objects.filter(dimension__slug=dimension)}
    counts = {one.band.slug: one.estimate for one in figures}
    return People(counts, names, figures[0].source if figures else "")


def _by_branch() -> People:
    """All who live in each service area: the sum of a dimension that counts people and leaves nobody out."""
    branches = list(Branch.objects.all())
    figures = Figure.objects.exclude(branch=None).filter(band__dimension__counts_households=False)
    newest = figures.values("band__dimension", "branch").annotate(day=Max("of_day"), n=Sum("estimate"))
    latest = {(row["branch"], row["band__dimension"]): row["day"] for row in newest}
    found: dict[int, float] = {}
    for row in figures.values("band__dimension", "branch", "of_day").annotate(n=Sum("estimate")):
        if row["of_day"] == latest[row["branch"], row["band__dimension"]]:
            found[row["branch"]] = max(found.get(row["branch"], 0.0), row["n"])
    names = {branch.slug: str(branch) for branch in branches}
    source = figures.values_list("source", flat=True).first() or ""
    return People({branch.slug: found[branch.pk] for branch in branches if branch.pk in found}, names, source)


def beside(counts: Mapping[str, int], people: Mapping[str, float]) -> dict[str, float]:
    """The people to compare with: where "other" was offered, whatever was not named belongs to that."""
    living = dict(people)
    if OTHER in counts:
        living[OTHER] = sum(n for slug, n in people.items() if slug == OTHER or slug not in counts)
    return living


def dimensions_known() -> list[tuple[str, str]]:
    """What can be compared: dimensions with figures, and the place."""
    known = Dimension.objects.filter(bands__figures__isnull=False).distinct()
    return [*((one.slug, str(one)) for one in known), (PLACE, _("Place"))]
