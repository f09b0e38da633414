from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.people.models import Person
from rapport.surveys.models import Survey


def midnight(day: date) -> datetime:
    """The moment in which this day begins, by the library's clock."""
    return timezone.make_aware(datetime.combine(day, time.min))


class PhaseKind(models.TextChoices):
    COLLECT = "collect", _("Collect ideas")
    SHAPE = "shape", _("Shape them together")
    CHOOSE = "choose", _("Choose")
    CARRY_OUT = "carry_out", _("Carry out")
    REPORT = "report", _("Report back")


class WhyNeeded(Exception):
    """The days of a phase that people can see and that has begun are changed only with a reason that they can read."""


class PhaseInUse(Exception):
    """Something has been done or set up in it: it cannot be removed any more."""


class PhaseQuerySet(models.QuerySet["Phase"]):
    def open(self, now: datetime | None = None) -> "PhaseQuerySet":
        now = now or timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def over(self, now: datetime | None = None) -> "PhaseQuerySet":
        return self.filter(closes_at__lte=now or timezone.now())

    def public(self) -> "PhaseQuerySet":
        return self.filter(process__opening__isnull=False, process__decision__loop__is_public=True)


class Phase(models.Model):
    """A part of a process with its days. It opens and closes by the clock alone; nobody needs to press anything."""

    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="phases")
    kind = models.CharField(_("what happens"), max_length=12, choices=PhaseKind.choices)
    title = WordsField(_("title"), blank=True)
    about = WordsField(_("what it is about"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    surveys = models.ManyToManyField(Survey, related_name="+", blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="phase_closes_after")]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")

    def __str__(self) -> str:
        return str(self.title) or str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether people can act in it now; never while the process is a draft, or after it has been put away."""
        return self.opens_at <= timezone.now() < self.closes_at and self.process.is_open

    @staticmethod
    def end_of(last: date) -> datetime:
        """The first moment after the last day."""
        return midnight(last + timedelta(days=1))

    @property
    def last_day(self) -> date:
        """The last day on which something can be done; `closes_at` is the first moment after it."""
        return timezone.localdate(self.closes_at - timedelta(microseconds=1))

    @property
    def is_over(self) -> bool:
        return self.closes_at <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        return timezone.now() < self.opens_at

    @property
    def has_begun(self) -> bool:
        """Whether people have seen it open."""
        return self.opens_at <= timezone.now() and hasattr(self.process, "opening")

    @transaction.atomic
    def change_days(self, first: date, last: date, *, by: Person, why: Mapping[str, str] | str = "") -> None:
        """Other days, the last one included. Raises WhyNeeded where it has begun and no reason is given."""
        before, opens, closes = self.closes_at, midnight(first), Phase.end_of(last)
        if (opens, closes) == (self.opens_at, self.closes_at):
            return
        if self.has_begun and not any(words(why).values()):
            raise WhyNeeded
        was_begun = self.has_begun
        self.opens_at, self.closes_at = opens, closes
        self.save(update_fields=["opens_at", "closes_at"])
        if was_begun:
            self.lengthenings.create(was=before, becomes=closes, why=words(why), by=by)
        if closes > before:
            self.notices.filter(kind="ends_soon").delete()  # the new last day is worth a reminder of its own

    def remove(self) -> None:
        """Raises PhaseInUse once it has begun, or while there is something in it."""
        if self.has_begun or self.has_components() or self.surveys.exists():
            raise PhaseInUse
        self.delete()

    def has_components(self) -> bool:
        from .component import Component  # it needs this module first

        relations = [one for one in Phase._meta.get_fields(include_hidden=True) if isinstance(one, models.ManyToOneRel)]
        kinds = [one.related_model for one in relations if issubclass(one.related_model, Component)]
        return any(kind._base_manager.filter(phase=self).exists() for kind in kinds)
