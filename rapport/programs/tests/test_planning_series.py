"""Series by rule: closed days are skipped and named, changes are foreseen and handed down, moved dates stay."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.methods.recurrence import Recurrence
from rapport.programs.models import (
    Program,
    RegistrationRules,
    Seating,
    Series,
    Session,
    TooFew,
    copy,
)
from rapport.programs.models.foreseen import foresee_change, make_dates, on_closed_days, skip

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence((1,), times=4)
FIRST = date(2030, 5, 7)


@pytest.fixture
def course(ben: Person, riverside: Branch) -> Series:
    program = Program.objects.plan("Sewing", by=ben, need=None, branch=riverside, language="en", audience="19+")
    series = Series(program=program, title="Sewing in spring", by=ben)
    series.take_over(program)
    series.save()
    return series


def _plan(series: Series, ben: Person, **more: object) -> list[Session]:
    return make_dates(series, TUESDAYS, FIRST, time(18), time(20), by=ben, **more)  # type: ignore[arg-type]


def test_closed_days_are_skipped_and_named(course: Series, ben: Person, riverside: Branch) -> None:
    riverside.closures.create(first=date(2030, 5, 14), last=date(2030, 5, 14), why={"en": "Town festival"})

    made = _plan(course, ben, left_out={date(2030, 5, 21)})

    assert [timezone.localdate(one.starts_at).day for one in made] == [7, 28]
    assert [(one.day.day, one.why) for one in course.skips.all()] == [
        (14, "Town festival"),
        (21, "left out when it was planned"),
    ]
    assert course.recurs == TUESDAYS.text
    assert str(made[0]) == "Sewing in spring"


def test_a_rule_that_is_run_twice_makes_nothing_twice(course: Series, ben: Person) -> None:
    first = _plan(course, ben)
    first[0].move(first[0].starts_at + timedelta(days=1), first[0].ends_at + timedelta(days=1))
    course.program.publish()
    first[1].move(first[1].starts_at + timedelta(days=1), first[1].ends_at + timedelta(days=1))

    again = _plan(course, ben)

    # what was moved before anybody saw it left no trace, and is made anew
    assert [timezone.localdate(one.starts_at) for one in again] == [FIRST]


def test_online_dates_stand_when_a_branch_is_closed(course: Series, ben: Person, riverside: Branch) -> None:
    riverside.closures.create(first=FIRST, last=FIRST)
    course.change({"setting": "virtual"})
    assert len(_plan(course, ben)) == 4


def test_dates_on_a_day_that_was_closed_later_are_found(course: Series, ben: Person, riverside: Branch) -> None:
    made = _plan(course, ben)
    closure = riverside.closures.create(first=FIRST, last=FIRST)
    assert on_closed_days(course, made) == {made[0].pk: closure}


def test_what_is_public_and_moves_says_from_where(course: Series, ben: Person) -> None:
    course.program.publish()
    [date_, *_rest] = _plan(course, ben)
    before = date_.starts_at

    date_.move(before + timedelta(days=1), date_.ends_at + timedelta(days=1), why="The room is painted", by=ben)
    date_.move(date_.starts_at, date_.ends_at, language="es")  # nothing that people go to has moved

    assert date_.moves.count() == 1
    assert date_.moved_from is not None
    assert (date_.moved_from.from_starts_at, date_.moved_from.why) == (before, "The room is painted")


def _registered(date_: Session, heads: int) -> Seating:
    seating = Seating.objects.open_for(date_)
    assert seating is not None
    seating.take(heads)
    return seating


def test_a_change_of_the_program_reaches_its_series_and_dates(course: Series, ben: Person) -> None:
    course.program.change({"rules": RegistrationRules.objects.create(name="Courses"), "capacity": 12})
    course.refresh_from_db()
    dates = _plan(course, ben)
    dates[3].move(dates[3].starts_at, dates[3].ends_at, capacity=8)
    seating = _registered(dates[0], 3)

    seen = foresee_change(course.program, {"capacity": 20})
    touched = course.program.change({"capacity": 20})

    assert [(one.session.pk, one.names, one.heads) for one in seen] == [
        (dates[0].pk, ["capacity"], 3), (dates[1].pk, ["capacity"], 0), (dates[2].pk, ["capacity"], 0)
    ]  # fmt: skip
    assert {one.pk for one in touched} == {one.pk for one in dates[:3]}
    seating.refresh_from_db()
    assert seating.capacity == 20


def test_nobody_loses_their_place_to_a_change(course: Series, ben: Person) -> None:
    course.program.change({"rules": RegistrationRules.objects.create(name="Courses"), "capacity": 12})
    course.refresh_from_db()
    [date_, *_rest] = _plan(course, ben)
    _registered(date_, 6)

    assert foresee_change(course, {"capacity": 5})[0].too_few
    with pytest.raises(TooFew):
        course.change({"capacity": 5})

    date_.refresh_from_db()
    assert date_.capacity == 12


def test_a_copy_has_the_plan_and_no_number(course: Series, ben: Person) -> None:
    _plan(course, ben)
    skip(course, date(2030, 6, 4), "Ben is away", by=ben)
    course.program.change({"capacity": 12})

    made = copy(course.program, "Sewing in autumn", by=ben, need=None)

    [series] = made.series.all()
    assert (str(made), made.capacity, made.is_public) == ("Sewing in autumn", 12, False)
    assert (series.recurs, str(series)) == (TUESDAYS.text, "Sewing in spring")
    assert not made.sessions.exists() and not series.skips.exists()
