from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.places.methods import OpenDays


class BranchQuerySet(models.QuerySet["Branch"]):
    def with_hours(self) -> list["Branch"]:
        """The branches with all that says when they are open, in four queries however many they are."""
        everywhere = list(Closure.objects.filter(branch=None))
        branches = list(self.prefetch_related("hours", "closures"))
        for branch in branches:
            branch.closures_everywhere = everywhere
        return branches

    def calendars(self) -> dict[int | None, OpenDays]:
        """Each branch's open days by its key; under None those of the house as a whole (its first branch)."""
        calendars: dict[int | None, OpenDays] = {branch.pk: branch.open_days() for branch in self.with_hours()}
        first = next(iter(calendars.values()), OpenDays({}))
        return {None: first, **calendars}


class Branch(models.Model):
    """A place of the library with an address and a door."""

    slug = models.SlugField(unique=True)
    name = WordsField(_("name"))
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    about = WordsField(_("in a sentence"), blank=True)
    service_area = WordsField(_("service area"), blank=True)
    access = WordsField(_("access"), blank=True, help_text=_("Step-free entrance, hearing loop, parking, and so on"))
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = BranchQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("branch")
        verbose_name_plural = _("branches")

    def __str__(self) -> str:
        return str(self.name)

    def open_days(self) -> OpenDays:
        closing: dict[int, time] = {}
        for hours in self.hours.all():
            closing[hours.weekday] = max(hours.closes, closing.get(hours.weekday, hours.closes))
        closed = tuple((closure.first, closure.last) for closure in self.all_closures())
        return OpenDays(closing, closed, ZoneInfo(settings.TIME_ZONE))

    @cached_property
    def closures_everywhere(self) -> list["Closure"]:
        return list(Closure.objects.filter(branch=None))

    def all_closures(self) -> list["Closure"]:
        return [*self.closures.all(), *self.closures_everywhere]

    def hours_on(self, day: date) -> list["Hours"]:
        """The hours of that day, in order; none where the branch is closed."""
        if any(closure.first <= day <= closure.last for closure in self.all_closures()):
            return []
        return [hours for hours in self.hours.all() if hours.weekday == day.weekday()]

    def is_open_at(self, moment: datetime | None = None) -> bool:
        local = timezone.localtime(moment)
        return any(hours.opens <= local.time() < hours.closes for hours in self.hours_on(local.date()))


class Space(models.Model):
    """A part of a branch that people know by a name: the children's corner, the garden, the entrance."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="spaces")
    slug = models.SlugField()
    name = WordsField(_("name"))
    about = WordsField(_("in a sentence"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["branch", "slug"], name="space_named_once_in_branch")]
        verbose_name = _("space")
        verbose_name_plural = _("spaces")

    def __str__(self) -> str:
        return str(self.name)


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Hours(models.Model):
    """One opening on one weekday; a day with a break at noon has two."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="hours_close_after_opening"),
            models.UniqueConstraint(fields=["branch", "weekday", "opens"], name="hours_open_once"),
        ]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")


class Closure(models.Model):
    """Days on which a branch, or with no branch the whole library, stays closed."""

    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="closures")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    why = WordsField(_("reason"), blank=True)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="closure_ends_after_start")
        ]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
