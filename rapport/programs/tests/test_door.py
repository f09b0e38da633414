"""At the door: the list, who just came, a phone that was without a network, and the poster."""

import json
import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.arriving.nudging import nudge
from rapport.programs.arriving.roster import door_code, heads_noted, places_for_walk_ins, roster_of
from rapport.programs.models import (
    Arrival,
    Band,
    How,
    Program,
    Registration,
    RegistrationRules,
    Seat,
    Seating,
    SeatState,
    Session,
    WalkIn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(riverside: Branch, ben: Person) -> Session:
    """Begins in half an hour; ten places, two of them for people who just come."""
    program = Program.objects.plan("Robots", by=ben, need=None, branch=riverside)
    program.publish()
    rules = RegistrationRules.objects.create(name="Workshops", walk_ins=2)
    starts = timezone.now() + timedelta(minutes=30)
    [session] = program.add_sessions(
        starts, starts + timedelta(hours=2), language="en", audience="6-11", branch=riverside, capacity=10, rules=rules
    )
    return session


def _registered(session: Session, *people: tuple[str, int], email: str = "ines@example.org") -> Registration:
    seating = Seating.objects.open_for(session)
    assert seating is not None
    made = Registration.objects.create(name="Ines", email=email, language="en")
    made.bring(people)
    seating.take(len(people))
    Seat.objects.create(registration=made, seating=seating, heads=len(people), state=SeatState.IN)
    return made


def _told(kind: str, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "kind": kind, "at": timezone.now().isoformat(), **more}


def _send(client: Client, session: Session, told: Any) -> Any:
    address = reverse("programs:arrivals", args=[session.pk])
    return client.post(address, json.dumps(told), content_type="application/json")


def test_the_list_has_everybody_who_has_a_place(client: Client, workshop: Session, desk: Person) -> None:
    _registered(workshop, ("Leo", 8), ("Mia", 6))
    client.force_login(desk)
    page = client.get(reverse("programs:roster", args=[workshop.pk])).content.decode()
    assert "Leo" in page
    assert "Mia" in page
    assert "with Ines" in page


def test_a_button_ticks_and_takes_back_without_scripts(client: Client, workshop: Session, desk: Person) -> None:
    leo = _registered(workshop, ("Leo", 8)).attendees.get()
    client.force_login(desk)
    address = reverse("programs:arrivals", args=[workshop.pk])
    client.post(address, {"kind": "here", "attendee": leo.pk})
    assert roster_of(workshop).here == 1
    client.post(address, {"kind": "gone", "attendee": leo.pk})
    assert roster_of(workshop).here == 0


def test_what_a_phone_kept_happens_once(client: Client, workshop: Session, desk: Person) -> None:
    leo = _registered(workshop, ("Leo", 8)).attendees.get()
    client.force_login(desk)
    told = [_told("here", attendee=leo.pk), _told("in", band="19+"), _told("in", band="19+"), _told("out", band="19+")]
    first, again = _send(client, workshop, told).json(), _send(client, workshop, told).json()
    assert first == again
    assert (first["here"], first["walkIns"]) == ([leo.pk], {"19+": 1})
    assert heads_noted(workshop) == {"6-11": 1, "19+": 1}


def test_a_phone_whose_clock_runs_ahead_notes_nothing_in_the_future(
    client: Client, workshop: Session, desk: Person
) -> None:
    client.force_login(desk)
    late = {**_told("in", band="19+"), "at": (timezone.now() + timedelta(days=2)).isoformat()}
    _send(client, workshop, [late])
    assert WalkIn.objects.get().at <= timezone.now()


@pytest.mark.parametrize(
    "told", [{}, "x", [{"kind": "here"}], [1], [{"id": "1", "kind": "in", "at": "x", "band": "?"}]]
)
def test_what_is_no_list_of_taps_is_refused_whole(client: Client, workshop: Session, desk: Person, told: Any) -> None:
    client.force_login(desk)
    assert _send(client, workshop, told).status_code == 400
    assert not WalkIn.objects.exists()


def test_somebody_of_another_date_cannot_be_ticked_here(client: Client, workshop: Session, desk: Person) -> None:
    client.force_login(desk)
    other = Registration.objects.create(language="en")
    [stranger] = other.bring([("Zoe", 9)])
    assert _send(client, workshop, [_told("here", attendee=stranger.pk)]).status_code == 200
    assert not Arrival.objects.exists()


def test_the_count_begins_with_what_the_door_noted(client: Client, workshop: Session, desk: Person) -> None:
    leo = _registered(workshop, ("Leo", 8)).attendees.get()
    Arrival.objects.check_in(workshop, leo, how=How.LIST, by=desk)
    WalkIn.objects.create(session=workshop, band=Band.ADULTS)
    client.force_login(desk)
    page = client.get(reverse("programs:desk-session", args=[workshop.pk])).content.decode()
    assert 'name="6-11" value="1"' in page
    assert workshop.headcounts.count() == 0  # until somebody says so it is not counted


def test_who_just_comes_may_have_what_nobody_registered_for(workshop: Session) -> None:
    _registered(workshop, ("Leo", 8), ("Mia", 6))
    WalkIn.objects.create(session=workshop, band=Band.ADULTS)
    assert places_for_walk_ins(workshop) == 7


def test_by_the_poster_people_say_themselves_that_they_are_there(client: Client, workshop: Session) -> None:
    _registered(workshop, ("Leo", 8))
    address = reverse("programs:here", args=[workshop.pk, door_code(workshop)])
    assert client.post(address, {"name": " leo "}).status_code == 302
    assert Arrival.objects.get().how == How.SELF
    assert client.post(address, {"name": "Nobody"}).status_code == 422


def test_two_of_one_name_are_told_apart_by_their_mail(client: Client, workshop: Session) -> None:
    _registered(workshop, ("Leo", 8))
    other = _registered(workshop, ("Leo", 9), email="omar@example.org").attendees.get()
    address = reverse("programs:here", args=[workshop.pk, door_code(workshop)])
    page = client.post(address, {"name": "Leo"})
    assert page.status_code == 422
    assert b"Two people have this name" in page.content
    client.post(address, {"name": "Leo", "email": "omar@example.org"})
    assert Arrival.objects.get().attendee == other


def test_the_poster_is_no_use_elsewhere_or_on_another_day(client: Client, workshop: Session) -> None:
    _registered(workshop, ("Leo", 8))
    assert client.get(reverse("programs:here", args=[workshop.pk, "guessed"])).status_code == 404
    workshop.move(timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=2, hours=1))
    client.post(reverse("programs:here", args=[workshop.pk, door_code(workshop)]), {"name": "Leo"})
    assert not Arrival.objects.exists()


