"""The library's own days of the year: what is celebrated or remembered, when planning begins, and with whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.places.models.branch import Weekday
from rapport.programs.methods.recurrence import Recurrence


class When(models.TextChoices):
    FIXED = "fixed", _("the same day each year")
    RULE = "rule", _("a weekday of a month")
    GIVEN = "given", _("another day each year, written down year by year")


class Month(models.IntegerChoices):
    JANUARY = 1, _("January")
    FEBRUARY = 2, _("February")
    MARCH = 3, _("March")
    APRIL = 4, _("April")
    MAY = 5, _("May")
    JUNE = 6, _("June")
    JULY = 7, _("July")
    AUGUST = 8, _("August")
    SEPTEMBER = 9, _("September")
    OCTOBER = 10, _("October")
    NOVEMBER = 11, _("November")
    DECEMBER = 12, _("December")


class Nth(models.IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


@dataclass(frozen=True)
class Coming:
    """An observance on its next day, and since when one should be planning."""

    observance: "Observance"
    day: date

    @property
    def plan_from(self) -> date:
        return self.day - timedelta(weeks=self.observance.lead_weeks)

    @property
    def is_time_to_plan(self) -> bool:
        return self.plan_from <= timezone.localdate()


class ObservanceQuerySet(models.QuerySet["Observance"]):
    def ahead(self, days: int = 365, today: date | None = None) -> list[Coming]:
        """Each one's next day within so many days, the nearest first."""
        today = today or timezone.localdate()
        found = []
        for observance in self.prefetch_related("dates"):
            day = observance.next_day(today)
            if day and day <= today + timedelta(days=days):
                found.append(Coming(observance, day))
        return sorted(found, key=lambda one: (one.day, one.observance.pk))


class Observance(models.Model):
    """A day or a time of the year that the community marks."""

    name = WordsField(_("name"))
    about = WordsField(_("what it is, and how we mark it"), blank=True)
    when = models.CharField(_("when it is"), max_length=10, choices=When.choices, default=When.FIXED)
    month = models.PositiveSmallIntegerField(_("month"), choices=Month.choices, null=True, blank=True)
    day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    nth = models.SmallIntegerField(_("which of them"), choices=Nth.choices, null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, null=True, blank=True)
    lasts = models.PositiveSmallIntegerField(_("days that it lasts"), default=1, validators=[MinValueValidator(1)])
    lead_weeks = models.PositiveSmallIntegerField(
        _("weeks ahead that planning begins"), default=8, validators=[MaxValueValidator(52)]
    )
    planned_with = models.CharField(
        _("planned with"), max_length=200, blank=True, help_text=_("Who of the community plans it with you")
    )

    objects = ObservanceQuerySet.as_manager()

    class Meta:
        ordering = ["month", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(when="given")
                | Q(when="fixed", month__isnull=False, day__isnull=False)
                | Q(when="rule", month__isnull=False, nth__isnull=False, weekday__isnull=False),
                name="an_observance_says_when",
            )
        ]
        verbose_name = _("observance")
        verbose_name_plural = _("observances")

    def __str__(self) -> str:
        return str(self.name)

    def next_day(self, today: date) -> date | None:
        """Its next first day; one that lasts counts until it is over. None where nobody wrote this year's down."""
        days = [self.day_in(year) for year in (today.year - 1, today.year, today.year + 1, today.year + 2)]
        return next((day for day in days if day and day + timedelta(days=self.lasts - 1) >= today), None)

    def day_in(self, year: int) -> date | None:
        """None where it has no day that year: not written down, or a 29 February."""
        if self.when == When.GIVEN:
            return next((one.first for one in self.dates.all() if one.first.year == year), None)
        if self.when == When.RULE:
            rule = Recurrence((self.weekday or 0,), nth=(self.nth or 1,), times=1)
            return next(rule.days(date(year, self.month or 1, 1)), None)
        try:
            return date(year, self.month or 1, self.day or 1)
        except ValueError:
            return None


class ObservanceDate(models.Model):
    """Its first day in one year."""

    observance = models.ForeignKey(Observance, models.CASCADE, related_name="dates")
    first = models.DateField(_("first day"))

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["observance", "first"], name="a_day_is_given_once")]
        verbose_name = _("day of an observance")
        verbose_name_plural = _("days of observances")
