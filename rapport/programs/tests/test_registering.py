"""The turns of a place: kept, taken, waited for, offered, given back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import AlreadyThere, Registration, Seat, Seating, SeatState
from rapport.programs.tests.places import a_date, balanced, come

pytestmark = pytest.mark.django_db


def _states(seating: Seating) -> dict[str, str]:
    return dict(seating.seats.values_list("registration__name", "state"))


def test_a_household_has_its_places_or_waits_together(ben: Person) -> None:
    date = a_date(ben, places=4)

    first, family, single = come(date, "Amina", 2), come(date, "Rosa", 4), come(date, "Noor")

    assert [first.state, family.state, single.state] == [SeatState.IN, SeatState.WAITING, SeatState.IN]
    assert balanced(date) and date.taken == 3 and date.waiting == 4


def test_what_comes_free_is_offered_in_order_and_who_needs_more_keeps_their_place(ben: Person) -> None:
    date = a_date(ben, places=4)
    amina, _chen = come(date, "Amina", 2), come(date, "Chen", 2)
    come(date, "Family", 4), come(date, "Couple", 2), come(date, "Single")

    amina.leave()

    assert _states(date) | {} == {
        "Amina": "left", "Chen": "in", "Family": "waiting", "Couple": "offered", "Single": "waiting",
    }  # fmt: skip
    family = date.seats.get(registration__name="Family")
    assert (family.position, family.passed_over) == (1, 1)
    assert balanced(date)


def test_an_offer_ends_and_the_next_is_asked(ben: Person) -> None:
    date = a_date(ben, places=1)
    amina = come(date, "Amina")
    come(date, "Noor"), come(date, "Rosa")
    amina.leave()
    noor = date.seats.get(registration__name="Noor")
    later = timezone.now() + timedelta(hours=25)

    assert noor.state == SeatState.OFFERED
    assert date.end_holds(later) == 1

    assert _states(date) == {"Amina": "left", "Noor": "let_go", "Rosa": "offered"}
    assert not Seat.objects.get(pk=noor.pk).take_up(at=later)
    assert balanced(date)


def test_an_offer_taken_up_is_a_place(ben: Person) -> None:
    date = a_date(ben, places=1)
    amina = come(date, "Amina")
    noor = come(date, "Noor")
    amina.leave()

    assert Seat.objects.get(pk=noor.pk).take_up()
    assert [seat.registration.name for seat in Seat.objects.coming()] == ["Noor"] and balanced(date)


def test_a_hold_that_is_over_is_given_back_as_soon_as_somebody_asks(ben: Person) -> None:
    date = a_date(ben, places=2)
    slow = Registration.objects.hold([date], 2, language="en", at=timezone.now() - timedelta(minutes=11))
    assert slow.seats.get().state == SeatState.HELD

    assert come(date, "Noor", 2).state == SeatState.IN
    [seat] = slow.send([("Slow", None), ("Slower", None)], name="Slow", email="slow@example.org")

    assert seat.state == SeatState.WAITING and balanced(date)


def test_a_hold_is_lengthened_once(ben: Person) -> None:
    held = Registration.objects.hold([a_date(ben)], 1, language="en")

    assert [held.extend(), held.extend()] == [True, False]


def test_the_waitlist_has_an_end(ben: Person) -> None:
    date = a_date(ben, places=1, waitlist=2)

    seats = [come(date, name, heads) for name, heads in (("A", 1), ("B", 2), ("C", 1))]

    assert [seat.state for seat in seats] == [SeatState.IN, SeatState.WAITING, SeatState.FULL] and balanced(date)


def test_a_form_sent_twice_is_one_and_a_sister_is_another(ben: Person) -> None:
    date = a_date(ben, places=9)
    form = Registration.objects.hold([date], 1, language="en")
    for _time in range(2):
        form.send([("Layla", None)], name="Amina", email="amina@example.org")
    again = Registration.objects.hold([date], 1, language="en")

    with pytest.raises(AlreadyThere) as there:
        again.send([(" layla ", None)], name="Amina", email="Amina@example.org")
    again.drop()
    sister = Registration.objects.hold([date], 1, language="en")
    [seat] = sister.send([("Sami", None)], name="Amina", email="amina@example.org")

    assert there.value.registration == form
    assert seat.state == SeatState.IN and balanced(date) and date.taken == 2


def test_fewer_or_more_come_than_places_were_kept_for(ben: Person) -> None:
    date = a_date(ben, places=4)
    fewer = Registration.objects.hold([date], 3, language="en")
    [seat] = fewer.send([("A", None)], name="A", email="a@example.org")
    assert seat.state == SeatState.IN and balanced(date) and date.taken == 1

    more = Registration.objects.hold([date], 1, language="en")
    [seat] = more.send([(name, None) for name in "BCDE"], name="B", email="b@example.org")

    assert seat.state == SeatState.WAITING and balanced(date) and date.taken == 1


def test_several_dates_each_for_itself(ben: Person) -> None:
    full, free = a_date(ben, places=1), a_date(ben, places=3, days=9)
    come(full, "Amina")

    form = Registration.objects.hold([free, full], 2, language="en")
    seats = form.send([("Rosa", None), ("Luz", None)], name="Rosa", email="rosa@example.org")

    assert {seat.seating_id: seat.state for seat in seats} == {full.pk: SeatState.WAITING, free.pk: SeatState.IN}


def test_more_places_in_the_plan_reach_those_who_wait_and_fewer_put_nobody_out(ben: Person) -> None:
    date = a_date(ben, places=2)
    come(date, "Amina", 2)
    noor = come(date, "Noor", 2)
    session = date.session
    assert session is not None
    session.capacity = 5
    session.save()

    Seating.objects.open_for(session)
    assert Seat.objects.get(pk=noor.pk).state == SeatState.OFFERED
    session.capacity = 1
    session.save()
    Seating.objects.open_for(session)

    assert balanced(date) and (date.capacity, date.taken) == (4, 4)


def test_somebody_says_yes_or_no_to_each(ben: Person) -> None:
    date = a_date(ben, places=1, needs_approval=True)
    amina, noor = come(date, "Amina"), come(date, "Noor")
    assert amina.state == SeatState.ASKED

    assert amina.refuse(by=ben, why="It is for beginners.")
    offered = Seat.objects.get(pk=noor.pk)
    offered.take_up()

    assert offered.state == SeatState.ASKED and offered.approve(by=ben) and balanced(date)
    assert not Seat.objects.get(pk=amina.pk).approve(by=ben)


def test_lots_wait_for_the_draw_and_can_be_drawn_again(ben: Person) -> None:
    import hashlib

    date = a_date(ben, places=2, order="lottery")
    seats = [come(date, name) for name in ("A", "B", "C", "D")]
    seal = date.draw.seal
    assert {seat.state for seat in seats} == {SeatState.WAITING} and date.taken == 0

    assert date.draw.carry_out()
    draw = Seating.objects.get(pk=date.pk).draw

    def lot(ticket: str) -> bytes:
        return hashlib.sha256(f"{draw.seed}:{ticket}".encode()).digest()

    again = sorted((str(seat.pk) for seat in seats), key=lot)
    offered = date.seats.filter(state=SeatState.OFFERED).values_list("pk", flat=True)
    assert draw.order == again and hashlib.sha256(draw.seed.encode()).hexdigest() == seal
    assert {str(pk) for pk in offered} == set(again[:2]) and balanced(date)
    assert not draw.carry_out()
    assert come(date, "E").rank > max(seat.rank for seat in date.seats.exclude(registration__name="E"))
