"""What processes keep about people, and for how long: read by "my data" and by the nightly clean-up."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from rapport.deciding.models import Ballot, CodeCard, MailCode, OpinionVote, Participant, Proof, Statement
from rapport.deciding.models.participant import ParticipantQuerySet
from rapport.lib.later import can_wait
from rapport.loop.models import Speaker
from rapport.people.models import Person


def _theirs(person: Person) -> ParticipantQuerySet:
    return Participant.objects.filter(Q(person=person) | Q(speaker__in=Speaker.objects.behind(person)))


def export_participation(person: Person) -> list[dict[str, Any]]:
    """What somebody voted in secret is not among it: nobody can find that."""
    return [
        {
            "question": str(one.process.decision.question),
            "name": one.name,
            "code": one.spoken_code,
            "channel": one.get_channel_display(),
            "tier": one.get_tier_display(),
            "since": one.since.isoformat(),
            "shown": [proof.get_kind_display() for proof in one.proofs.all()],
            "said of themselves": [str(said.band) for said in one.descriptions.all()],
            **_said_by(one),
        }
        for one in _theirs(person)
        .select_related("process__decision")
        .prefetch_related("proofs", "descriptions__band")
        .order_by("pk")
    ]


def _said_by(participant: Participant) -> dict[str, Any]:
    """What is kept with a participant: statements, where they stand, and ballots of votes that are not secret."""
    stands = OpinionVote.objects.filter(participant=participant).select_related("statement")
    ballots = Ballot.objects.filter(participant=participant).select_related("poll")
    return {
        "statements": [str(one.words) for one in Statement.objects.filter(author=participant).order_by("pk")],
        "stands": [{"statement": str(one.statement.words), "vote": one.get_vote_display()} for one in stands],
        "open ballots": [{"vote": str(one.poll), "marks": one.marks} for one in ballots],
    }


def erase_participation(person: Person) -> None:
    """Take the person out of what they took part in. The proof that they did stays until the process is over.

    Without it they could come back and vote again; it is a hash that leads to nobody, and goes with all others.
    """
    _theirs(person).update(person=None, speaker=None, name="")


@can_wait
def clean_participation() -> int:
    """Some time after a process has been put away: proofs, names, codes and cards go; the numbers stay."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_participant_days)
    over = {"process__decision__closing__at__lt": then}
    removed = Proof.objects.filter(**over).delete()[0] + CodeCard.objects.filter(**over).delete()[0]
    known = Participant.objects.filter(**over).exclude(person=None, speaker=None, name="")
    return removed + known.update(person=None, speaker=None, name="")


@can_wait
def clean_mail_codes() -> int:
    return MailCode.objects.too_old().delete()[0]


def export_mail_codes(person: Person) -> list[dict[str, Any]]:
    sent = MailCode.objects.filter(email__iexact=person.email).select_related("process__decision")
    return [
        {"question": str(one.process.decision.question), "email": one.email, "at": one.at.isoformat()} for one in sent
    ]


def erase_mail_codes(person: Person) -> None:
    MailCode.objects.filter(email__iexact=person.email).delete()
