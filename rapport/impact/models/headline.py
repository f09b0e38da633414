from datetime import timedelta
from math import ceil

from django.db import models
from django.utils import timezone

from rapport.deciding.models import Decision, Promise
from rapport.lib.later import can_wait
from rapport.listening.figures import answer_figures
from rapport.listening.models import Voice
from rapport.loop.models import Loop

_FRESH = timedelta(minutes=15)


class HeadlineQuerySet(models.QuerySet["Headline"]):
    def take(self) -> "Headline":
        """Count everything anew, and keep only the newest count of each day."""
        figures = answer_figures(Voice.objects.all())
        decided = Decision.objects.exclude(ruling=None).exclude(promise=Promise.INFORM)
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        self.filter(at__gte=today).delete()
        return self.create(
            voices=figures.voices,
            answered=figures.answered,
            median_days=_rounded(figures.median_days),
            ninetieth_days=_rounded(figures.ninetieth_days),
            decisions=decided.count(),
            influence_published=decided.exclude(influence=None).count(),
            loops_open=Loop.objects.open().count(),
            loops_closed=Loop.objects.closed().count(),
        )

    def newest(self) -> "Headline | None":
        return self.order_by("-at").first()


class Headline(models.Model):
    """The public numbers as they stood at one moment, so that a page shows them without counting all voices anew."""

    at = models.DateTimeField(default=timezone.now)
    voices = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    median_days = models.FloatField(null=True)
    ninetieth_days = models.FloatField(null=True)
    decisions = models.PositiveIntegerField()
    influence_published = models.PositiveIntegerField()
    loops_open = models.PositiveIntegerField()
    loops_closed = models.PositiveIntegerField()

    objects = HeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        get_latest_by = "at"

    @property
    def answered_share(self) -> int | None:
        return _percent(self.answered, self.voices)

    @property
    def median_days_rounded(self) -> int:
        """In whole days, for a sentence; an answer on the same day counts as one."""
        return max(1, ceil(self.median_days or 0))

    @property
    def influence_share(self) -> int | None:
        return _percent(self.influence_published, self.decisions)


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


@can_wait
def take_headline() -> None:
    """Every few minutes, unless it has just been done."""
    newest = Headline.objects.newest()
    if newest is None or newest.at < timezone.now() - _FRESH:
        Headline.objects.take()
