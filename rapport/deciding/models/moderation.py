"""What the library did with a proposal or a comment that breaks a rule of the house: who, when, and why."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .comment import Comment
from .proposal import Proposal, ProposalState


class HouseRule(models.Model):
    """For what something is hidden or sent back; the author reads it, and how often it happened is public."""

    words = WordsField(_("rule"))
    order = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("rule of the house")
        verbose_name_plural = _("rules of the house")

    def __str__(self) -> str:
        return str(self.words)


class Doing(models.TextChoices):
    LET_THROUGH = "let_through", _("let everybody read it")
    SENT_BACK = "sent_back", _("sent it back")
    HIDDEN = "hidden", _("hid it")
    SHOWN_AGAIN = "shown_again", _("showed it again")

    @property
    def needs_reason(self) -> bool:
        return self in (Doing.SENT_BACK, Doing.HIDDEN)


class Moderation(models.Model):
    """One line of the log. What takes something away always has a rule, or words, that its author reads."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="moderations")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="moderations")
    doing = models.CharField(max_length=12, choices=Doing.choices)
    rule = models.ForeignKey(HouseRule, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("in your words, for the author"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=True, comment__isnull=False)
                | Q(proposal__isnull=False, comment__isnull=True),
                name="moderates_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(doing__in=[Doing.SENT_BACK, Doing.HIDDEN]) | Q(rule__isnull=False) | ~Q(words=""),
                name="moderated_with_reason",
            ),
        ]
        verbose_name = _("moderation")
        verbose_name_plural = _("moderations")

    @property
    def reason(self) -> str:
        return " ".join(part for part in (str(self.rule or ""), self.words) if part)

    @can_wait
    def tell(self) -> None:
        """Write to its authors, as far as they can be reached. Run twice, it writes nothing more."""
        from rapport.deciding.proposal_letters import tell_moderation

        tell_moderation(self)


@transaction.atomic
def moderate(
    thing: Proposal | Comment, doing: Doing, *, by: Person, rule: HouseRule | None = None, words: str = ""
) -> Moderation:
    """Raises ValueError where something is taken away without a reason, or where it cannot be done to it."""
    if doing.needs_reason and rule is None and not words.strip():
        raise ValueError("Its author reads the reason")
    if isinstance(thing, Comment):
        _moderate_comment(thing, doing)
        done = Moderation.objects.create(comment=thing, doing=doing, rule=rule, words=words, by=by)
    else:
        _moderate_proposal(thing, doing)
        done = Moderation.objects.create(proposal=thing, doing=doing, rule=rule, words=words, by=by)
    if doing.needs_reason:
        later(done.tell)
    return done


def _moderate_proposal(proposal: Proposal, doing: Doing) -> None:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state not in _FROM[doing]:
        raise ValueError(f"A proposal that is {locked.state} cannot be {doing}")
    if doing in (Doing.LET_THROUGH, Doing.SHOWN_AGAIN):
        locked.appear()
    else:
        locked.disappear(ProposalState.HIDDEN if doing == Doing.HIDDEN else ProposalState.RETURNED)
    proposal.refresh_from_db()


_FROM = {
    Doing.LET_THROUGH: (ProposalState.WAITING,),
    Doing.SENT_BACK: (ProposalState.WAITING, ProposalState.PUBLIC),
    Doing.HIDDEN: (ProposalState.WAITING, ProposalState.PUBLIC, ProposalState.RETURNED),
    Doing.SHOWN_AGAIN: (ProposalState.HIDDEN, ProposalState.RETURNED),
}


def _moderate_comment(comment: Comment, doing: Doing) -> None:
    now = timezone.now()
    comment.hidden_at = now if doing in (Doing.HIDDEN, Doing.SENT_BACK) else None
    comment.looked_at, comment.taken_by, comment.taken_at = now, None, None
    comment.save(update_fields=["hidden_at", "looked_at", "taken_by", "taken_at"])


def take(thing: Proposal | Comment, *, by: Person) -> bool:
    """Look after it, unless a colleague was quicker. Says whether it is now theirs."""
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    rows.filter(taken_by=None).update(taken_by=by, taken_at=timezone.now())
    return rows.filter(taken_by=by).exists()


def put_back(thing: Proposal | Comment, *, by: Person) -> None:
    type(thing)._default_manager.filter(pk=thing.pk, taken_by=by).update(taken_by=None, taken_at=None)
