"""How the demo town plans: a course by rule, a template, reviews, days of the year, outings, help one to one."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from rapport.people.models import Person
from rapport.places.models import Branch, Closure
from rapport.programs.methods.recurrence import Recurrence
from rapport.programs.models import (
    Access,
    HelpBooking,
    HelpEnd,
    HelpSlot,
    HelpTopic,
    HoursThere,
    Observance,
    Outreach,
    Program,
    ProgramTemplate,
    Recording,
    RegistrationRules,
    Series,
    When,
)
from rapport.programs.models.foreseen import leave_out, make_dates

from .demo_planning_words import HELP, OBSERVANCES, PLANNED, RULES, SEWING, STOCKTAKING, SUCCESS, TEMPLATE


def plan(programs: Mapping[str, Program], cast: Mapping[str, Person], branches: list[Branch], by: Person) -> None:
    manager = cast.get("mona") or by
    _rules()
    _observe()
    sewing = _course(branches[0], by)
    ProgramTemplate.objects.create(program=sewing, name=TEMPLATE, by=by)
    _in_review(branches[-1], by, manager)
    _record(programs, by)
    _go_out(branches, by)
    _help(branches[0], by)
    for branch in branches:
        HoursThere.objects.create(branch=branch, hours=24, since=timezone.localdate() - timedelta(days=90), by=manager)
    _effort(programs)


def _rules() -> None:
    for name, facts in (
        ("storytime", {"opens_days": 14, "walk_ins": 4, "most_heads": 8}),
        ("course", {"way": "whole", "opens_days": 42, "first_days": 7, "waitlist": 8, "confirm_hours": 48}),
    ):
        RegistrationRules.objects.create(name=RULES[name], **facts)


def _observe() -> None:
    today = timezone.localdate()
    for name, facts in (
        ("lunar", {"when": When.GIVEN, "lasts": 15, "lead_weeks": 12, "planned_with": "Golden Bridge Association"}),
        ("books", {"when": When.FIXED, "month": 4, "day": 23}),
        ("deaf", {"when": When.RULE, "month": 9, "nth": -1, "weekday": 6, "planned_with": "Deaf Club of the county"}),
        ("town", {"when": When.FIXED, "month": (today + timedelta(days=40)).month, "day": 6, "lead_weeks": 8}),
    ):
        label, about = OBSERVANCES[name]
        made = Observance.objects.create(name=label, about=about, **facts)
        for first in _NEW_YEARS if facts["when"] == When.GIVEN else ():
            made.dates.create(first=first)


_NEW_YEARS = (date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13))  # Hong Kong Observatory


def _course(branch: Branch, by: Person) -> Program:
    """Six Thursday evenings: one falls on a holiday, one is left out, one was moved."""
    title, about = SEWING
    program = Program.objects.plan(
        title, by=by, need=None, about=about, branch=branch, language="en", audience="19+", capacity=12,
        rules=RegistrationRules.objects.order_by("pk").last(), access=[Access.STEP_FREE, Access.CHILDCARE],
        staff_hours=Decimal(5), budget=Decimal(60), minutes_before=30, minutes_after=20, success=SUCCESS,
    )  # fmt: skip
    program.publish()
    series = Series(program=program, by=by)
    series.take_over(program)
    series.save()
    thursday = timezone.localdate() + timedelta(days=(3 - timezone.localdate().weekday()) % 7 + 7)
    holiday = thursday + timedelta(weeks=2)
    if not Closure.objects.filter(first__lte=holiday, last__gte=holiday).exists():
        Closure.objects.create(branch=branch, first=holiday, last=holiday, why=STOCKTAKING)
    dates = make_dates(series, Recurrence((3,), times=7), thursday, time(18), time(20), by=by)
    moved = dates[-1]
    day = timedelta(days=1)
    moved.move(moved.starts_at + day, moved.ends_at + day, why="The hall is needed for the town meeting.", by=by)
    leave_out(series, timezone.localdate(dates[1].starts_at), "The teacher is away.", by=by)
    return program


def _in_review(branch: Branch, by: Person, manager: Person) -> None:
    title, about = PLANNED["repair"]
    repair = Program.objects.plan(title, by=by, need=None, about=about, branch=branch, form="club", host="Walid")
    first = repair.submit("Walid and two neighbours bring the tools. They need a key and a kettle.", by=by)
    first.send_back(
        "Fine. Who looks after the irons, and what do we do about burns? Say it, and it goes out.", by=manager
    )
    repair.submit("One of us is there with the first-aid box; irons stay on the stone table.", by=by)
    title, about = PLANNED["lanterns"]
    lunar = Observance.objects.get(when=When.GIVEN)
    lanterns = Program.objects.plan(title, by=by, need=None, about=about, branch=branch, observance=lunar)
    lanterns.submit("Planned with the Golden Bridge Association, who bring paper and stories.", by=by).approve(
        "Lovely. Ask them who speaks first.", by=manager
    )


def _record(programs: Mapping[str, Program], by: Person) -> None:
    if program := programs.get("storytime"):
        today = timezone.localdate()
        for days, title, views in ((75, "A bear in the rain", (212, 48)), (33, "Five little ducks", None)):
            made = Recording.objects.post(
                title, program, posted_on=today - timedelta(days=days), platforms=["YouTube", "Facebook"], by=by
            )
            if views:
                made.note_views({"YouTube": views[0], "Facebook": views[1]}, by=by)


def _go_out(branches: list[Branch], by: Person) -> None:
    today = timezone.localdate()
    for days, place, host, met, cards, items, ideas in (
        (12, "Saturday market", "Market association", 84, 11, 40, ["Could one bring books back here on Saturdays?"]),
        (30, "Evening of the parents, Mill School", "Mill School", 46, 6, 0, []),
        (48, "Clinic, waiting room", "Community clinic", 27, 3, 32, ["A shelf in the waiting room would help."]),
    ):
        Outreach.objects.note(
            by=by, ideas=ideas, language="en", day=today - timedelta(days=days), place=place, host=host,
            branch=branches[days % len(branches)], contacts=met, cards=cards, items=items,
            staff_hours=Decimal(6), languages="en, es",
        )  # fmt: skip


def _help(branch: Branch, by: Person) -> None:
    topics = [HelpTopic.objects.create(name=name, about=about) for name, about in HELP]
    for days in (-6, 2, 3, 9):
        day = timezone.localdate() + timedelta(days=days)
        for hour in (14, 15, 16):
            begins = timezone.make_aware(datetime.combine(day, time(hour)))
            slot = HelpSlot.objects.create(
                person=by,
                branch=branch,
                starts_at=begins,
                ends_at=begins + timedelta(minutes=45),
                languages=["en", "es"],
            )
            slot.topics.set(topics)
    past = list(HelpSlot.objects.filter(starts_at__lt=timezone.now())[:2])
    for slot, name, what, minutes in zip(
        past, ("Edith", "Omar"), (HelpEnd.MET, HelpEnd.MISSED), (50, None), strict=False
    ):
        when = {"starts_at": slot.starts_at, "branch": slot.branch, "person": by}
        made = HelpBooking.objects.create(topic=topics[0], slot=slot, name=name, language="en", **when)
        made.finish(what, by=by, minutes=minutes)
    free = HelpSlot.objects.free().first()
    if free:
        HelpBooking.objects.book(
            topics[0],
            slot=free,
            name="Rosa",
            email="rosa@example.org",
            language="es",
            words="Fotos del móvil al ordenador.",
        )
    HelpBooking.objects.book(
        topics[1], name="Noor", email="noor@example.org", language="ar", when_suits="Friday morning", branch=branch
    )


def _effort(programs: Mapping[str, Program]) -> None:
    """Dates to come say how many hours they take; at one branch it is more than there is."""
    for name, hours in (("storytime", 3), ("homework", 4), ("film", 5), ("computer", 4), ("garden_club", 6)):
        if program := programs.get(name):
            program.change({"staff_hours": Decimal(hours)})
