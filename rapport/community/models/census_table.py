from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.methods import (
    ACS_TABLES,
    STANDARD,
    Columns,
    Counted,
    Form,
    Reading,
    Refusal,
    form_of,
    read_acs,
    read_mapped,
    table_of,
)
from rapport.people.models import Person

from .area import AreaFigure, CensusArea
from .profile import Band, Dimension

Grid = list[list[str]]


@dataclass(frozen=True)
class Preview:
    """What would be taken in: new figures, changed ones, those that are there already, and what is refused."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    areas: int = 0

    @property
    def anything(self) -> int:
        return self.new + self.changed


class CensusTable(models.Model):
    """A table of census numbers that somebody brought: what it is, how it is read, and what was taken from it."""

    file_name = models.CharField(max_length=200)
    grid = models.JSONField(default=list)  # only until it is taken in
    columns = models.JSONField(default=dict)  # which column is what, as the mapping form has it
    table = models.CharField(_("table"), max_length=20, blank=True)
    of_day = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    vintage = models.CharField(_("vintage"), max_length=100, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("census table")
        verbose_name_plural = _("census tables")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("community:table", args=[self.pk])

    def recognise(self) -> None:
        """Find out by itself what can be found out: a table of the American Community Survey that we know."""
        self.table = table_of(self.grid, self.file_name) if form_of(self.grid) != Form.OTHER else ""

    @property
    def is_known(self) -> bool:
        return self.table in ACS_TABLES and form_of(self.grid) != Form.OTHER

    def reading(self) -> Reading:
        if self.is_known:
            return read_acs(self.grid, self.table)
        columns = columns_from(self.columns)
        return read_mapped(self.grid, columns) if columns else Reading()

    def preview(self) -> Preview:
        """What would come of taking it in; nothing is written."""
        reading = self.reading()
        there = self._there(reading)
        kinds = Counter(_kind(one, there) for one in reading.counted)
        areas = len({one.area for one in reading.counted})
        return Preview(kinds["new"], kinds["changed"], kinds["same"], reading.refused, reading.counted, areas)

    def _there(self, reading: Reading) -> dict[tuple[str, str, str], tuple[float, float | None]]:
        figures = AreaFigure.objects.filter(of_day=self.of_day, area__code__in={one.area for one in reading.counted})
        rows = figures.values_list("area__code", "band__dimension__slug", "band__slug", "estimate", "margin_of_error")
        return {(area, dimension, band): (number, margin) for area, dimension, band, number, margin in rows}

    @transaction.atomic
    def take_in(self, *, by: Person | None) -> Preview:
        """Write what is new or different, sum it up for the branches, and let the table itself go."""
        mine = CensusTable.objects.select_for_update().get(pk=self.pk)
        if mine.taken_at:
            return Preview()
        reading, preview = self.reading(), self.preview()
        Dimension.objects.ship(set(reading.dimensions) & {standard.slug for standard in STANDARD})
        areas = CensusArea.objects.note({one.area: one.area_name for one in reading.counted}, by=by)
        bands = {(band.dimension.slug, band.slug): band for band in Band.objects.select_related("dimension")}
        there = self._there(reading)
        for one in reading.counted:
            if _kind(one, there) != "same":
                self._write(one, areas[one.area], bands[one.band])
        AreaFigure.objects.sum_up([self.of_day])
        self.taken_at, self.grid = timezone.now(), []
        self.report = {"new": preview.new, "changed": preview.changed, "same": preview.same,
                       "areas": preview.areas, "refused": [vars(one) for one in preview.refused[:500]]}  # fmt: skip
        self.save()
        return preview

    def _write(self, one: Counted, area: CensusArea, band: Band) -> None:
        AreaFigure.objects.update_or_create(
            area=area,
            band=band,
            of_day=self.of_day,
            defaults={
                "estimate": one.estimate,
                "margin_of_error": one.margin,
                "source": self.source,
                "vintage": self.vintage,
            },
        )


def _kind(one: Counted, there: Mapping[tuple[str, str, str], tuple[float, float | None]]) -> str:
    held = there.get((one.area, *one.band))
    if held is None:
        return "new"
    return "same" if held == (one.estimate, one.margin) else "changed"


def columns_from(stored: Mapping[str, Any]) -> Columns | None:
    """The mapping as it was saved, or None while it says too little to read anything."""
    if "area" not in stored:
        return None
    known = set(Band.objects.values_list("dimension__slug", "slug"))

    def band(key: str) -> tuple[str, str] | None:
        dimension, _mark, slug = key.partition("/")
        return (dimension, slug) if (dimension, slug) in known else None

    pairs = {word: found for word, key in stored.get("words", {}).items() if (found := band(key))}
    wide = {int(place): found for place, key in stored.get("wide", {}).items() if (found := band(key))}
    margins = {int(place): int(margin) for place, margin in stored.get("wide_margins", {}).items()}
    plain = {name: stored.get(name) for name in ("name", "band", "number", "margin")}
    return Columns(
        stored["area"], header=stored.get("header", 0), words=pairs, wide=wide, wide_margins=margins, **plain
    )


def words_of(grid: Sequence[Sequence[str]], header: int, column: int, most: int = 80) -> list[str]:
    """What the band column says, each once, in the order of the table."""
    seen = dict.fromkeys(str(row[column]).strip() for row in grid[header + 1 :] if column < len(row))
    return [word for word in seen if word][:most]
