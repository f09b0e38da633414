"""A place for proposals with a few people around it, for the tests of everything that happens there."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from rapport.deciding.models import Collection, Participant, Phase, PhaseKind, Process, Proposal, Tier
from rapport.loop.models import Speaker


def idea_box(process: Process, **rules: Any) -> Collection:
    """Open since yesterday, for a month."""
    now = timezone.now()
    phase = process.phases.create(
        kind=PhaseKind.COLLECT, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30)
    )
    return Collection.objects.create(phase=phase, title="Ideas for the garden", **rules)


def somebody(process: Process, name: str = "", *, email: str = "") -> Participant:
    speaker = Speaker.objects.reached_at(email=email, language="en", name=name) if email else None
    return Participant.objects.join(process, name=name, speaker=speaker, language="en")


def an_idea(
    collection: Collection, author: Participant, title: str = "A pear tree", words: str = "It gives shade and pears."
) -> Proposal:
    """Written and published by its author."""
    draft = Proposal.objects.begin(
        collection, participant=author, language="en", name=author.name, title=title, words=words
    )
    draft.publish(by=author)
    return draft


def over(phase: Phase) -> None:
    Phase.objects.filter(pk=phase.pk).update(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(days=1)
    )


def anyone_may(process: Process) -> None:
    Process.objects.filter(pk=process.pk).update(join_tier=Tier.ANYONE)
