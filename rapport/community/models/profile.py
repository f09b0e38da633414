from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.methods import STANDARD
from rapport.lib.translated import WordsField
from rapport.people.models import Person
from rapport.places.models import Branch


class DimensionQuerySet(models.QuerySet["Dimension"]):
    @transaction.atomic
    def ship(self, slugs: Iterable[str] | None = None) -> None:
        """See that the standard dimensions (these of them) are there; what the library changed stays as it is."""
        wanted = None if slugs is None else set(slugs)
        for order, standard in enumerate(STANDARD, 1):
            if wanted is not None and standard.slug not in wanted:
                continue
            fields = {"name": standard.name, "order": order, "counts_households": standard.counts_households}
            dimension, is_new = self.get_or_create(slug=standard.slug, defaults=fields)
            bands = enumerate(standard.bands if is_new else (), 1)
            Band.objects.bulk_create(
                Band(dimension=dimension, slug=band.slug, name=band.name, order=order) for order, band in bands
            )


class Dimension(models.Model):
    """One way to describe a community: by age, by the language spoken at home, by broadband at home."""

    slug = models.SlugField(unique=True)
    name = WordsField(_("name"))
    order = models.PositiveSmallIntegerField(default=0)
    counts_households = models.BooleanField(_("counts households, not people"), default=False)

    objects = DimensionQuerySet.as_manager()

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

    @transaction.atomic
    def write(
        self,
        counts: Mapping[Band, tuple[float, float | None]],
        *,
        branch: Branch | None,
        of_day: date,
        source: str,
        vintage: str = "",
        by: Person | None,
    ) -> int:
        """Enter figures by hand; those of the same day are written over. Says how many are new or different."""
        changed = 0
        for band, (estimate, margin) in counts.items():
            values: dict[str, Any] = {"estimate": estimate, "margin_of_error": margin, "source": source}
            key: dict[str, Any] = {"band": band, "branch": branch, "of_day": of_day}
            if not self.filter(**key, **values, vintage=vintage).exists():
                more = {"vintage": vintage, "by": by, "at": timezone.now(), "is_summed": False}
                self.update_or_create(**key, defaults=values | more)
                changed += 1
        return changed


class Figure(models.Model):
    """How many people of a service area are in a band, by a source, as of a day. Unknown is no figure, never zero."""

    band = models.ForeignKey(Band, models.CASCADE, related_name="figures")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    estimate = models.FloatField(_("people"))
    margin_of_error = models.FloatField(_("margin of error (90 %)"), null=True, blank=True)
    of_day = models.DateField(_("as of"), default=date.today)
    source = models.CharField(_("source"), max_length=200)
    vintage = models.CharField(_("vintage"), max_length=100, blank=True)
    is_summed = models.BooleanField(_("summed from census areas"), default=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

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
