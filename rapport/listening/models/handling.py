from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Step
from rapport.people.models import Person

from .kinds import Status
from .voice import Voice


class Assignment(models.Model):
    """Who at the desk has taken it on."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="assignment")
    to = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class StatusChange(models.Model):
    """Where it stands since when, and why: a public line of its story."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.TextField(_("reason"), blank=True)
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="+")  # none: a person set it
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.DECLINED) | ~Q(reason=""), name="declined_voice_has_a_reason"
            )
        ]


class Merge(models.Model):
    """Two voices told the same matter; the work goes on with `into`."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="merged")
    into = models.ForeignKey(Voice, models.CASCADE, related_name="others")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(voice=F("into")), name="merge_of_two")]
