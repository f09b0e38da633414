from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

SCORES = ("size", "equity", "fit", "effort")
FIRST = {"size": 3, "equity": 3, "fit": 2, "effort": 2}
MOST = 9


class WeightsQuerySet(models.QuerySet["Weights"]):
    def at(self, moment: datetime | None = None) -> "Weights":
        """Those that held at this moment, or hold now; a house that never changed them weighs as at the beginning."""
        rows = self.order_by("-at", "-pk")
        found = rows.filter(at__lte=moment).first() if moment else rows.first()
        return found or rows.last() or self.create(**FIRST)


def _weight(label: object) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(0), MaxValueValidator(MOST)])  # type: ignore[arg-type]


class Weights(models.Model):
    """How much each of the four scores counts, from this day on. A row is never changed: a new one takes its place."""

    size = _weight(_("how many it touches"))
    equity = _weight(_("how much it matters to those seldom heard"))
    fit = _weight(_("how well it fits the plan"))
    effort = _weight(_("how little effort it asks"))
    why = WordsField(_("why"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = WeightsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("weights of the scores")
        verbose_name_plural = _("weights of the scores")
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0) | Q(equity__gt=0) | Q(fit__gt=0) | Q(effort__gt=0),
                name="something_weighs",
            ),
            models.CheckConstraint(
                condition=Q(size__lte=MOST, equity__lte=MOST, fit__lte=MOST, effort__lte=MOST),
                name="weights_are_at_most_nine",
            ),
        ]

    def __str__(self) -> str:
        return " : ".join(str(getattr(self, name)) for name in SCORES)

    @property
    def total(self) -> int:
        return sum(getattr(self, name) for name in SCORES)

    @property
    def table(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in SCORES}

    def level(self, scored: object) -> float:
        """The weighted mean of four scores of 1 to 5."""
        weighed: int = sum(getattr(scored, name) * weight for name, weight in self.table.items())
        return weighed / self.total
