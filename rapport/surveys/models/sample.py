from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person


class Draw(models.Model):
    """How people were drawn from a list: published, so that anyone with the same list and seed draws the same."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="draws")
    seed = models.CharField(_("seed"), max_length=80)
    column = models.CharField(_("drawn in parts by"), max_length=80, blank=True)
    frame_size = models.PositiveIntegerField(_("people in the list"))
    frame_mark = models.CharField(max_length=64)  # a fingerprint of the list (SHA-256), which itself is not kept
    drawn = models.PositiveIntegerField(_("people drawn"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class Stratum(models.Model):
    """A part of those whom a survey is about, how many they are, and how many of them were drawn."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="strata")
    name = models.CharField(_("part"), max_length=80, blank=True)
    size = models.PositiveIntegerField(_("people in it"))
    drawn = models.PositiveIntegerField(_("people drawn"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name"], name="stratum_once_in_survey"),
            models.CheckConstraint(
                condition=models.Q(drawn__lte=models.F("size")), name="drawn_out_of_those_there_are"
            ),
        ]
        verbose_name = _("part of a sample")
        verbose_name_plural = _("parts of samples")

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> float:
        """For how many people each one drawn stands."""
        return self.size / self.drawn if self.drawn else 0.0
