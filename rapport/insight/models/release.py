from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person


class OverBudget(Exception):
    """The year's privacy budget does not reach for this."""


class AlreadyReleased(Exception):
    """The numbers of this quarter are out; others beside them would give small ones away."""


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def end_of(quarter: date) -> date:
    return quarter_of(quarter + timedelta(days=95)) - timedelta(days=1)


class PrivacyBudgetQuerySet(models.QuerySet["PrivacyBudget"]):
    def of_year(self, year: int) -> "PrivacyBudget":
        return self.get_or_create(year=year)[0]


class PrivacyBudget(models.Model):
    """How much may be given away about anybody in the releases of a year: the sum of their epsilons."""

    year = models.PositiveSmallIntegerField(unique=True)
    epsilon = models.DecimalField(_("epsilon for the year"), max_digits=6, decimal_places=3, default=Decimal(8))
    spent = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(0))

    objects = PrivacyBudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(spent__lte=F("epsilon")), name="privacy_budget_not_overspent")
        ]
        verbose_name = _("privacy budget")
        verbose_name_plural = _("privacy budgets")

    def __str__(self) -> str:
        return f"{self.year}: {self.spent} / {self.epsilon}"

    @property
    def left(self) -> Decimal:
        return self.epsilon - self.spent

    def spend(self, epsilon: Decimal) -> None:
        """Raises OverBudget; the database lets nobody spend twice what is left, however many try at once."""
        rows = PrivacyBudget.objects.filter(pk=self.pk, spent__lte=F("epsilon") - epsilon)
        if not rows.update(spent=F("spent") + epsilon):
            raise OverBudget
        self.refresh_from_db()


class ReleaseQuerySet(models.QuerySet["Release"]):
    def due(self, today: date | None = None) -> date | None:
        """The last quarter that is over, if its numbers are not out yet."""
        last = quarter_of(quarter_of(today or timezone.localdate()) - timedelta(days=1))
        return None if self.filter(quarter=last).exists() else last

    def spent_in(self, year: int) -> Decimal:
        return self.filter(quarter__year=year).aggregate(spent=Sum("cost"))["spent"] or Decimal(0)


class Release(models.Model):
    """The library's own numbers of who took part in one quarter, as anyone may download them; they never change."""

    quarter = models.DateField(_("quarter"), unique=True)
    threshold = models.PositiveSmallIntegerField()
    epsilon = models.DecimalField(
        max_digits=6, decimal_places=3, null=True, blank=True
    )  # of each table; None: no noise
    cost = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(0))  # of all tables together
    rows = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter"]
        verbose_name = _("release of participation figures")
        verbose_name_plural = _("releases of participation figures")

    def __str__(self) -> str:
        return f"{self.quarter.year}-Q{(self.quarter.month + 2) // 3}"

    def get_absolute_url(self) -> str:
        return reverse("insight:whom-we-hear")

    @property
    def last_day(self) -> date:
        return end_of(self.quarter)

    @classmethod
    @transaction.atomic
    def publish(
        cls, quarter: date, rows: list[dict[str, Any]], *, threshold: int, epsilon: Decimal | None, cost: Decimal,
        by: Person | None,
    ) -> "Release":  # fmt: skip
        """Raises AlreadyReleased, OverBudget, or ValueError where the quarter is not over."""
        if end_of(quarter) >= timezone.localdate() or quarter_of(quarter) != quarter:
            raise ValueError("Only a quarter that is over")
        release, is_new = cls.objects.get_or_create(
            quarter=quarter,
            defaults={"rows": rows, "threshold": threshold, "epsilon": epsilon, "cost": cost, "by": by},
        )
        if not is_new:
            raise AlreadyReleased
        if cost:
            PrivacyBudget.objects.of_year(quarter.year).spend(cost)
        return release
