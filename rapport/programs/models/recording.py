from collections.abc import Mapping
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .program import Program
from .session import Session

VIEW_DAYS = 30  # IMLS, FY 2024, element 630: views within 30 days of posting, past the end of the year too


class RecordingQuerySet(models.QuerySet["Recording"]):
    @transaction.atomic
    def post(self, title: str, program: Program, *, posted_on: date, platforms: list[str], by: Person) -> "Recording":
        """Posted, on one platform or several: it is one recording."""
        made = self.create(title=title, program=program, posted_on=posted_on, by=by)
        names = dict.fromkeys(name.strip() for name in platforms)
        made.views.bulk_create(RecordingViews(recording=made, platform=name) for name in names if name)
        return made

    def to_be_viewed(self, today: date | None = None) -> "RecordingQuerySet":
        """Thirty days have passed, and on some platform nobody noted the views."""
        due = (today or timezone.localdate()) - timedelta(days=VIEW_DAYS)
        return self.filter(posted_on__lte=due, views__count=None, views__isnull=False).distinct()


class Recording(models.Model):
    """One video or audio, counted once however many platforms it is on (IMLS, FY 2024, elements 620 and 630)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="recordings")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="recordings")
    title = models.CharField(_("title"), max_length=200)
    posted_on = models.DateField(_("posted on"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_on", "-pk"]
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def __str__(self) -> str:
        return self.title

    @property
    def views_due_on(self) -> date:
        return self.posted_on + timedelta(days=VIEW_DAYS)

    @property
    def is_due(self) -> bool:
        return self.views_due_on <= timezone.localdate() and self.total is None

    @property
    def total(self) -> int | None:
        """Views on all platforms; None until each was noted."""
        counts = [one.count for one in self.views.all()]
        known = [n for n in counts if n is not None]
        return sum(known) if known and len(known) == len(counts) else None

    @transaction.atomic
    def note_views(self, counts: Mapping[str, int | None], *, by: Person) -> None:
        """The views of its first thirty days, by platform; None is "not counted", which is not zero."""
        for platform, count in counts.items():
            self.views.filter(platform=platform).update(count=count, by=by, at=timezone.now())


class RecordingViews(models.Model):
    """Views on one platform in the thirty days after it was posted. Facebook: unique views of a minute."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="views")
    platform = models.CharField(_("platform"), max_length=80)
    count = models.PositiveIntegerField(_("views in 30 days"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["platform"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "platform"], name="a_platform_once_a_recording"),
            models.CheckConstraint(condition=~Q(platform=""), name="a_platform_has_a_name"),
        ]
        verbose_name = _("views")
        verbose_name_plural = _("views")
