from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .program import Program


class Locked(Exception):
    """What a pilot is measured by cannot be changed once it has begun."""


class PilotQuerySet(models.QuerySet["Pilot"]):
    def running(self) -> "PilotQuerySet":
        return self.exclude(started_at=None).filter(verdict=None)

    def past_review(self, day: date | None = None) -> "PilotQuerySet":
        """Begun, its review date gone, and nobody has said what comes of it."""
        return self.running().filter(review_on__lt=day or timezone.localdate())


class Pilot(models.Model):
    """A trial with its hypothesis, what it is measured by, and the day on which somebody decides."""

    program = models.OneToOneField(Program, models.CASCADE, related_name="pilot")
    hypothesis = WordsField(_("if we …, then …, for …"))
    review_on = models.DateField(_("review on"))
    hours_cap = models.PositiveIntegerField(_("staff hours at most"), null=True, blank=True)
    budget_cap = models.DecimalField(_("money at most"), max_digits=10, decimal_places=2, null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")

    @transaction.atomic
    def start(self, *, by: Person) -> None:
        """Lock the measures, open the doors, and tell everyone who asked. Raises ValueError without a measure."""
        if not self.measures.exists():
            raise ValueError("A pilot needs at least one measure before it starts")
        begun = Pilot.objects.filter(pk=self.pk, started_at=None).update(started_at=timezone.now(), started_by=by)
        self.refresh_from_db()
        if begun:
            self.program.publish()
            self._record(Turn.TRYING, self.hypothesis, by=by)

    @transaction.atomic
    def decide(
        self, choice: str, evidence: Mapping[str, str] | str, *, by: Person, new_review: date | None = None
    ) -> "Verdict":
        """Adopt, adapt, pause or stop, with the evidence for it. Raises ValueError before its start."""
        if self.started_at is None:
            raise ValueError("A pilot must have begun before it is decided")
        verdict = Verdict.objects.create(pilot=self, choice=choice, evidence=words(evidence), by=by)
        self._record(Choice(choice).turn, evidence, by=by)
        return verdict

    def _record(self, turn: Turn, said: Mapping[str, str] | str, *, by: Person) -> None:
        if self.program.loop:
            self.program.loop.record(turn, said, by=by, thing=self.program)


class Measure(models.Model):
    """What the pilot is measured by, with its two thresholds, fixed before the first session."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="measures")
    name = WordsField(_("what is measured"))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    green = models.DecimalField(_("good from"), max_digits=10, decimal_places=2)
    amber = models.DecimalField(_("fair from"), max_digits=10, decimal_places=2)
    more_is_better = models.BooleanField(_("more is better"), default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(more_is_better=True, green__gte=F("amber")) | Q(more_is_better=False, green__lte=F("amber")),
                name="green_is_better_than_amber",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_started()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_started()
        return super().delete(*args, **kwargs)

    def _refuse_when_started(self) -> None:
        if Pilot.objects.filter(pk=self.pilot_id).exclude(started_at=None).exists():
            raise Locked

    def read(self, value: Decimal | int, *, by: Person, note: str = "") -> "Reading":
        return self.readings.create(value=value, by=by, note=note)

    @property
    def colour(self) -> str:
        """green, amber, red, or "" while nothing has been read."""
        last = self.readings.last()
        if last is None:
            return ""
        sign = 1 if self.more_is_better else -1
        if sign * last.value >= sign * self.green:
            return "green"
        return "amber" if sign * last.value >= sign * self.amber else "red"


class Reading(models.Model):
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="readings")
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=2)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Choice(models.TextChoices):
    ADOPT = "adopt", _("Adopt: it stays")
    ADAPT = "adapt", _("Adapt: try it in another way")
    PAUSE = "pause", _("Pause")
    STOP = "stop", _("Stop")

    @property
    def turn(self) -> Turn:
        turns = {self.ADOPT: Turn.ADOPTED, self.ADAPT: Turn.ADAPTED, self.PAUSE: Turn.PAUSED, self.STOP: Turn.STOPPED}
        return turns[self]


class Verdict(models.Model):
    """What became of the pilot, who said so, and on what evidence."""

    pilot = models.OneToOneField(Pilot, models.CASCADE, related_name="verdict")
    choice = models.CharField(_("what becomes of it"), max_length=20, choices=Choice.choices)
    evidence = WordsField(_("evidence"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
