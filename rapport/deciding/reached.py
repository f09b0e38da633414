"""Whom the ways of deciding together reached: who proposed, supported, commented, said where they stand, and voted.

By the branch at which they took part, and by what they said of themselves where the process asks. What somebody showed
at the door (a card, a code) is a proof that they take part once: it is never read as a word about them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from rapport.deciding.models import (
    Authorship,
    Collection,
    Comment,
    Conversation,
    OpinionVote,
    Participant,
    Phase,
    Poll,
    Process,
    ProposalState,
    Support,
    Turnout,
)
from rapport.deciding.models.self_description import bands_asked, counts_by_band
from rapport.insight.reached import PLACE, Count, Open
from rapport.places.models import Branch

_PROCESS = "participant__process"


def proposed(first: date, last: date) -> Iterator[Count]:
    rows = Authorship.objects.filter(
        proposal__state=ProposalState.PUBLIC, proposal__published_at__range=_days(first, last)
    )
    yield from _counted(rows.annotate(month=TruncMonth("proposal__published_at")), first, last)


def supported(first: date, last: date) -> Iterator[Count]:
    rows = Support.objects.filter(at__range=_days(first, last), is_carried=False)
    yield from _counted(rows.annotate(month=TruncMonth("at")), first, last)


def commented(first: date, last: date) -> Iterator[Count]:
    rows = Comment.objects.shown().filter(at__range=_days(first, last)).exclude(participant=None)
    yield from _counted(rows.annotate(month=TruncMonth("at")), first, last)


def stood(first: date, last: date) -> Iterator[Count]:
    """A vote on a statement holds no time, so it is counted in the month in which somebody began to take part."""
    rows = OpinionVote.objects.filter(participant__since__range=(first, last))
    yield from _counted(rows.annotate(month=TruncMonth("participant__since")), first, last)


def voted(first: date, last: date) -> Iterator[Count]:
    """Who voted holds no time either: they count in the month in which the vote ends, or runs now."""
    today = timezone.localdate()
    yield from _zeros(first, last)
    for poll in Poll.objects.filter(phase__opens_at__lte=timezone.now()).select_related("phase"):
        day = min(poll.phase.last_day, today)
        if first <= day <= last:
            yield from _grouped(Turnout.objects.filter(poll=poll), day.replace(day=1))


def _days(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        timezone.make_aware(datetime.combine(first, time.min)),
        timezone.make_aware(datetime.combine(last, time.max)),
    )


def _counted(rows: "QuerySet[Any]", first: date, last: date) -> Iterator[Count]:
    """Each participant once a month, by branch, way and band."""
    yield from _zeros(first, last)
    yield from _grouped(rows, None)


def _zeros(first: date, last: date) -> Iterator[Count]:
    """What people could have said, in processes of these days, and where they could have come."""
    phases = Phase.objects.public().filter(opens_at__lte=_days(first, last)[1], closes_at__gte=_days(first, last)[0])
    here = set(phases.values_list("process__decision__branch", flat=True))
    slugs = Branch.objects.values_list("pk", "slug")
    yield from (Count(PLACE, slug, 0, key, first) for key, slug in slugs if None in here or key in here)
    asking = Process.objects.filter(phases__in=phases, asks__isnull=False).distinct()
    for process in asking.select_related("decision"):
        for dimension, bands in bands_asked(process).items():
            yield from (Count(dimension, band, 0, process.decision.branch_id, first) for band in bands)


def _grouped(rows: "QuerySet[Any]", month: date | None) -> Iterator[Count]:
    where = Coalesce("participant__branch", f"{_PROCESS}__decision__branch")
    rows = rows.filter(participant__process__opening__isnull=False).order_by()
    named = rows.annotate(place=where, way=F("participant__channel"))
    people = CountRows("participant", distinct=True)
    group = ["place", "way"] if month else ["place", "way", "month"]
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    for row in named.exclude(place=None).values(*group).annotate(n=people):
        yield Count(PLACE, slugs[row["place"]], row["n"], row["place"], month or _month(row["month"]), row["way"])
    told = named.filter(participant__descriptions__isnull=False)
    said = ["participant__descriptions__dimension__slug", "participant__descriptions__band__slug"]
    for row in told.values(*group, *said).annotate(n=people):
        dimension, band = (row[name] for name in said)
        yield Count(dimension, band, row["n"], row["place"], month or _month(row["month"]), row["way"])


def _month(value: datetime | date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


# ── while it is still open ──


def deciding_now() -> Iterator[Open]:
    """Each vote, conversation and collection that takes something now, with who has taken part in it so far."""
    for poll in _open(Poll.objects.all()):
        yield from _so_far("deciding.poll", poll, Turnout.objects.filter(poll=poll))
    for conversation in _open(Conversation.objects.all()):
        votes = OpinionVote.objects.filter(statement__conversation=conversation)
        yield from _so_far("deciding.conversation", conversation, votes)
    for collection in _open(Collection.objects.all(), "shaping"):
        proposals = collection.proposals.public()
        acts = [one._default_manager.filter(proposal__in=proposals) for one in (Authorship, Support, Comment)]
        yield from _so_far("deciding.collection", collection, *acts)


def _open(rows: "QuerySet[Any]", *also: str) -> Iterable[Any]:
    rows = rows.select_related(
        "phase__process__decision__closing", "phase__process__opening", *(f"{name}__process__opening" for name in also)
    )
    public = rows.filter(phase__in=Phase.objects.public())
    return [one for one in public if one.is_open or getattr(one, "is_shaped", False)]


def _so_far(thing: str, one: Any, *acts: "QuerySet[Any]") -> Iterator[Open]:
    process = one.process
    did = [Q(pk__in=rows.values("participant")) for rows in acts]
    people = Participant.objects.filter(reduce(or_, did))
    counts = counts_by_band(process, people)
    if process.decision.branch_id is None:
        counts[PLACE] = _by_place(people)
    if counts:
        yield Open(thing, one.pk, one.title, process.decision.branch_id, counts)


def _by_place(people: "QuerySet[Participant]") -> dict[str, int]:
    counts = dict.fromkeys(Branch.objects.values_list("slug", flat=True), 0)
    rows = people.exclude(branch=None).order_by().values_list("branch__slug").annotate(n=CountRows("pk"))
    return counts | dict(rows)
