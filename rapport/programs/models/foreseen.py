"""What a rule or a change would do, before it is done: which dates, which are closed, who is registered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from rapport.people.models import Person
from rapport.places.models import Closure
from rapport.programs.methods.recurrence import Recurrence

from .offered import FACTS, Inheriting, Offered, Setting
from .program import Program
from .refitting import seating_of
from .series import Series
from .session import Session
from .skip import Skip


@dataclass(frozen=True)
class Foreseen:
    """One date that a rule names. `closed` says why it is skipped; `is_there` that it is made already."""

    day: date
    starts_at: datetime
    ends_at: datetime
    closure: Closure | None = None
    is_there: bool = False

    @property
    def is_made(self) -> bool:
        return self.closure is None and not self.is_there

    @property
    def closed(self) -> str:
        return (str(self.closure.why) or gettext("closed")) if self.closure else ""


def foresee(
    plan: Offered, days: Iterable[date], starts: time, ends: time, there: Collection[date] = ()
) -> list[Foreseen]:
    """The dates on these days: those on which the place is closed are named, with the reason."""
    closures = _closures(plan)
    return [
        Foreseen(day, _moment(day, starts), _moment(day, ends), _closing(closures, day), day in there) for day in days
    ]


def _closures(plan: Offered) -> list[Closure]:
    """Elsewhere and online only the holidays of the whole library count."""
    where = Q(branch=None)
    if plan.setting == Setting.ONSITE and plan.branch_id:
        where |= Q(branch=plan.branch_id)
    return list(Closure.objects.filter(where))


def _closing(closures: list[Closure], day: date) -> Closure | None:
    return next((one for one in closures if one.first <= day <= one.last), None)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def on_closed_days(plan: Offered, sessions: Iterable[Session]) -> dict[int, Closure]:
    """Dates that fell on a day which was closed after they were made, by their key."""
    closures = list(Closure.objects.all())
    found = {}
    for one in sessions:
        near = [
            c
            for c in closures
            if c.branch_id is None or (one.setting == Setting.ONSITE and c.branch_id == one.branch_id)
        ]
        if closing := _closing(near, timezone.localdate(one.starts_at)):
            found[one.pk] = closing
    return found


def days_there(series: Series) -> set[date]:
    """Where this series has a date, as it was first planned too: one that was moved is not made anew."""
    there: set[date] = set()
    for one in series.sessions.prefetch_related("moves"):
        moments = [one.starts_at, *[move.from_starts_at for move in one.moves.all()]]
        there |= {timezone.localdate(moment) for moment in moments}
    return there | set(series.skips.values_list("day", flat=True))


@transaction.atomic
def make_dates(
    series: Series,
    rule: Recurrence,
    first: date,
    starts: time,
    ends: time,
    *,
    by: Person,
    left_out: Collection[date] = (),
) -> list[Session]:
    """Make the dates of a rule. Closed days, and those left out, are kept as rows with their reason. Harmless twice."""
    Series.objects.select_for_update().get(pk=series.pk)
    dates = foresee(series, rule.days(first), starts, ends, days_there(series))
    for one in dates:
        if one.closure and not one.is_there:
            skip(series, one.day, one.closed, by=by, closure=one.closure)
        elif one.is_made and one.day in left_out:
            skip(series, one.day, gettext("left out when it was planned"), by=by)
    made = [(one.starts_at, one.ends_at) for one in dates if one.is_made and one.day not in left_out]
    Series.objects.filter(pk=series.pk).update(recurs=rule.text)
    series.recurs = rule.text
    return series.program.add_dates(made, series=series)


def skip(series: Series, day: date, why: str, *, by: Person, closure: Closure | None = None) -> Skip:
    return Skip.objects.get_or_create(series=series, day=day, defaults={"why": why, "by": by, "closure": closure})[0]


@transaction.atomic
def leave_out(series: Series, day: date, why: str, *, by: Person) -> None:
    """Not on that day. A date that is public is cancelled and stays readable; one that nobody saw is taken out."""
    there = [one for one in series.sessions.filter(cancellation=None) if timezone.localdate(one.starts_at) == day]
    for one in there:
        if series.program.is_public or seating_of(one) is not None:
            one.cancel(why, by=by)
        else:
            one.delete()
    if not there or not series.program.is_public:
        skip(series, day, why, by=by)


@dataclass(frozen=True)
class Touched:
    """A coming date that a change reaches, which of its facts, and how many people have a place there."""

    session: Session
    names: list[str] = field(default_factory=list)
    heads: int = 0
    too_few: bool = False


def foresee_change(above: Program | Series, facts: Mapping[str, Any]) -> list[Touched]:
    """Which coming dates would follow a change of these facts. Nothing is saved."""
    changed = [name for name, value in facts.items() if getattr(above, name, value) != value]
    if isinstance(above, Program):
        changed = [name for name in changed if name in FACTS]
    coming = above.sessions.coming().filter(starts_at__gt=timezone.now())
    coming = coming.select_related("program", "series", "branch", "space", "rules", "cancellation")
    found = []
    for session in coming:
        names = [name for name in changed if _reaches(above, session, name, facts[name])]
        if names:
            found.append(_touched(session, names, facts))
    return found


def _reaches(above: Program | Series, session: Session, name: str, value: Any) -> bool:
    between: list[Inheriting] = [session]
    if isinstance(above, Program) and session.series:
        between.append(session.series)
    return all(name not in one.own for one in between) and getattr(session, name) != value


def _touched(session: Session, names: list[str], facts: Mapping[str, Any]) -> Touched:
    seating = seating_of(session)
    taken = seating.taken if seating else 0
    places = facts["capacity"] if "capacity" in names else session.capacity
    return Touched(session, names, taken, bool(places and places < taken))
