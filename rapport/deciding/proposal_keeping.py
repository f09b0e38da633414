"""What proposals keep about people: read by "my data". Who had no account is found by nobody."""

from typing import Any

from django.db.models import F

from rapport.deciding.models import Amendment, Authorship, Comment, Participant, Proposal, Support
from rapport.people.models import Person

from .models.proposal import ProposalState

Rows = list[dict[str, Any]]


def export_proposals(person: Person) -> Rows:
    theirs = Participant.objects.filter(person=person)
    written = Proposal.objects.of(theirs).order_by("pk")
    rows: Rows = [{"proposal": one.own_title, "words": one.own_words, "state": one.state} for one in written]
    rows += [
        {"comment": one.words, "on": str(one.proposal)}
        for one in Comment.objects.filter(participant__in=theirs).select_related("proposal")
    ]
    rows += [
        {"suggested": one.words, "on": str(one.proposal)}
        for one in Amendment.objects.filter(participant__in=theirs).select_related("proposal")
    ]
    rows += [
        {"supports": str(one.proposal)}
        for one in Support.objects.filter(participant__in=theirs).select_related("proposal")
    ]
    return rows


def erase_proposals(person: Person) -> None:
    """Drafts go; what is public stays without the name, and nothing leads to them from it."""
    theirs = Participant.objects.filter(person=person)
    alone = Proposal.objects.of(theirs).filter(state=ProposalState.DRAFT)
    for draft in alone.prefetch_related("authorships"):
        if len(draft.authorships.all()) == 1:
            draft.delete()
    for model in (Authorship, Comment, Amendment):
        model._default_manager.filter(participant__in=theirs).update(name="")
    theirs.update(name="", person=None, speaker=None, code=F("code"))
