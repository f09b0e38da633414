from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension

from .participant import Participant
from .process import Process


class SelfDescriptionQuerySet(models.QuerySet["SelfDescription"]):
    @transaction.atomic
    def say(self, participant: Participant, said: Mapping[Dimension, Band | None]) -> None:
        """What somebody says of themselves, or no longer wants to have said. Only what the process asks is kept."""
        asked = set(participant.process.asks.values_list("pk", flat=True))
        for dimension, band in said.items():
            if dimension.pk not in asked or (band is not None and band.dimension_id != dimension.pk):
                continue
            if band is None:
                self.filter(participant=participant, dimension=dimension).delete()
            else:
                self.update_or_create(participant=participant, dimension=dimension, defaults={"band": band})

    def counted(self, process: Process) -> dict[str, dict[str, int]]:
        """By dimension and band, as people said; a band that they could have said and nobody did counts 0."""
        return counts_by_band(process, process.participants.all())


class SelfDescription(models.Model):
    """What a participant chose to say of themselves: one band of a dimension that the process asks about."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="descriptions")
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="+")
    band = models.ForeignKey(Band, models.CASCADE, related_name="+")

    objects = SelfDescriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "dimension"], name="said_once_of_themselves")]
        verbose_name = _("what somebody said of themselves")
        verbose_name_plural = _("what people said of themselves")

    def __str__(self) -> str:
        return str(self.band)


def bands_asked(process: Process) -> dict[str, list[str]]:
    rows = Band.objects.filter(dimension__in=process.asks.all()).values_list("dimension__slug", "slug")
    found: dict[str, list[str]] = {}
    for dimension, band in rows.order_by("dimension__order", "order"):
        found.setdefault(dimension, []).append(band)
    return found


def counts_by_band(process: Process, participants: "models.QuerySet[Any]") -> dict[str, dict[str, int]]:
    """How many of these said each band that the process asks for; participants as their keys or as rows."""
    counts = {one: dict.fromkeys(bands, 0) for one, bands in bands_asked(process).items()}
    said = SelfDescription.objects.filter(participant__in=participants, dimension__in=process.asks.all()).order_by()
    rows = said.values_list("dimension__slug", "band__slug")
    for dimension, band, n in rows.annotate(n=models.Count("participant", distinct=True)):
        counts[dimension][band] = n
    return counts
