from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.places.models import Branch


class Dimension(models.Model):
    """One way to describe a community: by age, by the language spoken at home, by broadband at home."""

    slug = models.SlugField(unique=True)
    name = WordsField(_("name"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")

    def __str__(self) -> str:
        return str(self.name)


class Band(models.Model):
    """One part of a dimension: 65 and older, Arabic, no broadband. Everyone belongs to one band of each, if known."""

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="bands")
    slug = models.SlugField()
    name = WordsField(_("name"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["dimension", "slug"], name="band_once_in_dimension")]
        verbose_name = _("band")
        verbose_name_plural = _("bands")

    def __str__(self) -> str:
        return str(self.name)


class FigureQuerySet(models.QuerySet["Figure"]):
    def newest(self, dimension: str, branch: Branch | None = None) -> list["Figure"]:
        """A dimension's figures for a branch's service area (or the whole library's), of the latest day there is."""
        figures = self.filter(band__dimension__slug=dimension, branch=branch).select_related("band")
        latest = figures.order_by("-of_day").values_list("of_day", flat=True).first()
        return list(figures.filter(of_day=latest).order_by("band__order", "band__pk")) if latest else []

    def margins(self, dimensions: Iterable[str], branch: Branch | None = None) -> dict[str, dict[str, float]]:
        """How many people each band has, by dimension: what answers are weighed to. Without figures, no dimension."""
        found = {slug: self.newest(slug, branch) for slug in dimensions}
        return {slug: {one.band.slug: one.estimate for one in rows} for slug, rows in found.items() if rows}


class Figure(models.Model):
    """How many people of a service area are in a band, by a source, as of a day. Unknown is no figure, never zero."""

    band = models.ForeignKey(Band, models.CASCADE, related_name="figures")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    estimate = models.FloatField(_("people"))
    margin_of_error = models.FloatField(_("margin of error (90 %)"), null=True, blank=True)
    of_day = models.DateField(_("as of"), default=date.today)
    source = models.CharField(_("source"), max_length=200)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["band", "branch", "of_day"], name="figure_once_a_day"),
            models.UniqueConstraint(
                fields=["band", "of_day"], condition=Q(branch=None), name="figure_of_the_whole_once_a_day"
            ),
            models.CheckConstraint(condition=Q(estimate__gte=0), name="figure_not_below_zero"),
        ]
        verbose_name = _("figure of the community")
        verbose_name_plural = _("figures of the community")

    def __str__(self) -> str:
        return f"{self.band}: {self.estimate:g}"
