from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Closing, Turn
from rapport.people.models import Person

from .proposal import Outcome, Proposal, ProposalState

_TURNS = {
    Outcome.EVALUATING: Turn.TAKEN_UP,
    Outcome.ACCEPTED: Turn.DECIDED,
    Outcome.PARTLY: Turn.DECIDED,
    Outcome.REJECTED: Turn.DECIDED_AGAINST,
}


class OfficialAnswerQuerySet(models.QuerySet["OfficialAnswer"]):
    @transaction.atomic
    def give(
        self,
        proposal: Proposal,
        outcome: Outcome,
        *,
        reason: Mapping[str, str] | str,
        by: Person,
        at: datetime | None = None,
        **fields: Any,
    ) -> "OfficialAnswer":
        """Say what becomes of it, and why; its authors and supporters are told. Raises ValueError without a reason."""
        if not any(text.strip() for text in words(reason).values()):
            raise ValueError("Its authors and supporters read the reason")
        at = at or timezone.now()
        locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if locked.state != ProposalState.PUBLIC or locked.loop is None:
            raise ValueError("Only what is public is answered")
        answer = self.create(proposal=locked, outcome=outcome, reason=words(reason), by=by, at=at, **fields)
        Proposal.objects.filter(pk=locked.pk).update(outcome=outcome)
        proposal.outcome = outcome
        locked.loop.record(_TURNS[outcome], answer.said(), by=by, thing=locked, at=at)
        Closing.objects.filter(loop=locked.loop).delete()  # a second look takes the story up again
        if outcome == Outcome.REJECTED:
            locked.loop.close(by=by, at=at)
        return answer


class OfficialAnswer(models.Model):
    """What the library answers to a proposal: whether, why, what it costs, by when, who does it, what happens next."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers")
    outcome = models.CharField(_("what becomes of it"), max_length=10, choices=Outcome.choices)
    reason = WordsField(_("why"))
    next_words = WordsField(_("what happens next"), blank=True)
    cost = models.DecimalField(_("what it costs"), max_digits=12, decimal_places=2, null=True, blank=True)
    due = models.DateField(_("by when"), null=True, blank=True)
    doer = WordsField(_("who does it"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfficialAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="answer_costs_nothing_or_more")
        ]
        verbose_name = _("answer of the library")
        verbose_name_plural = _("answers of the library")

    def said(self) -> dict[str, str]:
        """The reason and what happens next, in every language in which the reason is written."""
        after = words(self.next_words)
        return {
            code: "\n\n".join(part for part in (text, after.get(code, "")) if part)
            for code, text in words(self.reason).items()
        }

    @property
    def kind(self) -> Outcome:
        return Outcome(self.outcome)
