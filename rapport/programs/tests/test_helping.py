"""Book a librarian: a time is had by one, asked for or booked without an account, counted apart, and forgotten."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.models import HelpBooking, HelpEnd, HelpSlot, HelpTopic, Session, Taken
from rapport.programs.planning.keeping import clean_bookings, export_bookings

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
ROSA = {"name": "Rosa", "email": "rosa@example.org", "language": "en"}


@pytest.fixture
def phones(db: None) -> HelpTopic:
    return HelpTopic.objects.create(name={"en": "Phones"})


@pytest.fixture
def slot(phones: HelpTopic, ben: Person, riverside: Branch) -> HelpSlot:
    starts = timezone.now() + timedelta(days=2)
    made = HelpSlot.objects.create(
        person=ben, branch=riverside, starts_at=starts, ends_at=starts + timedelta(minutes=45)
    )
    made.topics.add(phones)
    return made


def test_a_time_is_booked_without_an_account_and_cancelled(phones: HelpTopic, slot: HelpSlot, client: Client) -> None:
    page = f"/book-a-librarian/{phones.pk}/"
    assert client.post(page, ROSA).status_code == 422
    assert client.post(page, {"slot": slot.pk}).status_code == 422

    answer = client.post(page, ROSA | {"slot": slot.pk, "words": "My new phone"})
    booking = HelpBooking.objects.get()
    assert answer["Location"] == booking.get_absolute_url()
    assert "The time is yours" in client.get(booking.get_absolute_url()).content.decode()
    assert booking.get_absolute_url() in Letter.objects.get().text
    assert client.post(page, ROSA | {"slot": slot.pk}).status_code == 422

    client.post(booking.get_absolute_url())
    assert HelpSlot.objects.free().get() == slot
    assert HelpBooking.objects.get().end.what == HelpEnd.CANCELLED  # type: ignore[union-attr]
    client.post(booking.get_absolute_url())
    assert Letter.objects.count() == 2


def test_who_asks_for_a_time_is_given_one(
    phones: HelpTopic, slot: HelpSlot, ben: Person, sign_in: SignIn, client: Client
) -> None:
    client.post(f"/book-a-librarian/{phones.pk}/", ROSA | {"when_suits": "Mornings"})
    booking = HelpBooking.objects.get()
    desk = sign_in(ben)
    assert "somebody asks for a time" in desk.get("/desk/").content.decode()
    assert "Mornings" in desk.get("/desk/help/").content.decode()

    desk.post(f"/desk/help/bookings/{booking.pk}/time/", {"slot": slot.pk})

    booking.refresh_from_db()
    assert (booking.slot, booking.starts_at, booking.person) == (slot, slot.starts_at, ben)
    assert Letter.objects.count() == 2
    assert desk.post(f"/desk/help/slots/{slot.pk}/removal/").status_code == 302
    assert HelpSlot.objects.exists()


def test_help_is_counted_apart(phones: HelpTopic, slot: HelpSlot, ben: Person, sign_in: SignIn) -> None:
    booking = HelpBooking.objects.book(phones, slot=slot, **ROSA)
    sign_in(ben).post(f"/desk/help/bookings/{booking.pk}/", {"what": "met", "minutes": "50"})

    assert HelpBooking.objects.met().count() == 1
    assert not Session.objects.exists()


def test_times_of_an_afternoon_are_made_in_a_row(phones: HelpTopic, ben: Person, sign_in: SignIn) -> None:
    said = {"person": ben.pk, "topics": [phones.pk], "day": "2030-05-07", "starts": "14:00", "ends": "16:30"}
    desk = sign_in(ben)
    assert desk.post("/desk/help/slots/", said | {"minutes": "200", "weeks": "1"}).status_code == 422
    for _twice in range(2):
        desk.post("/desk/help/slots/", said | {"minutes": "45", "weeks": "2"})
    assert HelpSlot.objects.count() == 6


def test_who_it_was_is_forgotten_and_what_was_kept_is_handed_out(
    phones: HelpTopic, slot: HelpSlot, amina: Person
) -> None:
    booking = HelpBooking.objects.book(phones, slot=slot, **ROSA | {"email": amina.email, "words": "My phone"})
    assert [one["words"] for one in export_bookings(amina)] == ["My phone"]
    assert clean_bookings() == 0

    HelpBooking.objects.update(starts_at=timezone.now() - timedelta(days=100))
    assert clean_bookings() == 1
    booking.refresh_from_db()
    assert (booking.name, booking.email, booking.words, booking.topic) == ("", "", "", phones)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_same_time_one_has_it(phones: HelpTopic, slot: HelpSlot) -> None:
    many, start, told = 8, Barrier(8), []

    def book(number: int) -> None:
        try:
            start.wait()
            HelpBooking.objects.book(phones, slot=slot, name=f"Rosa {number}", language="en")
            told.append("has it")
        except Taken:
            told.append("taken")
        finally:
            connections.close_all()

    threads = [Thread(target=book, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["has it", *["taken"] * (many - 1)]
    assert HelpBooking.objects.count() == 1
