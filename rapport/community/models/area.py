from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.methods import weighted_sum
from rapport.people.models import Person
from rapport.places.models import Branch

from .profile import Band, Figure


class CensusAreaQuerySet(models.QuerySet["CensusArea"]):
    def without_branch(self) -> "CensusAreaQuerySet":
        return self.filter(shares=None)

    @transaction.atomic
    def note(self, names: dict[str, str], *, by: Person | None) -> dict[str, "CensusArea"]:
        """The areas of these codes, made where they are new; one that is called like a branch belongs to it."""
        known = {area.code: area for area in self.filter(code__in=names)}
        fresh = [CensusArea(code=code, name=name[:200]) for code, name in names.items() if code not in known]
        self.bulk_create(fresh)
        branches = {key.casefold(): branch for branch in Branch.objects.all() for key in _called(branch)}
        for area in fresh:
            if branch := branches.get(area.code.casefold()) or branches.get(area.name.casefold()):
                area.give(branch, 1.0, by=by)
        return known | {area.code: area for area in fresh}


def _called(branch: Branch) -> list[str]:
    return [branch.slug, *branch.name.values()]


class CensusArea(models.Model):
    """A tract, ward, postcode or town for which a census table has numbers."""

    code = models.CharField(_("code"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)

    objects = CensusAreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("census area")
        verbose_name_plural = _("census areas")

    def __str__(self) -> str:
        return self.name

    def give(self, branch: Branch | None, share: float, *, by: Person | None) -> bool:
        """This share of the area's people belongs to the branch (None: to the library as a whole). True if changed."""
        if self.shares.filter(branch=branch, share=share).exists():
            return False
        self.shares.update_or_create(branch=branch, defaults={"share": share, "by": by, "at": timezone.now()})
        return True


class AreaShare(models.Model):
    """Which share of a census area's people a branch serves; none as branch is the library as a whole."""

    area = models.ForeignKey(CensusArea, models.CASCADE, related_name="shares")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    share = models.FloatField(_("share"), validators=[MinValueValidator(0.0001), MaxValueValidator(1)])
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["area__name", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["area", "branch"], name="area_once_a_branch"),
            models.UniqueConstraint(fields=["area"], condition=Q(branch=None), name="area_once_in_the_whole"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="share_of_area_up_to_one"),
        ]


class AreaFigureQuerySet(models.QuerySet["AreaFigure"]):
    def days(self) -> list[date]:
        return list(self.order_by("of_day").values_list("of_day", flat=True).distinct())

    @transaction.atomic
    def sum_up(self, days: Iterable[date] | None = None) -> int:
        """Make the branches' figures out of those of the areas, by their shares; what was entered by hand stays.

        A band of which one area's number is not known has no sum: unknown is no figure.
        """
        made = 0
        for day in self.days() if days is None else days:
            Figure.objects.filter(of_day=day, is_summed=True).delete()
            by_hand = set(Figure.objects.filter(of_day=day).values_list("band", "branch"))
            fresh = [figure for figure in self._sums(day) if (figure.band_id, figure.branch_id) not in by_hand]
            made += len(Figure.objects.bulk_create(fresh, batch_size=500))
        return made

    def _sums(self, day: date) -> list[Figure]:
        by_band: dict[int, dict[int, AreaFigure]] = defaultdict(dict)
        for figure in self.filter(of_day=day).select_related("band"):
            by_band[figure.band_id][figure.area_id] = figure
        reach = _reach()
        sums = []
        for band, held in by_band.items():
            there = {area for other in by_band.values() for area in other if _same(other, held)}
            for branch, shares in reach.items():
                wanted = {area: share for area, share in shares.items() if area in there}
                if wanted and wanted.keys() <= held.keys():
                    sums.append(_figure(band, branch, day, [(held[area], share) for area, share in wanted.items()]))
        return sums


def _same(some: "dict[int, AreaFigure]", others: "dict[int, AreaFigure]") -> bool:
    """Whether these are figures of one dimension."""
    return next(iter(some.values())).band.dimension_id == next(iter(others.values())).band.dimension_id


def _reach() -> dict[int | None, dict[int, float]]:
    """Each branch's areas and shares; the whole library has its own, or else all that its branches have."""
    reach: dict[int | None, dict[int, float]] = defaultdict(dict)
    for area, branch, share in AreaShare.objects.values_list("area", "branch", "share"):
        reach[branch][area] = share
    if None not in reach:
        for shares in list(reach.values()):
            for area, share in shares.items():
                reach[None][area] = min(reach[None].get(area, 0.0) + share, 1.0)
    return reach


def _figure(band: int, branch: int | None, day: date, parts: "list[tuple[AreaFigure, float]]") -> Figure:
    total = weighted_sum((one.estimate, one.margin_of_error, share) for one, share in parts)
    newest = max((one for one, _share in parts), key=lambda one: one.pk)
    return Figure(
        band_id=band,
        branch_id=branch,
        estimate=round(total.estimate, 1),
        margin_of_error=None if total.margin is None else round(total.margin, 1),
        of_day=day,
        source=newest.source,
        vintage=newest.vintage,
        is_summed=True,
    )


class AreaFigure(models.Model):
    """How many people of a census area are in a band, as a table says it."""

    area = models.ForeignKey(CensusArea, models.CASCADE, related_name="figures")
    band = models.ForeignKey(Band, models.CASCADE, related_name="+")
    estimate = models.FloatField()
    margin_of_error = models.FloatField(null=True, blank=True)
    of_day = models.DateField()
    source = models.CharField(max_length=200)
    vintage = models.CharField(max_length=100, blank=True)

    objects = AreaFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "band", "of_day"], name="area_figure_once_a_day"),
            models.CheckConstraint(condition=Q(estimate__gte=0), name="area_figure_not_below_zero"),
        ]
