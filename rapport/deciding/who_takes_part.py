"""How many take part in a process, and by which way; never who."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from rapport.deciding.models import (
    CodeCard,
    Collection,
    Conversation,
    Poll,
    Process,
    Proof,
    ProofKind,
    SelfDescription,
    Tier,
)
from rapport.deciding.models.participant import digest
from rapport.insight.models import MissedGroup
from rapport.lib.publishing import published
from rapport.listening.models import Channel


@dataclass(frozen=True)
class Batch:
    """Code cards that were dealt together."""

    name: str
    cards: int
    used: int
    stopped: int

    @property
    def is_stopped(self) -> bool:
        return self.stopped == self.cards


def by_way(process: Process) -> list[tuple[str, int]]:
    return [(str(Channel(way).label), n) for way, n in _counted(process, "channel")]


def by_tier(process: Process) -> list[tuple[str, int]]:
    return [(str(Tier(tier).label), n) for tier, n in _counted(process, "tier")]


def by_branch(process: Process) -> list[tuple[Any, int]]:
    return [(name, n) for name, n in _counted(process, "branch__name")]


def by_what_they_said(process: Process) -> list[tuple[str, list[tuple[str, int | None]]]]:
    """By each dimension that is asked; small numbers stay hidden at the desk as well."""
    counts = SelfDescription.objects.counted(process)
    found = []
    for dimension in process.asks.prefetch_related("bands"):
        bands = list(dimension.bands.all())
        shown = published([counts[dimension.slug].get(band.slug, 0) for band in bands]).row
        found.append((str(dimension), [(str(band), n) for band, n in zip(bands, shown, strict=True)]))
    return found


def missed_in(process: Process) -> list[MissedGroup]:
    """Whom its votes, conversations and collections miss while they are open."""
    here = Q(pk__in=())
    for label, model in (("poll", Poll), ("conversation", Conversation), ("collection", Collection)):
        keys = model._default_manager.filter(phase__process=process).values("pk")
        here |= Q(thing=f"deciding.{label}", thing_key__in=keys)
    return MissedGroup.objects.current().filter(here).to_be_shown()


def _counted(process: Process, what: str) -> list[tuple[Any, int]]:
    rows = process.participants.order_by().values_list(what).annotate(n=Count("pk")).order_by("-n")
    return [(value, n) for value, n in rows]


def batches_of(process: Process) -> list[Batch]:
    """Counted from the hashes of the codes that were shown: which card was used stands nowhere."""
    shown = set(Proof.objects.filter(process=process, kind=ProofKind.CODE_CARD).values_list("digest", flat=True))
    found: dict[str, list[tuple[bool, bool]]] = {}
    for batch, code, stopped in process.code_cards.values_list("batch", "code", "stopped_at"):
        found.setdefault(batch, []).append((digest(process, code) in shown, stopped is not None))
    return [
        Batch(name, len(cards), sum(used for used, _stopped in cards), sum(stopped for _used, stopped in cards))
        for name, cards in found.items()
    ]


def cards_to_print(process: Process, batch: str) -> list[CodeCard]:
    return list(process.code_cards.filter(batch=batch, stopped_at=None))
