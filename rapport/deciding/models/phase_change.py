"""What happened to a phase besides the clock: days that were changed, and what followers were told."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .phase import Phase


class Lengthening(models.Model):
    """A phase that had begun got other days; anyone may read why."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="lengthenings")
    was = models.DateTimeField()
    becomes = models.DateTimeField()
    why = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Notice(models.Model):
    """That followers were told something about a phase: each thing once."""

    class Kind(models.TextChoices):
        BEGAN = "began", _("it began")
        ENDS_SOON = "ends_soon", _("it ends soon")

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    told = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phase", "kind"], name="told_once_of_phase")]
