from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person
from rapport.places.models import Space
from rapport.surveys.models import Survey

from .need import Need
from .segment import Segment


class NeedSegment(models.Model):
    """A group that this need touches most, as somebody noted who knows the evidence."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="touches")
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "segment"], name="segment_once_in_need")]


class NeedSpace(models.Model):
    """A space that answers the need already, at least in part, and how."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="spaces")
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    words = WordsField(_("how it answers"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "space"], name="space_once_in_need")]
        verbose_name = _("space that answers a need")
        verbose_name_plural = _("spaces that answer needs")


class NeedService(models.Model):
    """What this need is about: a service that people rated in a survey, how much it matters and how good it is."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="services")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    line = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "survey", "question", "line"], name="service_once_in_need")
        ]
