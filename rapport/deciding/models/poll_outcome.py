"""What a vote means, in words; when it is looked at again; and whether the ruling followed it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .count import Count
from .decision import Decision, Ruling
from .poll import Poll


class PollOutcomeQuerySet(models.QuerySet["PollOutcome"]):
    @transaction.atomic
    def say(
        self, poll: Poll, said: Mapping[str, str] | str, *, by: Person, review_on: date | None = None
    ) -> "PollOutcome":
        """Say what the vote means; everyone heard is told."""
        outcome = self.create(poll=poll, words=words(said), review_on=review_on, by=by)
        decision = poll.process.decision
        decision.loop.record(Turn.CAME_FURTHER, words(said), by=by, thing=decision)
        return outcome

    def to_be_reviewed(self, today: date | None = None) -> "PollOutcomeQuerySet":
        """Their day has come, and nobody has looked at them again."""
        return self.filter(review_on__lte=today or timezone.localdate(), review=None)


class PollOutcome(models.Model):
    """What a vote means in plain words, and the day on which somebody looks whether it still holds."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="outcome")
    words = WordsField(_("what came of it"))
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PollOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of a vote")
        verbose_name_plural = _("outcomes of votes")

    @property
    def reviewed(self) -> "Review | None":
        return getattr(self, "review", None)

    @transaction.atomic
    def look_again(self, said: Mapping[str, str] | str, *, by: Person) -> "Review":
        """Say whether it still holds; everyone heard is told."""
        review = Review.objects.create(outcome=self, words=words(said), by=by)
        decision = self.poll.process.decision
        decision.loop.record(Turn.CAME_FURTHER, words(said), by=by, thing=decision)
        return review


class Review(models.Model):
    """Somebody looked at an outcome again on its day."""

    outcome = models.OneToOneField(PollOutcome, models.CASCADE, related_name="review")
    words = WordsField(_("does it still hold?"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review of an outcome")
        verbose_name_plural = _("reviews of outcomes")


class BindingQuerySet(models.QuerySet["Binding"]):
    @transaction.atomic
    def decide(
        self,
        poll: Poll,
        decided: Mapping[str, str] | str,
        *,
        reasons: Mapping[str, str] | str,
        goes_ahead: bool,
        follows: bool,
        why_not: Mapping[str, str] | str = "",
        by: Person,
        at: datetime | None = None,
    ) -> "Binding":
        """Record the decision with the vote that it follows, or says in public why it does not."""
        decision: Decision = poll.process.decision
        ruling = decision.decide(decided, reasons=reasons, goes_ahead=goes_ahead, by=by, at=at)
        return self.create(ruling=ruling, poll=poll, follows=follows, why_not=words(why_not))


class Binding(models.Model):
    """That a ruling follows a vote. The database keeps no "it does not follow" without saying why."""

    ruling = models.OneToOneField(Ruling, models.CASCADE, related_name="binding")
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="bindings")
    follows = models.BooleanField(_("the decision follows the vote"))
    why_not = WordsField(_("why it does not"), blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(follows=True) | ~Q(why_not={}), name="departs_with_a_reason")]
        verbose_name = _("link of a ruling to a vote")
        verbose_name_plural = _("links of rulings to votes")


class ShownWords(models.Model):
    """The words on ballots (objections, concerns) that all may read, in chance order; the others are held back."""

    count = models.OneToOneField(Count, models.CASCADE, related_name="shown_words")
    words = models.JSONField(default=list)  # [{"answer": …, "why": …}]
    held_back = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("words shown of a vote")
        verbose_name_plural = _("words shown of votes")
