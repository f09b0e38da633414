"""A series that draws fewer people than it did: noticed, looked into, decided, and compared afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Decision
from rapport.lib.translated import words
from rapport.people.models import Person

from .pilot import Pilot
from .program import Program
from .series import Series


class DwindlingQuerySet(models.QuerySet["Dwindling"]):
    def open(self) -> "DwindlingQuerySet":
        """Nobody has decided what to do."""
        return self.filter(closed_at=None)

    def notice(self, program: Program, series: Series | None, **numbers: Any) -> "Dwindling":
        """Raise the flag, or bring the numbers of the one that is up to date."""
        return self.update_or_create(program=program, series=series, closed_at=None, defaults=numbers)[0]


class Dwindling(models.Model):
    """The flag, with what the trend said. It stays until somebody decides, whatever later counts say."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="dwindlings")
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="dwindlings")
    n = models.PositiveIntegerField()  # sessions that were counted
    mean = models.FloatField()
    change = models.FloatField()  # the share lost from one session to the next, with its 95 % interval
    low = models.FloatField()
    high = models.FloatField()
    noticed_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DwindlingQuerySet.as_manager()

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "series"], condition=models.Q(closed_at=None), name="one_open_flag_a_series"
            ),
            models.UniqueConstraint(
                fields=["program"], condition=models.Q(closed_at=None, series=None), name="one_open_flag_a_program"
            ),
        ]
        verbose_name = _("dwindling series")
        verbose_name_plural = _("dwindling series")

    def __str__(self) -> str:
        return str(self.series or self.program)

    @transaction.atomic
    def decide(
        self,
        choice: str,
        why: str,
        *,
        by: Person,
        since: date | None = None,
        decision: Decision | None = None,
        review_on: date | None = None,
        hypothesis: Mapping[str, str] | str = "",
    ) -> "Remedy":
        """Say what is done about it, once. A new format becomes a trial, measured by how many come."""
        pilot = None
        if choice == RemedyChoice.NEW_FORMAT:
            pilot = self._try_out(hypothesis or why, review_on or timezone.localdate())
        made = Remedy.objects.create(
            dwindling=self, choice=choice, why=why, since=since or timezone.localdate(), pilot=pilot,
            decision=decision, by=by,
        )  # fmt: skip
        self.closed_at = made.at
        self.save(update_fields=["closed_at"])
        return made

    def _try_out(self, hypothesis: Mapping[str, str] | str, review_on: date) -> Pilot:
        pilot = self.program.prepare_pilot(words(hypothesis), review_on=review_on)
        now = max(1, round(self.mean))
        pilot.add_measure(str(_("How many come to a date")), green=max(now + 1, round(1.25 * now)), amber=now)
        return pilot

    @property
    def decided(self) -> "Remedy | None":
        return getattr(self, "remedy", None)


class RemedyChoice(models.TextChoices):
    NEW_FORMAT = "new_format", _("A new format, as a trial")
    CHANGE = "change", _("Another time, place or language")
    KEEP = "keep", _("It stays as it is")
    END = "end", _("It ends")


class Remedy(models.Model):
    """What was decided about a dwindling series, from which day on, and why."""

    dwindling = models.OneToOneField(Dwindling, models.CASCADE, related_name="remedy")
    choice = models.CharField(_("what is done"), max_length=20, choices=RemedyChoice.choices)
    why = models.TextField(_("why"), max_length=1000)
    since = models.DateField(_("from which day on"))
    pilot = models.ForeignKey(Pilot, models.SET_NULL, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")

    @property
    def is_a_change(self) -> bool:
        """Whether there is an effect to look for."""
        return self.choice in {RemedyChoice.NEW_FORMAT, RemedyChoice.CHANGE}
