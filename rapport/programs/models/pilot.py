from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .program import Program


class Locked(Exception):
    """What a pilot is measured by cannot be changed once it has begun."""


class NothingToMeasure(Exception):
    """A pilot without a measure could not be decided by evidence, so it does not start."""


class NotBegun(Exception):
    """A pilot is decided by what it showed: it has to begin first."""


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

    def add_measure(
        self,
        name: Mapping[str, str] | str,
        *,
        green: Decimal | int,
        amber: Decimal | int,
        unit: str = "",
        more_is_better: bool = True,
    ) -> "Measure":
        """Raises Locked once the pilot has begun."""
        return self.measures.create(
            name=words(name), green=green, amber=amber, unit=unit, more_is_better=more_is_better
        )

    @transaction.atomic
    def start(self, *, by: Person, at: datetime | None = None) -> None:
        """Lock the measures, open the doors, and tell everyone who asked. Raises NothingToMeasure without a measure."""
        at = at or timezone.now()
        begun = Pilot.objects.filter(pk=self.pk, started_at=None).update(started_at=at, started_by=by)
        if begun and not self.measures.exists():
            raise NothingToMeasure
        self.refresh_from_db(fields=["started_at", "started_by"])
        if begun:
            self.program.publish(at)
            self._record(Turn.TRYING, self.hypothesis, by=by, at=at)

    @transaction.atomic
    def decide(
        self, choice: str, evidence: Mapping[str, str] | str, *, by: Person, at: datetime | None = None
    ) -> "Verdict":
        """Adopt, adapt, pause or stop, once, with the evidence for it. Raises NotBegun before its start."""
        if self.started_at is None:
            raise NotBegun
        at = at or timezone.now()
        verdict = Verdict.objects.create(pilot=self, choice=choice, evidence=words(evidence), by=by, at=at)
        self._record(Choice(choice).turn, evidence, by=by, at=at)
        return verdict

    def _record(self, turn: Turn, said: Mapping[str, str] | str, *, by: Person, at: datetime) -> None:
        if self.program.loop:
            self.program.loop.record(turn, said, by=by, thing=self.program, at=at)

    @property
    def decided(self) -> "Verdict | None":
        return getattr(self, "verdict", None)

    @property
    def has_begun(self) -> bool:
        return self.started_at is not None

    @property
    def is_past_review(self) -> bool:
        return self.has_begun and self.decided is None and self.review_on < timezone.localdate()

    @property
    def stands_words(self) -> str:
        """Where the trial stands, for people."""
        if self.decided:
            return str(Choice(self.decided.choice).stands)
        if not self.has_begun:
            return str(_("being prepared"))
        return str(_("past its review") if self.is_past_review else _("being tried out"))

    @property
    def stands_as(self) -> str:
        """The same as a knot's state."""
        if self.decided:
            return "declined" if self.decided.choice == Choice.STOP else "done"
        return "present" if self.has_begun else "owed"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def update(self, **fields: Any) -> int:
        self._refuse_when_started()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_when_started()
        return super().delete()

    def _refuse_when_started(self) -> None:
        if self.exclude(pilot__started_at=None).exists():
            raise Locked


class Measure(models.Model):
    """What the pilot is measured by, with its two thresholds, fixed before the first session."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="measures")
    name = WordsField(_("what is measured"))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    green = models.DecimalField(_("good from"), max_digits=10, decimal_places=2)
    amber = models.DecimalField(_("fair from"), max_digits=10, decimal_places=2)
    more_is_better = models.BooleanField(_("more is better"), default=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(more_is_better=True, green__gte=F("amber"))
                | Q(more_is_better=False, green__lte=F("amber")),
                name="green_is_better_than_amber",
            )
        ]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        return str(self.name)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_started()
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_started()
        return super().delete(*args, **kwargs)

    def _refuse_when_started(self) -> None:
        """Holds the pilot while it looks, so that a start at the same moment waits or is seen."""
        if Pilot.objects.select_for_update().filter(pk=self.pilot_id).values_list("started_at", flat=True).first():
            raise Locked

    def read(self, value: Decimal | int, *, by: Person, note: str = "", at: datetime | None = None) -> "Reading":
        return self.readings.create(value=value, by=by, note=note, at=at or timezone.now())

    @property
    def last(self) -> "Reading | None":
        return max(self.readings.all(), key=lambda reading: (reading.at, reading.pk), default=None)

    @property
    def colour(self) -> str:
        """green, amber, red, or "" while nothing has been read."""
        return self.colour_of(self.last.value) if self.last else ""

    def colour_of(self, value: Decimal) -> str:
        sign = 1 if self.more_is_better else -1
        if sign * value >= sign * self.green:
            return "green"
        return "amber" if sign * value >= sign * self.amber else "red"

    def figure(self, value: Decimal) -> str:
        """A value with its unit, without zeros that say nothing."""
        shown = number_format(value.normalize() if value % 1 else int(value))
        return f"{shown} {self.unit}".strip()

    @property
    def threshold_words(self) -> str:
        said = {"green": self.figure(self.green), "amber": self.figure(self.amber)}
        if self.more_is_better:
            return gettext("good from %(green)s, fair from %(amber)s") % said
        return gettext("good up to %(green)s, fair up to %(amber)s") % said

    @property
    def last_words(self) -> str:
        """ "14: good" """
        if self.last is None:
            return self.colour_words
        return gettext("%(value)s: %(how)s") % {"value": self.figure(self.last.value), "how": self.colour_words}

    @property
    def colour_words(self) -> str:
        said = {"green": _("good"), "amber": _("fair"), "red": _("not good enough"), "": _("not measured yet")}
        return str(said[self.colour])

    @property
    def knot(self) -> str:
        return {"green": "done", "amber": "present", "red": "declined", "": "owed"}[self.colour]


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

    @property
    def stands(self) -> Any:
        stands = {
            self.ADOPT: _("adopted"),
            self.ADAPT: _("to be tried in another way"),
            self.PAUSE: _("resting"),
            self.STOP: _("ended"),
        }
        return stands[self]


class Verdict(models.Model):
    """What became of the pilot, who said so, and on what evidence."""

    pilot = models.OneToOneField(Pilot, models.CASCADE, related_name="verdict")
    choice = models.CharField(_("what becomes of it"), max_length=20, choices=Choice.choices)
    evidence = WordsField(_("evidence"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
