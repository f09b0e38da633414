from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .conversation import Conversation


class MapDrawing(models.Model):
    """The map as it was drawn last: what the method found, without anybody's place in it.

    `drawn` holds the answer of the method (as `rapport opinion_map --json` gives it, without the participants), the
    space in which a newcomer is placed, the outline of each group, and how each statement was voted on.
    """

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="drawing")
    people = models.PositiveIntegerField(_("people"), default=0)
    votes = models.PositiveIntegerField(_("votes"), default=0)
    drawn: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)  # how long it took
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("drawing of an opinion map")
        verbose_name_plural = _("drawings of opinion maps")
