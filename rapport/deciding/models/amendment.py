from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.loop.models import Turn
from rapport.people.models import Person

from .component import NotOpen
from .participant import Participant
from .proposal import NotYours, Proposal
from .version import Version

if TYPE_CHECKING:
    from .collection import Collection


class AlreadyAnswered(Exception):
    """Somebody else has answered this already."""


class AmendmentState(models.TextChoices):
    WAITING = "waiting", _("waiting for the authors")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    @transaction.atomic
    def suggest(
        self, proposal: Proposal, *, participant: Participant, title: str, words: str, why: str, name: str = ""
    ) -> "Amendment":
        """Somebody would say it otherwise; the authors answer. Raises NotOpen, TierNotMet."""
        collection: Collection = proposal.collection
        collection.must_be_shaped()
        participant.must_meet(collection.process.join_tier)
        if not (collection.takes_amendments and proposal.is_public):
            raise NotOpen
        base = proposal.versions.order_by("-number").first()
        proposal.hear([participant])
        return self.create(
            proposal=proposal, base=base, participant=participant, name=name, title=title, words=words, why=why
        )


class Amendment(models.Model):
    """A change that somebody suggests, beside the words as they stand."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="amendments")
    base = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    name = models.CharField(_("how you are named to others"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    words = models.TextField(_("words"))
    why = models.TextField(_("why"))
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.WAITING)
    answer = models.TextField(_("what the authors say to it"), blank=True)
    answered_by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.DECLINED) | ~Q(answer=""), name="declined_change_has_reason"
            )
        ]
        verbose_name = _("suggested change")
        verbose_name_plural = _("suggested changes")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    @property
    def is_waiting(self) -> bool:
        return self.state == AmendmentState.WAITING

    @transaction.atomic
    def accept(self, *, by: Participant, answer: str = "", entered_by: Person | None = None) -> None:
        """The proposal says it so from now on, and who suggested it is credited. Raises NotYours, AlreadyAnswered."""
        from rapport.deciding.said import in_all_languages

        proposal = self._settle(AmendmentState.ACCEPTED, answer, by, entered_by)
        language = proposal.language
        proposal.title, proposal.words = {language: self.title}, {language: self.words}
        proposal.save(update_fields=["title", "words"])
        proposal.note_version(by=self.participant, why=self.why)
        if proposal.loop is not None:
            said = in_all_languages(
                lambda: _("“%(title)s” says it otherwise now: %(why)s") % {"title": self.title, "why": self.why}
            )
            proposal.loop.record(Turn.INFLUENCED, said, by=None, thing=proposal)

    @transaction.atomic
    def decline(self, *, by: Participant, answer: str, entered_by: Person | None = None) -> None:
        """Raises ValueError without a reason; NotYours, AlreadyAnswered."""
        if not answer.strip():
            raise ValueError("Whoever suggested it reads the reason")
        self._settle(AmendmentState.DECLINED, answer, by, entered_by)

    @transaction.atomic
    def take_back(self, *, by: Participant) -> None:
        if by.pk != self.participant_id:
            raise NotYours
        Amendment.objects.filter(pk=self.pk, state=AmendmentState.WAITING).update(state=AmendmentState.WITHDRAWN)

    def _settle(self, state: AmendmentState, answer: str, by: Participant, entered_by: Person | None) -> Proposal:
        proposal = Proposal.objects.select_for_update().get(pk=self.proposal_id)
        proposal.must_be_by(by)
        settled = Amendment.objects.filter(pk=self.pk, state=AmendmentState.WAITING).update(
            state=state, answer=answer, answered_by=by, entered_by=entered_by, answered_at=timezone.now()
        )
        if not settled or not proposal.is_public:
            raise AlreadyAnswered
        self.refresh_from_db()
        return proposal
