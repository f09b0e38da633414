from django.db import models
from django.utils import timezone


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

    class Meta:
        ordering = ["-at"]
        get_latest_by = "at"