def test_one_who_just_came_and_pressed_twice_is_one(client: Client, workshop: Session) -> None:
    address = reverse("programs:here", args=[workshop.pk, door_code(workshop)])
    said = {"band": "19+", "sent_as": str(uuid.uuid4())}
    client.post(address, said)
    client.post(address, said)
    assert WalkIn.objects.count() == 1


def test_the_sign_in_sheet_has_the_names_and_blank_rows(client: Client, workshop: Session, desk: Person) -> None:
    _registered(workshop, ("Leo", 8))
    client.force_login(desk)
    page = client.get(reverse("programs:sheet", args=[workshop.pk])).content.decode()
    assert "Leo" in page
    assert page.count("<tr><td></td>") >= 10


def test_whoever_looks_after_it_is_reminded_to_count_once_after_a_day_and_once_after_a_week(
    workshop: Session, ben: Person
) -> None:
    then = timezone.now() - timedelta(days=2)
    workshop.move(then - timedelta(hours=1), then)
    assert (nudge(), nudge()) == (1, 0)
    then = timezone.now() - timedelta(days=8)
    workshop.move(then - timedelta(hours=1), then)
    assert (nudge(), nudge()) == (1, 0)
    workshop.count_heads({"6-11": 0}, by=ben)
    assert Letter.objects.filter(email=ben.email).count() == 2


@pytest.mark.django_db(transaction=True)
def test_five_phones_that_tick_the_same_child_have_ticked_it_once(workshop: Session, desk: Person) -> None:
    leo = _registered(workshop, ("Leo", 8)).attendees.get()
    ready, done = threading.Barrier(5), []

    def tick() -> None:
        try:
            ready.wait(10)
            done.append(Arrival.objects.check_in(workshop, leo, how=How.LIST, by=desk))
        finally:
            connection.close()

    phones = [threading.Thread(target=tick) for _number in range(5)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join(30)
    assert sorted(done) == [False, False, False, False, True]
    assert Arrival.objects.count() == 1
