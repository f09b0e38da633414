"""How much was asked for in a year, how much of it was met, and how many days ahead people asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone

from rapport.programs.models.accommodation import AccommodationTask, Aid, AidState, Worked


@dataclass(frozen=True)
class Demanded:
    """One kind of help. Shares are of those that were not withdrawn and are settled."""

    label: str
    asked: int
    arranged: int
    alternative: int
    not_possible: int
    open: int
    days_ahead: float | None
    cost: Decimal

    @property
    def met(self) -> int | None:
        settled = self.arranged + self.alternative + self.not_possible
        return round(100 * self.arranged / settled) if settled else None


@dataclass(frozen=True)
class Demand:
    rows: Sequence[Demanded]
    total: Demanded
    years: Sequence[int]
    helped: int  # of those who answered afterwards, how many said that it worked
    answered: int


def demand(year: int, branches: set[int] | None) -> Demand:
    """By the year in which the date lies; `branches` None is everywhere."""
    rows = AccommodationTask.objects.of_branches(branches)
    mine = list(rows.filter(request__session__starts_at__year=year).select_related("request__session", "request__echo"))
    by_kind = [_of(str(aid.label), [task for task in mine if task.aid == aid]) for aid in Aid]
    echoes = {task.request_id: task.request.echo for task in mine if hasattr(task.request, "echo")}
    helped = sum(1 for echo in echoes.values() if echo.worked == Worked.YES)
    return Demand([row for row in by_kind if row.asked], _of("", mine), _years(rows), helped, len(echoes))


def _of(label: str, tasks: Sequence[AccommodationTask]) -> Demanded:
    counts = {state: sum(1 for task in tasks if task.state == state) for state in AidState}
    ahead = [one.request.days_ahead for one in tasks]
    return Demanded(
        label=label,
        asked=len(tasks),
        arranged=counts[AidState.ARRANGED],
        alternative=counts[AidState.ALTERNATIVE],
        not_possible=counts[AidState.NOT_POSSIBLE],
        open=counts[AidState.ASKED],
        days_ahead=median(ahead) if ahead else None,
        cost=sum((task.cost or Decimal(0) for task in tasks), Decimal(0)),
    )


def _years(rows: QuerySet[AccommodationTask]) -> list[int]:
    found = {day.year for day in rows.order_by().datetimes("request__session__starts_at", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)
