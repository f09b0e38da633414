from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .voice import Voice


class Addition(models.Model):
    """Something that the speaker added later, from their own page."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="additions")
    words = models.TextField(_("words"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
