from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.places.methods import OpenDays
from rapport.places.models import Branch, Closure

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
WEEKDAYS = OpenDays({day: time(18) for day in range(5)})


def at(day: date, hour: int = 10, zone: ZoneInfo | None = None) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone or UTC)


def test_three_days_from_a_thursday_pass_over_the_weekend() -> None:
    thursday = MONDAY + timedelta(days=3)

    assert WEEKDAYS.after(at(thursday), 3) == at(thursday + timedelta(days=5), 18)


def test_zero_days_is_the_same_day_until_it_closes() -> None:
    assert WEEKDAYS.after(at(MONDAY), 0) == at(MONDAY, 18)


def test_late_in_the_evening_the_same_day_has_gone() -> None:
    assert WEEKDAYS.after(at(MONDAY, 20), 0) == at(MONDAY + timedelta(days=1), 18)


def test_what_comes_on_a_closed_day_counts_from_the_next_open_one() -> None:
    saturday = MONDAY + timedelta(days=5)

    assert WEEKDAYS.after(at(saturday), 0) == at(MONDAY + timedelta(days=7), 18)


def test_closures_do_not_count() -> None:
    closed = OpenDays(WEEKDAYS.closing, ((MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)),))

    assert closed.after(at(MONDAY), 1) == at(MONDAY + timedelta(days=3), 18)


def test_the_hour_is_the_clock_on_the_wall_when_summer_begins() -> None:
    week = OpenDays({day: time(18) for day in range(7)}, zone=BERLIN)
    before = date(2026, 3, 28)  # the clocks go forward in the night

    due = week.after(at(before, 10, BERLIN), 1)

    assert due.astimezone(BERLIN).time() == time(18)
    assert due - at(before, 18, BERLIN).astimezone(UTC) == timedelta(hours=23)


def test_a_branch_without_hours_counts_every_day_until_midnight() -> None:
    assert OpenDays({}).after(at(MONDAY), 6) == datetime.combine(MONDAY + timedelta(days=6), time(23, 59), tzinfo=UTC)


def test_a_branch_that_stays_closed_still_gives_an_answer() -> None:
    never = OpenDays(WEEKDAYS.closing, ((MONDAY, MONDAY + timedelta(days=2000)),))

    assert never.after(at(MONDAY), 1) > at(MONDAY)


untimed = settings(deadline=None)  # the machine may be busy
weeks = st.dictionaries(st.integers(0, 6), st.times(time(8), time(22)), min_size=1)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.sampled_from([UTC, BERLIN]))


@untimed
@given(weeks, moments, st.integers(0, 30))
def test_a_deadline_lies_ahead_on_an_open_day_and_more_days_are_never_sooner(
    week: dict[int, time], moment: datetime, days: int
) -> None:
    branch = OpenDays(week, zone=BERLIN)

    due = branch.after(moment, days)

    assert due > moment
    assert branch.is_open(due.astimezone(BERLIN).date())
    assert branch.after(moment, days + 1) >= due


@untimed
@given(weeks, moments, st.integers(0, 15), st.integers(0, 10))
def test_a_closure_never_makes_a_deadline_sooner(
    week: dict[int, time], moment: datetime, days: int, length: int
) -> None:
    first = moment.date() + timedelta(days=2)
    closed = OpenDays(week, ((first, first + timedelta(days=length)),), BERLIN)

    assert closed.after(moment, days) >= OpenDays(week, zone=BERLIN).after(moment, days)


@pytest.mark.django_db
class TestABranch:
    def test_is_closed_in_its_break_at_noon(self, riverside: Branch) -> None:
        riverside.hours.filter(weekday=0).delete()
        riverside.hours.create(weekday=0, opens=time(10), closes=time(13))
        riverside.hours.create(weekday=0, opens=time(14), closes=time(18))

        assert [hour for hour in range(24) if riverside.is_open_at(at(MONDAY, hour))] == [10, 11, 12, 14, 15, 16, 17]
        assert riverside.open_days().closing[0] == time(18)

    def test_is_closed_when_the_whole_library_is(self, riverside: Branch) -> None:
        Closure.objects.create(first=MONDAY, last=MONDAY)

        assert not riverside.is_open_at(at(MONDAY))
        assert riverside.is_open_at(at(MONDAY + timedelta(days=1)))

    def test_without_hours_is_never_open(self, db: None) -> None:
        assert not Branch.objects.create(slug="new", name="New").is_open_at(at(MONDAY))
