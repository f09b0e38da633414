"""How many come to each series, against its own history; false alarms are held over all series at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait
from rapport.people.models import Person
from rapport.programs.desk.found import within_reach
from rapport.programs.management.commands.attendance import in_words
from rapport.programs.methods.attendance import Course, Trend, trends
from rapport.programs.methods.effect import Effect, effect
from rapport.programs.models import Dwindling, Form, PastCount, Program, Remedy, Series, Session
from rapport.ui import charts
from rapport.ui.charts import Plot

_DAYS = 3 * 365
_ORDER = [Course.FALLING, Course.RISING, Course.STEADY, Course.TOO_EARLY]


@dataclass
class Followed:
    """The dates of one series with how many came, the oldest first; None was not counted."""

    name: str
    program: Program | None = None
    series: Series | None = None
    days: list[date] = field(default_factory=list)
    counts: list[float | None] = field(default_factory=list)
    trend: Trend = field(default_factory=lambda: Trend(Course.TOO_EARLY, 0, None))

    @property
    def sentence(self) -> str:
        said = in_words(self.trend)
        return said[:1].upper() + said[1:] + "."

    @property
    def is_falling(self) -> bool:
        return self.trend.course is Course.FALLING

    @property
    def plot(self) -> Plot:
        marks = [date_format(day, "SHORT_DATE_FORMAT") for day in self.days]
        return charts.line(
            self.name, marks, [charts.Series(_("came"), self.counts)], summary=self.sentence, what=_("Day")
        )


def followed(person: Person | None = None, program: Program | None = None) -> list[Followed]:
    """Every series that this person may see, those that fall first. All are tested together, whoever looks."""
    everything = [*_of_programs(), *_of_past_counts()]
    for one, trend in zip(everything, trends(one.counts for one in everything), strict=True):
        one.trend = trend
    if program is not None:
        everything = [one for one in everything if one.program == program]
    elif person is not None:
        seen = set(within_reach(Program.objects.all(), person, "programs.see").values_list("pk", flat=True))
        everything = [one for one in everything if one.program is None or one.program.pk in seen]
    return sorted(everything, key=lambda one: (_ORDER.index(one.trend.course), one.trend.p, one.name))


def _of_programs() -> Iterable[Followed]:
    """A series that was changed begins anew: its history is that since the change."""
    since = {
        (one.dwindling.program_id, one.dwindling.series_id): one.since
        for one in Remedy.objects.select_related("dwindling").order_by("since")
    }
    found: dict[tuple[int, int | None], Followed] = {}
    for session in _dates().select_related("program", "series"):
        key = (session.program_id, session.series_id)
        day = timezone.localdate(session.starts_at)
        if key in since and day < since[key]:
            continue
        if key not in found:
            name = str(session.series or session.program)
            found[key] = Followed(name, session.program, session.series)
        found[key].days.append(day)
        found[key].counts.append(came_to(session))
    return found.values()


def _dates() -> QuerySet[Session]:
    now = timezone.now()
    rows = Session.objects.filter(
        starts_at__gte=now - timedelta(days=_DAYS), ends_at__lt=now, cancellation=None, form__in=[Form.LIVE, Form.CLUB]
    )
    rows = rows.exclude(Q(program__published_at=None) & Q(headcounts=None) & Q(online_count=None))
    return rows.select_related("online_count").with_attendance().order_by("starts_at", "pk")


def came_to(session: Session) -> float | None:
    """How many came; of a hybrid only where both ways were counted, else it would seem to fall."""
    attendance: int | None = session.attendance  # type: ignore[attr-defined]
    if session.is_hybrid and (session.online_total is None or attendance == session.online_total):
        return None
    return attendance


def _of_past_counts() -> Iterable[Followed]:
    """Rows of sheets: of several dates at once, how many came to one of them on average."""
    found: dict[str, Followed] = defaultdict(lambda: Followed(""))
    for row in PastCount.objects.select_related("branch").order_by("first", "pk"):
        one = found[row.series]
        one.name = row.series
        one.days.append(row.first)
        one.counts.append(None if row.attendance is None else row.attendance / row.events)
    return found.values()


@can_wait
def notice_dwindling() -> int:
    """Raise a flag for each series that falls beyond what chance explains. Run every night; harmless if run twice."""
    falling = [(one.program, one) for one in followed() if one.program is not None and one.is_falling]
    for program, one in falling:
        trend = one.trend
        numbers = {"n": trend.n, "mean": trend.mean, "change": trend.change, "low": trend.low, "high": trend.high}
        Dwindling.objects.notice(program, one.series, **numbers)
    return len(falling)


def effect_of(remedy: Remedy) -> Effect:
    """The dozen dates before the change, against all that came after it."""
    flag = remedy.dwindling
    rows = _dates().filter(program=flag.program, series=flag.series)
    known = [(timezone.localdate(one.starts_at), came_to(one)) for one in rows]
    before = [n for day, n in known if day < remedy.since and n is not None][-12:]
    return effect(before, [n for day, n in known if day >= remedy.since and n is not None])


def effect_words(found: Effect) -> str:
    """What the comparison says, for people."""
    if found.ratio is None:
        return _("Too early to tell: %(n)d dates were counted since, and four are wanted.") % {"n": found.n_after}
    facts = {
        "before": f"{found.before:.0f}", "after": f"{found.after:.0f}", "ratio": f"{found.ratio:.1f}",
        "low": f"{found.low:.1f}", "high": f"{found.high:.1f}",
    }  # fmt: skip
    said = _("On average %(before)s came to a date before and %(after)s since: %(ratio)s times as many, between "
             "%(low)s and %(high)s.") % facts  # fmt: skip
    unsure = _("That can still be chance.")
    clear = _("That is more than chance explains; what caused it, the numbers do not say.")
    return f"{said} {clear if found.is_clear else unsure}"
