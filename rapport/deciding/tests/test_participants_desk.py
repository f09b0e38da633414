"""Participants at the desk: counted by their way, entered for others, code cards dealt, printed and stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rapport.deciding.models import CodeCard, Method, Participant, Phase, Poll, Process, Tier
from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
CARD = "21234000045674"


def desk_page(process: Process, part: str) -> str:
    return f"/desk/decisions/{process.decision_id}/process/{part}"


def test_who_comes_to_the_desk_counts_and_gets_a_slip(garden: Process, desk: Person, sign_in: SignIn) -> None:
    answer = sign_in(desk).post(desk_page(garden, "participants/"), {"channel": "desk"}, follow=True)

    noor = garden.participants.get()
    assert (noor.channel, noor.tier) == ("desk", Tier.ON_SITE)
    assert noor.spoken_code in answer.content.decode()


def test_yesterdays_code_is_not_looked_up(garden: Process, desk: Person, sign_in: SignIn) -> None:
    client = sign_in(desk)
    client.post(desk_page(garden, "participants/"), {"channel": "phone"})
    noor = garden.participants.get()

    Participant.objects.update(since=timezone.localdate() - timedelta(days=1))

    assert client.get(desk_page(garden, f"participants/{noor.pk}/slip/")).status_code == 404


def test_with_a_card_somebody_is_one_at_the_desk_and_at_home(
    garden: Process, desk: Person, sign_in: SignIn, client: Client
) -> None:
    client.post(f"/decisions/{garden.decision_id}/taking-part/?tier=card", {"way": "card", "number": CARD})

    answer = sign_in(desk).post(desk_page(garden, "participants/"), {"channel": "desk", "number": CARD}, follow=True)

    assert garden.participants.count() == 1
    assert "takes part already" in answer.content.decode()


def test_a_number_that_is_none_is_refused_at_its_field(garden: Process, desk: Person, sign_in: SignIn) -> None:
    answer = sign_in(desk).post(desk_page(garden, "participants/"), {"channel": "desk", "number": "123"})

    assert answer.status_code == 422
    assert 'value="123"' in answer.content.decode()


def test_cards_are_dealt_printed_and_stopped_by_their_batch(
    garden: Process, ben: Person, sign_in: SignIn, client: Client
) -> None:
    desk = sign_in(ben)
    desk.post(desk_page(garden, "code-cards/"), {"batch": "Class 4b", "copies": 9})
    card = CodeCard.objects.all()[0]
    card.take_part()

    sheet = desk.get(desk_page(garden, "code-cards/print/?batch=Class+4b")).content.decode()
    table = desk.get(desk_page(garden, "code-cards/")).content.decode()
    assert sheet.count("<svg") >= 9
    assert "<td>9</td><td>1</td>" in table

    desk.post(desk_page(garden, "code-cards/stop/"), {"batch": "Class 4b"})
    refused = client.post(f"/decisions/{garden.decision_id}/taking-part/", {"way": "code", "code": card.code})
    assert refused.status_code == 422
    assert garden.participants.count() == 1


def test_the_numbers_say_by_which_way_and_never_who(
    garden: Process, ben: Person, amina: Person, sign_in: SignIn
) -> None:
    Participant.objects.join(garden, person=amina)

    page = sign_in(ben).get(desk_page(garden, "participants/")).content.decode()

    assert "Website" in page
    assert "Amina" not in page


def test_the_desk_of_another_branch_enters_nobody(garden: Process, sign_in: SignIn) -> None:
    other = Person.objects.create_user("other@example.org", name="Other")
    other.appoint(Role.FRONTLINE, by=None, branch=Branch.objects.create(slug="hilltop", name="Hilltop"))

    assert sign_in(other).post(desk_page(garden, "participants/"), {"channel": "desk"}).status_code == 404


def test_a_kiosk_forgets_whoever_stood_there(garden: Process, choosing: Phase) -> None:
    screen, start = Client(), f"/decisions/{garden.decision_id}/kiosk/"
    door = f"/decisions/{garden.decision_id}/taking-part/?tier=card&channel=kiosk&next=/decisions/"
    screen.get(start)
    screen.post(door, {"way": "card", "number": CARD})
    assert screen.get(door).status_code == 302

    screen.get(start)

    assert screen.get(door).status_code == 200
    assert garden.participants.get().channel == "kiosk"


def test_what_is_done_on_a_kiosk_says_so(garden: Process, choosing: Phase, client: Client) -> None:
    Poll.objects.create(phase=choosing, title="A fountain?", method=Method.YES_NO)

    page = client.get(f"/decisions/{garden.decision_id}/kiosk/").content.decode()

    assert ("channel=kiosk" in page) == ("A fountain?" in page)
