from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Closure

from .series import Series


class Skip(models.Model):
    """A day of a series that its rule names and on which it does not take place, with the reason."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="skips")
    day = models.DateField(_("day"))
    closure = models.ForeignKey(Closure, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="a_day_is_skipped_once")]
        verbose_name = _("skipped day")
        verbose_name_plural = _("skipped days")
