"""What a series and a date take over from above, and what they keep."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import Full, Program, RegistrationRules, Seating, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ben: Person) -> Program:
    program = Program.objects.plan("Sewing", by=ben, need=None)
    program.language, program.audience, program.capacity = "en", "19+", 12
    program.save()
    return program


def _dates(weeks: int, since: int = 1) -> list[tuple[object, object]]:
    now = timezone.now()
    return [(now + timedelta(weeks=n), now + timedelta(weeks=n, hours=2)) for n in range(since, since + weeks)]


def test_a_date_takes_over_what_it_has_not_of_its_own(course: Program) -> None:
    first, second = course.add_dates(_dates(2), language="es")  # type: ignore[arg-type]
    assert (first.language, first.audience, first.capacity, first.own) == ("es", "19+", 12, ["language"])
    assert str(second) == "Sewing"


def test_a_change_of_a_series_reaches_what_is_to_come_and_has_nothing_of_its_own(course: Program, ben: Person) -> None:
    series = course.series.create(title="Sewing in spring", language="en", audience="19+", capacity=12, by=ben)
    over, coming, own = course.add_dates([*_dates(1, -2), *_dates(2)], series=series)  # type: ignore[arg-type,list-item]
    own.move(own.starts_at, own.ends_at, capacity=6)
    touched = series.change({"capacity": 20})
    assert [one.pk for one in touched] == [coming.pk]
    assert [Session.objects.get(pk=one.pk).capacity for one in (over, coming, own)] == [12, 20, 6]
    assert str(coming) == "Sewing in spring"


def test_more_places_than_there_are_cannot_be_taken(course: Program) -> None:
    rules = RegistrationRules.objects.create(name="Courses", walk_ins=2)
    [date] = course.add_dates(_dates(1), rules=rules)  # type: ignore[arg-type]
    seating = Seating.objects.open_for(date)
    assert seating is not None
    seating.take(8)
    with pytest.raises(Full) as told:
        seating.take(3)
    assert told.value.free == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Seating.objects.filter(pk=seating.pk).update(taken=11)
