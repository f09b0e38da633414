"""While something is still open: which groups it misses, noted in rows so that somebody acts or says why not."""

from collections.abc import Iterator

from rapport.community.models import Band
from rapport.insight.methods.assessing.representation import Represented, Standing, representation
from rapport.insight.models import MissedGroup
from rapport.insight.models.missed import Group
from rapport.insight.reached import PLACE, Open, in_order
from rapport.insight.reaching.people import beside, people_of
from rapport.lib.later import can_wait
from rapport.places.models import Branch

Compared = list[tuple[Group, Represented]]


@can_wait
def look() -> None:
    """Once an hour. Harmless if run twice."""
    still = []
    for step in in_order():
        for one in step.open_now():
            look_at(one)
            still.append((one.thing, one.key))
    MissedGroup.objects.close_all_but(still)


def look_at(one: Open) -> dict[str, Compared]:
    """Compare what came so far, note whom it misses, and hand back every dimension that can be compared."""
    found = dict(compared(one))
    missing = [(band, row) for rows in found.values() for band, row in rows if row.standing == Standing.MISSING]
    MissedGroup.objects.note(one, missing)
    return found


def compared(one: Open) -> Iterator[tuple[str, Compared]]:
    branch = Branch.objects.filter(pk=one.branch).first() if one.branch else None
    for dimension, counts in one.counts.items():
        people = people_of(dimension, branch).counts
        rows = representation(counts, beside(counts, people)) if people else []
        bands = groups_of(dimension)
        if rows:
            yield dimension, [(bands[row.band], row) for row in rows if row.band in bands]


def groups_of(dimension: str) -> dict[str, Group]:
    if dimension == PLACE:
        return {branch.slug: branch for branch in Branch.objects.all()}
    return {band.slug: band for band in Band.objects.filter(dimension__slug=dimension).select_related("dimension")}
