"""A place for proposals with a few people around it, for the tests of everything that happens there."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from rapport.deciding.models import (
    Amendment,
    Collection,
    Comment,
    Merging,
    Participant,
    Phase,
    PhaseKind,
    Process,
    Proposal,
    Stance,
)
from rapport.loop.models import Speaker
from rapport.people.models import Person


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


def a_whole_idea(process: Process, *, by: Person) -> Proposal:
    """With a picture, a comment, a suggested change, and a merging that waits for consent."""
    collection = idea_box(process, asks_branch=True, asks_place=True)
    noor = somebody(process, "Noor")
    idea = an_idea(collection, noor)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(picture, "WEBP")
    idea.picture.save("tree.webp", ContentFile(picture.getvalue()))
    Comment.objects.say(idea, "Wasps", participant=noor, stance=Stance.AGAINST)
    Amendment.objects.suggest(idea, participant=noor, title="A plum tree", words="It gives shade.", why="Fewer wasps")
    other = an_idea(collection, noor, "Shade", "We need shade.")
    Merging.objects.propose([idea, other], [("A tree for shade", "Pears and shade")], by=by)
    return idea


def over(phase: Phase) -> None:
    Phase.objects.filter(pk=phase.pk).update(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(days=1)
    )
