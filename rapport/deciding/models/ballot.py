"""A ballot, and that somebody has voted: two rows that nothing joins where the vote is secret."""

import hashlib
import random
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel

from .component import NotOpen
from .count import Count
from .participant import Participant
from .poll import Poll

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_AT_ONCE = 1000


class AlreadyVoted(Exception):
    """One vote each: this participant's ballot is in already."""


class BallotQuerySet(models.QuerySet["Ballot"]):
    @transaction.atomic
    def cast(self, poll: Poll, marks: Mapping[str, Any], *, participant: Participant) -> str:
        """Take a ballot into the urn; answers with the receipt, which is shown once and kept nowhere.

        The database refuses a second one of the same participant. Raises NotOpen, TierNotMet, AlreadyVoted.
        """
        poll.must_be_open()
        participant.must_meet(poll.process.vote_tier)
        return self.take(poll, marks, participant=participant)

    @transaction.atomic
    def take(self, poll: Poll, marks: Mapping[str, Any], *, participant: Participant) -> str:
        """The one door of the urn, for every channel; paper is counted after the polls have closed, too."""
        if participant.process_id != poll.phase.process_id:
            raise NotOpen
        poll.hold()
        try:
            with transaction.atomic():
                Turnout.objects.create(poll=poll, participant=participant)
        except IntegrityError as problem:
            raise AlreadyVoted from problem
        if Count.objects.filter(poll=poll).exists():
            raise NotOpen
        poll.fix_rules()
        receipt = new_receipt()
        Receipt.objects.create(poll=poll, digest=digest_of(receipt))
        self.create(
            poll=poll,
            marks=dict(marks),
            is_secret=poll.is_secret,
            participant=None if poll.is_secret else participant,
            is_paper=participant.channel == Channel.PAPER,
        )
        return receipt

    def with_receipt(self, poll: Poll, receipt: str) -> bool:
        """Whether the ballot with this receipt lies in the urn; what is on it nobody learns by this."""
        return Receipt.objects.filter(poll=poll, digest=digest_of(receipt)).exists()

    @transaction.atomic
    def change(self, poll: Poll, marks: Mapping[str, Any], *, participant: Participant) -> None:
        """Change what an open ballot says, as long as the vote runs. Raises NotOpen where it is over, or secret."""
        poll.must_be_open()
        Poll.objects.select_for_update().get(pk=poll.pk)
        changed = self.filter(poll=poll, participant=participant, is_secret=False).update(marks=dict(marks))
        if not changed or Count.objects.filter(poll=poll).exists():
            raise NotOpen

    @transaction.atomic
    def shuffle(self, poll: Poll) -> int:
        """Put the ballots, and the receipts, back in an order drawn by chance: not the one in which people voted."""
        Poll.objects.select_for_update().get(pk=poll.pk)
        ballots = list(self.filter(poll=poll))
        receipts = list(Receipt.objects.filter(poll=poll))
        for things, model in ((ballots, Ballot), (receipts, Receipt)):
            _put_back(model, things)
        return len(ballots)


def _put_back(model: "type[Ballot | Receipt]", things: "list[Any]") -> None:
    random.SystemRandom().shuffle(things)
    model.objects.filter(pk__in=[thing.pk for thing in things]).delete()
    for thing in things:
        thing.pk = uuid.uuid4()
    model.objects.bulk_create(things, batch_size=_AT_ONCE)


class Ballot(models.Model):
    """What one voter answered: `marks` is what the method counts, by the key of each option.

    It holds no time, and in a secret vote no voter and no receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    marks = models.JSONField(default=dict)
    is_secret = models.BooleanField()
    is_paper = models.BooleanField(default=False)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(participant=None), name="secret_ballot_has_no_name"
            ),
        ]
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")


class Receipt(models.Model):
    """That a ballot lies in the urn. No key leads from here to it: not even a receipt shows how somebody voted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="receipts")
    digest = models.CharField(max_length=64)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "digest"], name="receipt_of_one_ballot")]


class Turnout(models.Model):
    """That somebody has voted, and nothing about how. Its key is drawn by chance: it gives no order away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="turnout")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "participant"], name="one_vote_each")]


def new_receipt() -> str:
    """Twelve characters that can be read aloud; 60 bits, so that nobody guesses one."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _sign in range(4)) for _group in range(3))


def digest_of(receipt: str) -> str:
    """However it is written: small letters, without hyphens, with blanks."""
    signs = "".join(sign for sign in receipt.upper() if sign in _ALPHABET)
    written = "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
    return hashlib.sha256(written.encode()).hexdigest()
