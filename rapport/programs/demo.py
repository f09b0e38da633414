"""What the demo town offers: trials in every state, changes that stayed, and a week that is full at each branch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from rapport.deciding.models import Decision
from rapport.insight.models import Need
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs import demo_access, demo_finding, demo_planning
from rapport.programs.models import Access, Band, Choice, Measure, Pilot, Program, ProgramKind, Session

from .demo_words import ABOUT, EVIDENCE, HYPOTHESES, MEASURES, NO_WOOL, SAID, TITLES

_WEEKS_BEHIND = 8
_WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Series:
    """The same weekday and hour, every week: 0 is Monday."""

    weekday: int
    at: time
    minutes: int
    audience: Band
    language: str = "en"
    access: tuple[Access, ...] = ()
    space: int | None = None
    since: int = _WEEKS_BEHIND
    ahead: int = _WEEKS_AHEAD


@dataclass(frozen=True)
class Mark:
    """One measure of a trial: thresholds, and what was read so many days ago."""

    name: str
    unit: str
    green: int
    amber: int
    read: tuple[tuple[int, int], ...] = ()
    more_is_better: bool = True


@dataclass(frozen=True)
class Trial:
    """Days are counted back from today, a negative one lies ahead."""

    started: int
    review: int
    marks: tuple[Mark, ...]
    choice: Choice | None = None
    decided: int = 0


@dataclass(frozen=True)
class Plan:
    """One thing that the town does; `branch` is a place in the list of branches."""

    planned: int
    kind: ProgramKind = ProgramKind.PROGRAM
    topic: str = ""
    branch: int = 0
    trial: Trial | None = None
    delivered: int | None = None
    series: tuple[Series, ...] = field(default=())


_FREE = (Access.STEP_FREE,)

PLANS: dict[str, Plan] = {
    "homework": Plan(
        planned=46,
        topic="homework",
        trial=Trial(
            started=40,
            review=-20,
            marks=(
                Mark("homework_came", "", 12, 8, ((33, 7), (26, 9), (19, 11), (12, 12), (5, 14))),
                Mark("homework_again", "%", 60, 40, ((19, 45), (5, 58))),
            ),
        ),
        series=(
            Series(1, time(16), 120, Band.AGES_12_18, access=_FREE, space=0, since=2),
            Series(3, time(16), 120, Band.AGES_6_11, access=(*_FREE, Access.QUIET), space=0, since=3),
        ),
    ),
    "large_print": Plan(
        planned=21,
        kind=ProgramKind.SERVICE,
        topic="large_print",
        branch=1,
        trial=Trial(
            started=20,
            review=3,
            marks=(Mark("large_print_lent", "", 40, 25, ((13, 18), (6, 31))),),
        ),
        series=(Series(2, time(10, 30), 60, Band.ADULTS, access=(*_FREE, Access.LARGE_PRINT, Access.SEATS), since=2),),
    ),
    "arabic_storytime": Plan(
        planned=160,
        topic="arabic_storytime",
        trial=Trial(
            started=150,
            review=65,
            marks=(
                Mark("arabic_came", "", 15, 10, ((140, 9), (112, 14), (84, 21))),
                Mark("arabic_new", "", 5, 3, ((112, 4), (84, 7))),
            ),
            choice=Choice.ADOPT,
            decided=60,
        ),
        series=(Series(5, time(10, 30), 45, Band.AGES_0_5, "ar", (*_FREE, Access.SEATS), 0),),
    ),
    "sunday": Plan(
        planned=236,
        kind=ProgramKind.HOURS,
        topic="sunday",
        trial=Trial(
            started=232,
            review=206,
            marks=(
                Mark("sunday_visits", "", 80, 50, ((229, 64), (222, 88), (215, 93), (208, 91))),
                Mark("sunday_hours", "h", 20, 26, ((208, 19),), more_is_better=False),
            ),
            choice=Choice.ADOPT,
            decided=205,
        ),
        series=(Series(6, time(14), 90, Band.GENERAL, "es", _FREE),),
    ),
    "teen": Plan(
        planned=110,
        topic="teen",
        branch=2,
        trial=Trial(
            started=100,
            review=48,
            marks=(Mark("teen_came", "", 12, 8, ((93, 9), (79, 5), (65, 4), (51, 3))),),
            choice=Choice.STOP,
            decided=45,
        ),
    ),
    "ramp": Plan(planned=150, kind=ProgramKind.SPACE, topic="ramp", branch=1, delivered=100),
    "hotspots": Plan(planned=112, kind=ProgramKind.SERVICE, topic="wifi", branch=2, delivered=106),
    "short_names": Plan(planned=70, kind=ProgramKind.RULE, delivered=64),
    "storytime": Plan(
        planned=360,
        series=(
            Series(1, time(10), 30, Band.AGES_0_5, access=(*_FREE, Access.SEATS), space=0),
            Series(3, time(10), 30, Band.AGES_0_5, access=(*_FREE, Access.SIGN_LANGUAGE), space=0),
        ),
    ),
    "storytime_mill": Plan(planned=350, branch=1, series=(Series(2, time(10), 30, Band.AGES_0_5, access=_FREE),)),
    "knitting": Plan(
        planned=300, branch=1, series=(Series(0, time(14), 120, Band.ADULTS, access=(*_FREE, Access.SEATS)),)
    ),
    "chess": Plan(planned=280, branch=1, series=(Series(4, time(16), 90, Band.AGES_6_11, access=_FREE),)),
    "film": Plan(
        planned=200,
        branch=1,
        series=(Series(5, time(15), 120, Band.GENERAL, access=(*_FREE, Access.HEARING_LOOP, Access.CAPTIONS)),),
    ),
    "computer": Plan(
        planned=240,
        branch=2,
        series=(
            Series(0, time(10), 90, Band.ADULTS, "es", _FREE),
            Series(3, time(17), 90, Band.ADULTS, "en", (*_FREE, Access.LARGE_PRINT)),
        ),
    ),
    "english_table": Plan(planned=210, branch=2, series=(Series(1, time(18), 60, Band.ADULTS, access=_FREE),)),
    "calm_hour": Plan(
        planned=130, branch=2, series=(Series(5, time(9), 60, Band.GENERAL, access=(*_FREE, Access.QUIET)),)
    ),
    "garden_club": Plan(planned=90, branch=0, series=(Series(4, time(9, 30), 90, Band.GENERAL, "es", _FREE, 1),)),
}


@transaction.atomic
def fill(
    cast: Mapping[str, Person],
    branches: Mapping[str, Branch],
    needs: Mapping[str, Need],
    decisions: Mapping[str, Decision],
) -> dict[str, Program]:
    """Plan, try out, deliver and count as the plans say; what answers an unknown topic is passed over."""
    town = _Town(cast, list(branches.values()), needs, decisions)
    known = {name: plan for name, plan in PLANS.items() if not plan.topic or plan.topic in needs}
    programs = {name: town.live(name, plan) for name, plan in known.items()}
    if "knitting" in programs:
        _call_one_off(programs["knitting"], town.by)
    demo_access.ask(programs, town.by)
    demo_planning.plan(programs, cast, town.branches, town.by)
    demo_finding.fill(cast, programs)
    return programs


@dataclass(frozen=True)
class _Town:
    cast: Mapping[str, Person]
    branches: list[Branch]
    needs: Mapping[str, Need]
    decisions: Mapping[str, Decision]

    @property
    def by(self) -> Person:
        return self.cast.get("ben") or next(iter(self.cast.values()))

    @property
    def manager(self) -> Person:
        return self.cast.get("mona") or self.by

    def live(self, name: str, plan: Plan) -> Program:
        branch = self.branches[plan.branch % len(self.branches)]
        need = self.needs.get(plan.topic)
        program = Program.objects.plan(
            TITLES[name],
            by=self.by,
            need=need,
            decision=self.decisions.get(plan.topic),
            kind=plan.kind,
            branch=branch,
            about=ABOUT[name],
            at=_ago(plan.planned),
        )
        if plan.trial:
            self._try_out(name, program, plan.trial)
        if plan.delivered is not None:
            program.deliver(SAID[name], by=self.by, at=_ago(plan.delivered))
        if plan.trial is None and plan.delivered is None:
            program.publish(_ago(plan.planned - 5))
        sessions = [one for series in plan.series for one in _sessions(program, series, branch)]
        _count(sessions, self.by)
        return program

    def _try_out(self, name: str, program: Program, trial: Trial) -> None:
        pilot = program.prepare_pilot(HYPOTHESES[name], review_on=_ago(trial.review).date())
        measures = [_measure(pilot, mark) for mark in trial.marks]
        pilot.start(by=self.manager, at=_ago(trial.started))
        for measure, mark in zip(measures, trial.marks, strict=True):
            for days, value in mark.read:
                measure.read(value, by=self.by, at=_ago(days))
        if trial.choice:
            pilot.decide(trial.choice, EVIDENCE[name], by=self.manager, at=_ago(trial.decided))


def _measure(pilot: Pilot, mark: Mark) -> Measure:
    return pilot.add_measure(
        MEASURES[mark.name], green=mark.green, amber=mark.amber, unit=mark.unit, more_is_better=mark.more_is_better
    )


def _sessions(program: Program, series: Series, branch: Branch) -> list[Session]:
    """From so many weeks ago to some weeks ahead, on the series' own weekday."""
    today = timezone.localdate()
    first = today - timedelta(days=today.weekday() - series.weekday, weeks=series.since)
    starts_at = timezone.make_aware(datetime.combine(first, series.at))
    spaces = list(branch.spaces.all())
    return program.add_sessions(
        starts_at,
        starts_at + timedelta(minutes=series.minutes),
        times=series.since + series.ahead,
        branch=branch,
        space=spaces[series.space % len(spaces)] if spaces and series.space is not None else None,
        language=series.language,
        audience=series.audience,
        access=[str(mark) for mark in series.access],
    )


def _count(sessions: list[Session], by: Person) -> None:
    """Most that are over were counted the same evening; one in fifteen was forgotten, and to one nobody came."""
    now = timezone.now()
    over = [session for session in sessions if session.ends_at < now - timedelta(days=1)]
    for place, session in enumerate(over):
        if place % 15 != 4:
            session.count_heads(_heads(session, place), by=by, at=session.ends_at + timedelta(minutes=20))


def _heads(session: Session, place: int) -> dict[str, int]:
    many = 6 + (session.program_id * 5 + place * 7) % 11
    if session.audience == Band.GENERAL:
        return {Band.AGES_6_11: many // 3, Band.ADULTS: many}
    if session.audience == Band.AGES_0_5:
        return {Band.AGES_0_5: many, Band.ADULTS: many - 2}
    if session.audience == Band.AGES_6_11 and place == 2:
        return {Band.AGES_6_11: 0}  # the day of the snow: it was held, and nobody came
    return {session.audience: many}


def _call_one_off(program: Program, by: Person) -> None:
    coming = program.sessions.filter(starts_at__gt=timezone.now()).first()
    if coming:
        coming.cancel(NO_WOOL, by=by)


def _ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=11, minute=30, second=0, microsecond=0) - timedelta(days=days)
