"""That somebody supports a proposal: once each, and no more of them than the collection allows."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.loop.models import Turn
from rapport.people.models import Person

from .participant import Participant
from .process import Process
from .proposal import Proposal, ProposalState, speakers_behind


class EnoughSupports(Exception):
    """This participant supports as many proposals of the collection as each may."""


class NotSupported(Exception):
    """The proposal is not public, or takes no support."""


class SupportQuerySet(models.QuerySet["Support"]):
    @transaction.atomic
    def give(
        self, proposal: Proposal, participant: Participant, *, channel: str = "", entered_by: Person | None = None
    ) -> "Support":
        """Support it; a second time changes nothing. Who supports it hears what comes of it.

        Raises NotOpen, TierNotMet, NotSupported, EnoughSupports.
        """
        collection = proposal.collection
        collection.must_be_shaped()
        if not entered_by:
            participant.must_meet(collection.process.join_tier)
        Participant.objects.select_for_update().get(pk=participant.pk)  # two at once are counted one after the other
        locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if not (collection.takes_supports and locked.is_public):
            raise NotSupported
        known = self.filter(proposal=locked, participant=participant).first()
        if known is not None:
            return known
        if self.used(collection.pk, participant) >= (collection.most_supports or 1_000_000):
            raise EnoughSupports
        given = self.create(
            proposal=locked, participant=participant, channel=channel or participant.channel, entered_by=entered_by
        )
        recount(locked)
        locked.hear([participant])
        proposal.supporters = locked.supporters
        return given

    def used(self, collection: int, participant: Participant) -> int:
        """How many of the supports that each has this one has given; what a merging carried over does not count."""
        return self.filter(
            proposal__collection=collection,
            participant=participant,
            is_carried=False,
            proposal__state=ProposalState.PUBLIC,
        ).count()

    @transaction.atomic
    def from_sheet(
        self, proposal: Proposal, name: str, detail: str, *, by: Person, channel: str = Channel.PAPER
    ) -> "Support | None":
        """A line of a printed list: somebody who showed nothing, and is marked so. None where it is there already.

        Who stands on several lists of the process with the same name and detail (a street, a postcode) is one person.
        """
        mark = sheet_mark(proposal.collection.process, name, detail)
        known = self.filter(proposal__collection=proposal.collection_id, sheet_mark=mark).first()
        if self.filter(proposal=proposal, sheet_mark=mark).exists():
            return None
        participant = (
            known.participant
            if known
            else Participant.objects.join(
                proposal.collection.process, channel=channel, name=name.strip().split(" ")[0][:80]
            )
        )
        try:
            with transaction.atomic():
                support = self.give(proposal, participant, channel=channel, entered_by=by)
                support.is_proven, support.sheet_mark = False, mark
                support.save(update_fields=["is_proven", "sheet_mark"])
        except IntegrityError:  # two colleagues entered the same line at once
            if known is None:
                participant.delete()
            return None
        return support


class Support(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_proven = models.BooleanField(default=True)  # a name on a list alone proves nothing
    sheet_mark = models.CharField(max_length=64, blank=True)
    is_carried = models.BooleanField(default=False)  # came with a merging or splitting, not by choice
    at = models.DateTimeField(default=timezone.now)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "participant"], name="supported_once"),
            models.UniqueConstraint(
                fields=["proposal", "sheet_mark"], condition=~models.Q(sheet_mark=""), name="once_on_the_lists"
            ),
        ]
        verbose_name = _("support")
        verbose_name_plural = _("supports")

    @transaction.atomic
    def withdraw(self) -> None:
        """They do not support it any more, and hear nothing more of it, unless they wrote it."""
        self.proposal.collection.must_be_shaped()
        proposal = Proposal.objects.select_for_update().get(pk=self.proposal_id)
        Support.objects.filter(pk=self.pk).delete()
        recount(proposal)
        if proposal.loop is not None and not proposal.is_by(self.participant):
            proposal.loop.heard.filter(speaker__in=speakers_behind([self.participant])).delete()


def recount(proposal: Proposal) -> None:
    """Set the number beside the supports, under the lock of the proposal, and say so once when there are enough."""
    proposal.supporters = proposal.supports.count()
    threshold = proposal.collection.threshold
    is_new = bool(threshold and proposal.supporters >= threshold and proposal.enough_at is None)
    if is_new:
        proposal.enough_at = timezone.now()
    proposal.save(update_fields=["supporters", "enough_at"])
    if is_new and proposal.loop is not None:
        proposal.loop.record(Turn.TAKEN_UP, _enough_words(proposal), by=None, thing=proposal)


def _enough_words(proposal: Proposal) -> dict[str, str]:
    from rapport.deciding.said import in_all_languages

    return in_all_languages(
        lambda: (
            _("“%(title)s” has found %(number)s supporters. Now the library answers.")
            % {"title": proposal.title, "number": proposal.supporters}
        )
    )


def sheet_mark(process: Process, name: str, detail: str) -> str:
    """A keyed hash that tells the same line from another, and gives neither name nor street away."""
    line = " ".join(f"{name} {detail}".casefold().split())
    return salted_hmac("deciding.sheet", f"{process.pk}:{line}", algorithm="sha256").hexdigest()
