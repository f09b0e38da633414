"""The way of a household: from the page of a date to the confirmation, the letter, and back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from conftest import AtOnce, SignIn
from rapport.people.models import Person
from rapport.programs.models import Registration, Seat, SeatState
from rapport.programs.tests.places import a_date, come

pytestmark = pytest.mark.django_db


def _begin(client: Client, date: Any, heads: int = 1, **more: Any) -> str:
    answer = client.post(f"/sessions/{date.session_id}/registration/", {"heads": heads, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


FAMILY = {
    "act": "send", "name": "Rosa", "email": "rosa@example.org",
    "who-0": "Rosa", "age-0": "", "who-1": "Luz", "age-1": "4",
}  # fmt: skip


def _calendar_of(letter: Any) -> tuple[str, Any]:
    [part] = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    return part.get_param("method"), calendar


def test_from_the_page_to_a_place_a_letter_and_back(ben: Person, client: Client, at_once: AtOnce) -> None:
    date = a_date(ben, places=4, age_from=3, age_to=5)
    page = client.get(f"/sessions/{date.session_id}/").content.decode()
    assert "4 places are free" in page

    form = _begin(client, date, 2)
    assert "We keep 2 places" in client.get(form).content.decode()
    with at_once():
        answer = client.post(form, FAMILY)
    own = client.get(answer["Location"]).content.decode()

    assert "You have 2 places." in own and "Luz" in own
    [letter] = mail.outbox
    assert letter.to == ["rosa@example.org"] and answer["Location"] in letter.body
    method, calendar = _calendar_of(letter)
    [entry] = calendar.walk("VEVENT")
    assert method == "REQUEST" and entry["SEQUENCE"] == 0 and entry.decoded("DTSTART") == date.session.starts_at

    with at_once():
        client.post(answer["Location"], {"act": "leave", "seat": Seat.objects.get().pk})
    method, calendar = _calendar_of(mail.outbox[1])
    [gone] = calendar.walk("VEVENT")
    assert (method, gone["UID"], gone["SEQUENCE"]) == ("CANCEL", entry["UID"], 1)
    assert Seat.objects.get().state == SeatState.LEFT


def test_an_age_that_does_not_fit_is_said_at_its_line_and_nothing_is_lost(ben: Person, client: Client) -> None:
    form = _begin(client, a_date(ben, age_from=3, age_to=5), 2)

    answer = client.post(form, {**FAMILY, "age-1": "9"})

    page = answer.content.decode()
    assert answer.status_code == 422 and "from 3 to 5 years old" in page
    assert re.search(r'name="who-1" value="Luz"', page) and 'name="age-1" value="9"' in page
    assert 'id="id_age-1_error"' in page


def test_one_more_person_without_a_script(ben: Person, client: Client) -> None:
    date = a_date(ben, places=3, age_from=0, age_to=99)
    form = _begin(client, date, 2)

    page = client.post(form, {**FAMILY, "act": "more"}).content.decode()

    assert 'name="who-2"' in page and 'value="Luz"' in page and "We keep 3 places" in page
    full = client.post(form, {**FAMILY, "act": "more"}).content.decode()
    assert "No further place is free" in full and 'name="who-3"' not in full


def test_who_finds_it_full_waits_and_is_offered_a_place(ben: Person, client: Client, at_once: AtOnce) -> None:
    date = a_date(ben, places=1)
    amina = come(date, "Amina")
    form = _begin(client, date)
    assert "Join the waitlist" in client.get(form).content.decode()

    with at_once():
        own = client.post(form, {"act": "send", "name": "Noor", "email": "noor@example.org"})["Location"]
    assert "in place 1" in client.get(own).content.decode()
    with at_once():
        amina.leave()

    assert "Yes, we come" in client.get(own).content.decode()
    assert any("A place is free for you" in letter.subject for letter in mail.outbox)
    client.post(own, {"act": "take-up", "seat": Seat.objects.get(registration__name="Noor").pk})
    assert "You have 1 place." in client.get(own).content.decode()


def test_nobody_comes_in_through_anothers_seat(ben: Person, client: Client) -> None:
    date = a_date(ben)
    amina, noor = come(date, "Amina"), come(date, "Noor")

    answer = client.post(f"/registrations/{noor.registration.key}/", {"act": "leave", "seat": amina.pk})

    assert answer.status_code == 404 and Seat.objects.get(pk=amina.pk).state == SeatState.IN


def test_cardholders_first(ben: Person, client: Client) -> None:
    date = a_date(ben, opens_days=7, first_days=4)
    address = f"/sessions/{date.session_id}/registration/"

    assert client.post(address, {"heads": 1}).status_code == 422
    assert client.post(address, {"heads": 1, "card": "21234000000001"}).status_code == 422
    answer = client.post(address, {"heads": 1, "card": "21234000000000"})

    assert answer.status_code == 302
    assert Registration.objects.get().has_card


def test_before_it_opens_and_after_it_closes(ben: Person, client: Client) -> None:
    early, late = a_date(ben, opens_days=2), a_date(ben, closes_hours=200)

    for date, said in ((early, "opens on"), (late, "is closed")):
        answer = client.post(f"/sessions/{date.session_id}/registration/", {"heads": 1})
        assert answer.status_code == 200 and said in answer.content.decode()
    assert not Registration.objects.exists()


def test_the_same_again_is_told_kindly_and_gives_nothing_away(ben: Person, client: Client, at_once: AtOnce) -> None:
    date = a_date(ben, places=9)
    seat = come(date, "Noor")
    form = _begin(client, date)

    with at_once():
        answer = client.post(form, {"act": "send", "name": "Noor 0", "email": "noor@example.org"})

    page = answer.content.decode()
    assert "registered already" in page and seat.registration.key not in page
    assert any(seat.registration.key in letter.body for letter in mail.outbox)
    date.refresh_from_db()
    assert date.taken == 1


def test_the_desk_registers_somebody_who_calls(ben: Person, desk: Person, sign_in: SignIn) -> None:
    date = a_date(ben, places=2)
    staff = sign_in(desk)

    new = f"/desk/sessions/{date.session_id}/registrations/new/"
    form = staff.post(new, {"channel": "phone", "heads": 1})["Location"]
    answer = staff.post(form, {"act": "send", "name": "Rosa", "phone": "555 0100"})

    assert answer["Location"] == f"/desk/sessions/{date.session_id}/registrations/"
    assert "Rosa" in staff.get(answer["Location"]).content.decode()
    made = Registration.objects.get()
    assert (made.channel, made.by) == ("phone", desk)


def test_a_refusal_wants_a_reason(ben: Person, sign_in: SignIn) -> None:
    date = a_date(ben, needs_approval=True)
    seat = come(date, "Amina")
    staff, page = sign_in(ben), f"/desk/registrations/{seat.registration_id}/"

    assert staff.post(page, {"act": "refuse", "seat": seat.pk}).status_code == 422
    staff.post(page, {"act": "refuse", "seat": seat.pk, "why": "It is for beginners"})

    assert Seat.objects.get().state == SeatState.REFUSED


def test_a_moved_date_is_told_with_a_new_number(ben: Person, at_once: AtOnce) -> None:
    from rapport.programs.registering.clock import tell_changes

    date = a_date(ben)
    with at_once():
        come(date, "Amina")
    session = date.session
    session.move(session.starts_at + timedelta(hours=2), session.ends_at + timedelta(hours=2), by=ben)
    for _time in range(2):
        with at_once():
            tell_changes()
    session.cancel("The storyteller is ill", by=ben)
    for _time in range(2):
        with at_once():
            tell_changes()

    told = [letter.subject.partition(":")[0] for letter in mail.outbox]
    assert told == ["You have a place", "Moved", "Does not take place"]
    entries = [_calendar_of(letter)[1].walk("VEVENT")[0] for letter in mail.outbox]
    assert [entry["SEQUENCE"] for entry in entries] == [0, 1, 2] and len({entry["UID"] for entry in entries}) == 1
    assert [entry["STATUS"] for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_conditions_and_questions(ben: Person, client: Client) -> None:
    questions = [
        {"id": "1", "label": {"en": "Do you bring a machine?"}, "kind": "yes", "required": True},
        {"id": "2", "label": {"en": "Which one?"}, "kind": "text", "required": True, "after": "1", "is": "yes"},
    ]
    form = _begin(client, a_date(ben, questions=questions))
    told = {"act": "send", "name": "Noor", "email": "noor@example.org"}

    assert client.post(form, {**told, "q-1": "yes"}).status_code == 422
    assert client.post(form, {**told, "q-1": "no", "q-2": "left over"}).status_code == 302

    assert Registration.objects.get().answers == {"1": "no"}
    assert Registration.objects.get().sent_at <= timezone.now()
