from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band
from rapport.people.models import Person
from rapport.places.models import Branch

MOST_HOURS = Decimal(744)  # of one volunteer in one month: there are no more


class KindOfHelp(models.TextChoices):
    PROGRAMS = "programs", _("at programs and events")
    LEARNING = "learning", _("learning: homework, languages, computers")
    COLLECTION = "collection", _("with books and shelves")
    OUTREACH = "outreach", _("out in the community, and to people at home")
    BOARD = "board", _("advising: boards and panels")
    FRIENDS = "friends", _("for the Friends: sales and fundraising")
    OTHER = "other", _("otherwise")


class TooManyOfABand(ValueError):
    """More people said a band than there were volunteers."""


class HelpedQuerySet(models.QuerySet["Helped"]):
    @transaction.atomic
    def report(
        self,
        branch: Branch,
        month: date,
        kind: str,
        *,
        volunteers: int,
        hours: Decimal,
        by: Person | None,
        bands: Mapping[Band, int] | None = None,
        note: str = "",
    ) -> "Helped":
        """How much people helped in a month; what was said of the same month, branch and kind before is replaced.

        `bands` is how many said what of themselves, where they were asked; None leaves what is known. Raises
        TooManyOfABand.
        """
        told = {"volunteers": volunteers, "hours": hours, "note": note, "by": by, "at": timezone.now()}
        row, _is_new = self.update_or_create(branch=branch, month=month.replace(day=1), kind=kind, defaults=told)
        if bands is not None:
            row.say_bands(bands)
        elif any(total > volunteers for total in row.by_dimension().values()):
            raise TooManyOfABand
        return row

    def by_year(self) -> list[tuple[int, int, Decimal]]:
        """Each year, with the most volunteers of a month (people come in many months) and all hours."""
        found: dict[int, dict[date, tuple[int, Decimal]]] = {}
        rows = self.order_by().values_list("month").annotate(n=Sum("volunteers"), h=Sum("hours"))
        for month, n, hours in rows:
            found.setdefault(month.year, {})[month] = (n, hours)
        return [
            (one, max(n for n, _h in months.values()), sum((h for _n, h in months.values()), Decimal(0)))
            for one, months in sorted(found.items(), reverse=True)
        ]


class Helped(models.Model):
    """How many people helped at a branch in a month with one kind of thing, and for how many hours; never who."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("branch"))
    month = models.DateField(_("month"))  # its first day
    kind = models.CharField(_("kind of help"), max_length=12, choices=KindOfHelp.choices)
    volunteers = models.PositiveIntegerField(_("how many people"))
    hours = models.DecimalField(_("hours of all together"), max_digits=9, decimal_places=2)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = HelpedQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "branch", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "month", "kind"], name="help_reported_once"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="help_has_hours"),
            models.CheckConstraint(condition=Q(hours__lte=F("volunteers") * MOST_HOURS), name="help_fits_a_month"),
        ]
        verbose_name = _("report of volunteer hours")
        verbose_name_plural = _("reports of volunteer hours")

    def __str__(self) -> str:
        return f"{self.branch}, {self.month:%Y-%m}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("volunteering:desk-report", args=[self.pk])

    @transaction.atomic
    def say_bands(self, bands: Mapping[Band, int]) -> None:
        """As people said themselves; nobody is asked twice for the same. Raises TooManyOfABand."""
        self.bands.all().delete()
        self.bands.bulk_create(HelpedBand(helped=self, band=band, count=n) for band, n in bands.items() if n)
        if any(total > self.volunteers for total in self.by_dimension().values()):
            raise TooManyOfABand

    def by_dimension(self) -> dict[int, int]:
        rows = self.bands.order_by().values_list("band__dimension").annotate(n=Sum("count"))
        return dict(rows)


class HelpedBand(models.Model):
    """How many of them said this of themselves."""

    helped = models.ForeignKey(Helped, models.CASCADE, related_name="bands")
    band = models.ForeignKey(Band, models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        ordering = ["band__dimension__order", "band__order"]
        constraints = [models.UniqueConstraint(fields=["helped", "band"], name="band_of_help_once")]
        verbose_name = _("band of volunteers")
        verbose_name_plural = _("bands of volunteers")

    def __str__(self) -> str:
        return f"{self.band}: {self.count}"
