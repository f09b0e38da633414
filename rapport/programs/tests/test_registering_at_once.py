"""Two at the same moment: never more than there are, and what comes free reaches exactly the right ones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import Registration, Seat, Seating, SeatState
from rapport.programs.tests.places import a_date, balanced, come, together

pytestmark = pytest.mark.django_db(transaction=True)


def _count(date: Seating, state: str) -> int:
    return date.seats.filter(state=state).count()


def test_the_last_place_is_one_persons(ben: Person) -> None:
    date = a_date(ben, places=1)

    said = together([lambda n=n: come(Seating.objects.get(pk=date.pk), f"N{n}").state for n in range(6)])

    assert sorted(map(str, said)) == ["in", *["waiting"] * 5] and balanced(date)


def test_a_hold_ends_while_its_form_is_sent(ben: Person) -> None:
    date = a_date(ben, places=1)
    slow = Registration.objects.hold([date], 1, language="en", at=timezone.now() - timedelta(minutes=11))

    said = together(
        [
            lambda: slow.send([("Slow", None)], name="Slow", email="slow@example.org")[0].state,
            lambda: come(Seating.objects.get(pk=date.pk), "Quick").state,
        ]
    )

    assert sorted(map(str, said)) == ["in", "waiting"] and balanced(date)


def test_cancelling_while_others_cancel_and_come(ben: Person) -> None:
    date = a_date(ben, places=3)
    inside = [come(date, f"In{n}") for n in range(3)]
    [come(date, f"W{n}") for n in range(4)]

    together(
        [*[lambda seat=seat: Seat.objects.get(pk=seat.pk).leave() for seat in inside],
         lambda: come(Seating.objects.get(pk=date.pk), "New").state]
    )  # fmt: skip

    offered = set(date.seats.filter(state=SeatState.OFFERED).values_list("registration__name", flat=True))
    assert balanced(date) and offered == {"W0", "W1", "W2"} and _count(date, "waiting") == 2


def test_an_offer_is_taken_up_as_it_ends(ben: Person) -> None:
    date = a_date(ben, places=1)
    first, noor, rosa = come(date, "First"), come(date, "Noor"), come(date, "Rosa")
    first.leave()
    ends = Seat.objects.get(pk=noor.pk).until
    assert ends is not None

    taken, _ended = together(
        [
            lambda: Seat.objects.get(pk=noor.pk).take_up(at=ends - timedelta(seconds=1)),
            lambda: Seating.objects.get(pk=date.pk).end_holds(ends),
        ]
    )

    states = (Seat.objects.get(pk=noor.pk).state, Seat.objects.get(pk=rosa.pk).state)
    assert states == (("in", "waiting") if taken else ("let_go", "offered")) and balanced(date)


def test_cancelled_twice_at_once_gives_back_once(ben: Person) -> None:
    date = a_date(ben, places=2)
    seat = come(date, "Amina", 2)
    [come(date, f"W{n}") for n in range(4)]

    together([lambda: Seat.objects.get(pk=seat.pk).leave() for _time in range(3)])

    assert balanced(date) and _count(date, "offered") == 2


def test_a_form_sent_twice_at_once_is_one(ben: Person) -> None:
    date = a_date(ben, places=9)
    form = Registration.objects.hold([date], 1, language="en")

    together(
        [
            lambda: Registration.objects.get(pk=form.pk).send([("Layla", None)], name="A", email="a@example.org")
            for _time in range(3)
        ]
    )

    assert form.attendees.count() == 1 and balanced(date) and date.taken == 1


def test_the_same_household_on_two_forms_at_once_is_there_once(ben: Person) -> None:
    date = a_date(ben, places=9)
    forms = [Registration.objects.hold([date], 1, language="en") for _form in range(3)]

    said = together(
        [lambda one=one: one.send([("Layla", None)], name="A", email="a@example.org")[0].state for one in forms]
    )

    assert [str(one) for one in said].count("in") == 1 and _count(date, "in") == 1
