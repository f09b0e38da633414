from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.surveys.models import Survey


class WeighingQuerySet(models.QuerySet["Weighing"]):
    def settle(
        self,
        survey: Survey,
        *,
        by: Person,
        dimensions: Sequence[str],
        joins: Mapping[str, Sequence[Sequence[str]]] | None = None,
        **caps: float | None,
    ) -> "Weighing":
        """From now on the survey's answers are weighed in this way; what was settled before is replaced."""
        told: dict[str, Any] = {"by": by, "at": timezone.now(), "low": None, "high": None, **caps}
        told |= {"dimensions": list(dimensions), "joins": {name: list(pairs) for name, pairs in (joins or {}).items()}}
        return self.update_or_create(survey=survey, defaults=told)[0]

    def of(self, survey: Survey) -> "Weighing | None":
        return self.filter(survey=survey).first()


class Weighing(models.Model):
    """How the answers to a survey are weighed to the community: by which dimensions, and how far weights may go.

    The weights themselves are worked out anew from the answers that there are.
    """

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="+")
    dimensions = models.JSONField(default=list)
    joins = models.JSONField(default=dict)  # by dimension, pairs of bands: the first is counted with the second
    low = models.FloatField(_("least weight"), null=True, blank=True)
    high = models.FloatField(_("most weight"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = WeighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("weighing")
        verbose_name_plural = _("weighings")
