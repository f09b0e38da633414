from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Dimension
from rapport.insight.models import Need
from rapport.lib.translated import words
from rapport.loop.models import Loop, Speaker, Turn
from rapport.people.models import Person
from rapport.places.models import Branch

from .decision import Decision
from .participant import Tier

if TYPE_CHECKING:
    from .phase import Phase


class AlreadyFixed(Exception):
    """What was published stays: the promise once people have seen it, who may vote once a ballot is in."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class ProcessQuerySet(models.QuerySet["Process"]):
    def public(self) -> "ProcessQuerySet":
        """Those that people can see: opened, and of a decision whose story anyone may read."""
        return self.filter(opening__isnull=False, decision__loop__is_public=True)

    def reached_by(self, person: Person, permission: str) -> "ProcessQuerySet":
        """Those at the branches where this person's role reaches, and those of the whole library."""
        branches = person.branches_where(permission)
        if branches is None:
            return self
        return self.filter(Q(decision__branch__in=branches) | Q(decision__branch=None))

    @transaction.atomic
    def prepare(
        self,
        question: Mapping[str, str] | str,
        *,
        by: Person,
        need: Need | None = None,
        branch: Branch | None = None,
        decision: dict[str, Any],
        **fields: Any,
    ) -> "Process":
        """Set up a process that nobody sees yet; `decision` holds what `Decision` wants (promise, decider, by_when)."""
        branch = branch or (need.branch if need else None)
        loop = need.loop if need else Loop.objects.begin(question, by=by, branch=branch, is_public=False)
        asked = Decision.objects.create(
            question=words(question), need=need, branch=branch, loop=loop, by=by, **decision
        )
        return self.create(decision=asked, by=by, **fields)

    def prepare_for(self, decision: Decision, *, by: Person, **fields: Any) -> "Process":
        """Make a question that was asked already into a process; its page stays readable while that is prepared."""
        return self.create(decision=decision, by=by, was_asked_before=True, **fields)


class Process(models.Model):
    """The way to a decision: its phases, what people can do in each, who may take part, and what it may cost.

    The question, the promise, who decides and what came of it are the decision's own.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="process")
    starter = models.CharField(max_length=40, blank=True)  # the template that it was begun from
    was_asked_before = models.BooleanField(default=False)  # people knew the question before there was a process
    join_tier = models.CharField(_("who may say something"), max_length=10, choices=Tier.choices, default=Tier.ANYONE)
    vote_tier = models.CharField(_("who may vote"), max_length=10, choices=Tier.choices, default=Tier.REACHED)
    asks = models.ManyToManyField(
        Dimension, related_name="+", blank=True, verbose_name=_("what people may say of themselves")
    )
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=Decimal(0)), name="budget_not_negative")
        ]
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    def __str__(self) -> str:
        return str(self.decision)

    def get_absolute_url(self) -> str:
        return self.decision.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether people can see it and it has not been put away."""
        return hasattr(self, "opening") and self.decision.is_open

    @transaction.atomic
    def open(self, *, by: Person, at: datetime | None = None) -> "Opening":
        """Let people see it from now on; everyone heard is told that the question is asked."""
        at = at or timezone.now()
        opening = Opening.objects.create(process=self, by=by, at=at)
        if self.was_asked_before:
            return opening
        loop = self.decision.loop
        Loop.objects.filter(pk=loop.pk).update(is_public=True)
        Decision.objects.filter(pk=self.decision_id).update(at=at)
        loop.record(Turn.ASKED, self.decision.question, by=by, thing=self.decision, at=at)
        return opening

    @property
    def is_public(self) -> bool:
        """Whether people have seen it, or at least its question."""
        return self.was_asked_before or hasattr(self, "opening")

    def has_votes(self) -> bool:
        from .ballot import Turnout  # it needs this module first

        return Turnout.objects.filter(poll__phase__process=self).exists()

    @transaction.atomic
    def change(self, *, decision: Mapping[str, Any], **fields: Any) -> None:
        """Other words, days, money or tiers. Raises AlreadyFixed for what people rely on already."""
        if self.is_public and decision.get("promise", self.decision.promise) != self.decision.promise:
            raise AlreadyFixed("promise")
        for name in ("join_tier", "vote_tier"):
            if fields.get(name, getattr(self, name)) != getattr(self, name) and self.has_votes():
                raise AlreadyFixed(name)
        asks = fields.pop("asks", None)
        if asks is not None:
            self.asks.set(asks)
        for thing, changed in ((self.decision, decision), (self, fields)):
            for name, value in changed.items():
                setattr(thing, name, value)
            if changed:
                thing.save(update_fields=list(changed))

    def phase_now(self, now: datetime | None = None) -> "Phase | None":
        """The phase that is open at this moment; of two that overlap, the one that began last."""
        return self.phases.open(now).order_by("-opens_at").first()

    def follow(self, speaker: Speaker | None, *, again: bool = False) -> None:
        """This speaker wants to be told what comes of it; `again` where it is certain that it is they who ask."""
        if speaker is None:
            return
        self.decision.loop.hear([speaker])
        if again:
            self.decision.loop.heard.filter(speaker=speaker).update(stopped_at=None)

    def unfollow(self, speaker: Speaker) -> None:
        for heard in self.decision.loop.heard.filter(speaker=speaker):
            heard.stop()

    def participants_counted(self) -> int:
        """How many people took part, by whichever way: web, kiosk, paper, desk or phone."""
        return self.participants.count()


class Opening(models.Model):
    """Who let people see a process, and when."""

    process = models.OneToOneField(Process, models.CASCADE, related_name="opening")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
