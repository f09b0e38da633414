from datetime import date, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.surveys.models import Survey


class CutQuerySet(models.QuerySet["Cut"]):
    @transaction.atomic
    def take(self, survey: Survey, *, today: date | None = None) -> "Cut":
        """The day until which answers are counted in what goes out now.

        Whole days only while people still answer, so that nobody sees the numbers move with each answer; and never a
        few answers further than before, as these would be what is left of two publications.
        """
        today = today or timezone.localdate()
        until = today - timedelta(days=1) if survey.is_open else today
        Survey.objects.select_for_update().get(pk=survey.pk)
        newest = self.filter(survey=survey).order_by("-until").first()
        if newest is not None and newest.came_since(until) < settings.HOUSE.threshold:
            return newest
        return self.get_or_create(survey=survey, until=until)[0]


class Cut(models.Model):
    """The day until which a survey's answers were counted in something that anyone may read."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    until = models.DateField()

    objects = CutQuerySet.as_manager()

    class Meta:
        ordering = ["until"]
        constraints = [models.UniqueConstraint(fields=["survey", "until"], name="cut_once_a_day")]
        verbose_name = _("day of counting")
        verbose_name_plural = _("days of counting")

    def __str__(self) -> str:
        return f"{self.survey} ({self.until})"

    @property
    def earlier(self) -> list[date]:
        """Until when it was counted in what went out before."""
        return list(Cut.objects.filter(survey=self.survey_id, until__lt=self.until).values_list("until", flat=True))

    def came_since(self, until: date | None = None) -> int:
        """How many answers came after it, which its numbers do not count."""
        rows = self.survey.responses.filter(on__gt=self.until)
        return rows.count() if until is None else rows.filter(on__lte=until).count()
