"""What a date takes: hours of staff and money, as planned (its facts) and as it was; and the hours there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Branch

from .helping import HelpSlot
from .outreach import Outreach
from .session import Session

_WEEK = timedelta(days=7)


class Effort(models.Model):
    """What a date really took."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="effort")
    hours = models.DecimalField(
        _("staff hours it took"), max_digits=6, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    money = models.DecimalField(
        _("money it took"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("what it took")
        verbose_name_plural = _("what it took")


class HoursThere(models.Model):
    """How many staff hours a week a branch has for programs, from a week on. Said by its manager."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+")
    hours = models.DecimalField(_("hours a week"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])
    since = models.DateField(_("from the week of"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "at", "pk"]
        verbose_name = _("hours there are")
        verbose_name_plural = _("hours there are")


@dataclass(frozen=True)
class Week:
    """One week of a branch: hours promised to dates, one-to-one help and outreach, and those that there are."""

    branch: Branch
    monday: date
    promised: Decimal
    there: Decimal | None
    unplanned: int  # dates of which nobody said how many hours they take

    @property
    def is_too_much(self) -> bool:
        return self.there is not None and self.promised > self.there

    @property
    def share(self) -> int | None:
        return round(100 * self.promised / self.there) if self.there else None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks(branches: Iterable[Branch], first: date, many: int) -> dict[tuple[int, date], Week]:
    """So many weeks of each branch, in five queries however many there are."""
    first = monday_of(first)
    begin, end = _start(first), _start(first + many * _WEEK)
    hours: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    unplanned: dict[tuple[int, date], int] = defaultdict(int)
    dates = Session.objects.filter(starts_at__gte=begin, starts_at__lt=end, cancellation=None).exclude(branch=None)
    for branch_pk, starts, planned in dates.order_by().values_list("branch", "starts_at", "staff_hours"):
        key = (branch_pk, monday_of(timezone.localdate(starts)))
        hours[key] += planned or 0
        unplanned[key] += planned is None
    slots = HelpSlot.objects.filter(starts_at__gte=begin, starts_at__lt=end).exclude(branch=None)
    for branch_pk, starts, ends in slots.order_by().values_list("branch", "starts_at", "ends_at"):
        hours[branch_pk, monday_of(timezone.localdate(starts))] += Decimal((ends - starts).total_seconds()) / 3600
    trips = Outreach.objects.filter(day__gte=first, day__lt=first + many * _WEEK).exclude(branch=None)
    for branch_pk, day, spent in trips.order_by().values_list("branch", "day", "staff_hours"):
        hours[branch_pk, monday_of(day)] += spent or 0
    there = list(HoursThere.objects.filter(since__lt=first + many * _WEEK))
    found = {}
    for branch in branches:
        for monday in (first + n * _WEEK for n in range(many)):
            key = (branch.pk, monday)
            said = [one.hours for one in there if one.branch_id == branch.pk and one.since < monday + _WEEK]
            promised = hours[key].quantize(Decimal("0.1"))
            found[key] = Week(branch, monday, promised, said[-1] if said else None, unplanned[key])
    return found


def too_much(branch: Branch | None, days: Iterable[date], hours: Decimal | None) -> list[Week]:
    """The weeks in which more would be promised than there is, if each of these days took so many hours more."""
    mondays = [monday_of(day) for day in days]
    if branch is None or not mondays or not hours:
        return []
    many = (max(mondays) - min(mondays)).days // 7 + 1
    as_it_is = weeks([branch], min(mondays), many)
    then = []
    for monday in sorted(set(mondays)):
        week = as_it_is[branch.pk, monday]
        then.append(Week(branch, monday, week.promised + hours * mondays.count(monday), week.there, week.unplanned))
    return [week for week in then if week.is_too_much]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
