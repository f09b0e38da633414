"""What was promised because of needs: commitments on the story of a need, or that name it as their origin."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from rapport.deciding.models import Commitment
from rapport.deciding.models.commitment import Origin, Standing
from rapport.insight.answering import Promised
from rapport.insight.models import Need

_TONES = {
    Standing.KEPT: "done",
    Standing.KEPT_LATER: "done",
    Standing.RUNNING: "present",
    Standing.MOVED: "owed",
}


def promised_for_needs(needs: Iterable[int]) -> dict[int, list[Promised]]:
    loops = dict(Need.objects.filter(pk__in=list(needs)).values_list("loop", "pk"))
    named = Origin.objects.filter(thing="insight.need", thing_key__in=list(loops.values()))
    origins: dict[int, set[int]] = defaultdict(set)
    for commitment, need in named.values_list("commitment", "thing_key"):
        origins[commitment].add(need)
    rows = Commitment.objects.filter(Q(loop__in=loops) | Q(pk__in=origins))
    public = set(rows.public().values_list("pk", flat=True))
    found: dict[int, list[Promised]] = defaultdict(list)
    for row in rows.select_related("keeping", "giving_up"):
        told = _promised(row, is_public=row.pk in public)
        for need in origins[row.pk] | ({loops[row.loop_id]} if row.loop_id in loops else set()):
            found[need].append(told)
    return found


def _promised(row: Commitment, *, is_public: bool) -> Promised:
    return Promised(
        title=str(row),
        state=row.standing.label,
        due=row.due,
        url=row.get_absolute_url() if is_public else "",
        desk_url=reverse("deciding:desk-commitment", args=[row.pk]),
        is_public=is_public,
        tone=_TONES.get(row.standing, "declined"),
    )
