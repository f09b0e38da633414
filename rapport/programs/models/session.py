from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Turn
from rapport.people.models import Person
from rapport.places.models import Branch, Space

from .program import Program


class Band(models.TextChoices):
    """Age bands of the Public Libraries Survey (IMLS, FY 2024, elements 601 to 605)."""

    AGES_0_5 = "0-5", _("children 0 to 5")
    AGES_6_11 = "6-11", _("children 6 to 11")
    AGES_12_18 = "12-18", _("young people 12 to 18")
    ADULTS = "19+", _("adults 19 and older")
    GENERAL = "general", _("everyone")


class Setting(models.TextChoices):
    ONSITE = "onsite", _("at the library")
    OFFSITE = "offsite", _("elsewhere")
    VIRTUAL = "virtual", _("online")


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> "SessionQuerySet":
        return self.exclude(program__published_at=None)

    def coming(self, now: datetime | None = None) -> "SessionQuerySet":
        return self.filter(ends_at__gte=now or timezone.now(), cancellation=None).order_by("starts_at")

    def to_be_counted(self, now: datetime | None = None) -> "SessionQuerySet":
        """Over, not cancelled, and nobody has said how many came."""
        return self.filter(ends_at__lt=now or timezone.now(), cancellation=None, headcounts=None)

    def with_attendance(self) -> "SessionQuerySet":
        """Adds `attendance`: None where it was not counted, which is not zero."""
        return self.annotate(attendance=Sum("headcounts__count"))


class Session(models.Model):
    """One date of a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("If it is not at a branch"))
    setting = models.CharField(_("where"), max_length=20, choices=Setting.choices, default=Setting.ONSITE)
    language = models.CharField(_("language"), max_length=12)
    audience = models.CharField(_("for whom first"), max_length=20, choices=Band.choices)
    access = models.CharField(_("access"), max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_its_start")
        ]
        indexes = [models.Index(fields=["starts_at"], name="session_by_start")]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def get_absolute_url(self) -> str:
        return reverse("programs:session", args=[self.pk])

    def cancel(self, why: str, *, by: Person) -> "Cancellation":
        """It does not take place; its date stays visible, with the reason."""
        return Cancellation.objects.create(session=self, why=why, by=by)

    @transaction.atomic
    def count_heads(self, heads: Mapping[str, int], *, by: Person) -> None:
        """Note how many came by age band. A band that is left out was not counted, and that is not zero."""
        first = not self.headcounts.exists()
        self.headcounts.all().delete()
        self.headcounts.bulk_create(Headcount(session=self, band=band, count=n, by=by) for band, n in heads.items())
        if first and heads and self.program.loop:
            self.program.loop.record(Turn.COUNTED, self._count_words(sum(heads.values())), by=by, thing=self.program)

    def _count_words(self, total: int) -> str:
        day = timezone.localdate(self.starts_at).isoformat()
        return f"{day}: {total}"

    @property
    def total(self) -> int | None:
        """How many came; None where nobody counted."""
        heads = [headcount.count for headcount in self.headcounts.all()]
        return sum(heads) if heads else None


class Headcount(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="headcounts")
    band = models.CharField(max_length=20, choices=Band.choices)
    count = models.PositiveIntegerField(_("how many"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "band"], name="band_counted_once")]


class Cancellation(models.Model):
    session = models.OneToOneField(Session, models.CASCADE, related_name="cancellation")
    why = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
