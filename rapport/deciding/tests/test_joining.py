"""The door of a process: everybody counts once, whatever they show and however often."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from rapport.deciding.coming import Coming
from rapport.deciding.methods.cards import is_written_rightly
from rapport.deciding.models import (
    Ballot,
    Card,
    CodeCard,
    MailCode,
    Method,
    Participant,
    Phase,
    Poll,
    Process,
    Tier,
)
from rapport.listening.models import Voice, VoiceKind
from rapport.loop.models import Speaker
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
CARD = "2 1234 00004 5674"


def door(process: Process, tier: str = "reached") -> str:
    return f"/decisions/{process.decision_id}/taking-part/?tier={tier}&next=/decisions/"


def figures(email: str) -> str:
    letter = Letter.objects.filter(email=email.lower()).latest("at")
    found = re.search(r"^\d{6}$", letter.text, re.MULTILINE)
    assert found
    return found[0]


def show_mail(client: Client, process: Process, email: str) -> None:
    step = client.post(door(process), {"way": "mail", "email": email, "wants_news": "on"})["Location"]
    assert client.post(step, {"figures": figures(email)})["Location"] == "/decisions/"


def test_where_nothing_is_asked_one_press_is_enough(garden: Process, client: Client) -> None:
    answer = client.post(door(garden, "anyone"), {"way": "now"})

    assert answer["Location"] == "/decisions/"
    assert garden.participants.get().tier == Tier.ANYONE
    assert client.get(door(garden, "anyone"))["Location"] == "/decisions/"


def test_looking_at_the_door_makes_nobody(garden: Process, client: Client) -> None:
    assert client.get(door(garden)).status_code == 200
    assert not garden.participants.exists()


def test_the_figures_of_a_letter_show_an_address_which_is_then_forgotten(garden: Process, client: Client) -> None:
    show_mail(client, garden, "noor@example.org")
    show_mail(Client(), garden, "Noor@example.org")

    noor = garden.participants.get()
    assert noor.tier == Tier.REACHED
    assert garden.decision.loop.heard.get().speaker.email == "noor@example.org"
    assert client.get(door(garden))["Location"] == "/decisions/"


def test_wrong_figures_are_counted_and_then_a_new_letter_is_needed(garden: Process, client: Client) -> None:
    step = client.post(door(garden), {"way": "mail", "email": "noor@example.org"})["Location"]
    right = figures("noor@example.org")
    wrong = "000000" if right != "000000" else "000001"

    assert [client.post(step, {"figures": wrong}).status_code for _try in range(4)] == [422] * 4
    client.post(step, {"figures": wrong})

    assert "cannot be used any more" in client.post(step, {"figures": right}).content.decode()
    assert not garden.participants.exists()


def test_figures_are_kept_as_a_hash_and_only_for_some_minutes(garden: Process) -> None:
    code = MailCode.objects.send(garden, "noor@example.org")
    right = figures("noor@example.org")
    assert right not in str(vars(code))

    MailCode.objects.update(at=timezone.now() - timedelta(minutes=21))

    assert not code.use(right)


def test_a_known_card_is_enough_and_its_number_is_nowhere(garden: Process, client: Client) -> None:
    answer = client.post(door(garden, "card"), {"way": "card", "number": CARD})
    again = Client().post(door(garden, "card"), {"way": "card", "number": CARD.replace(" ", "")})

    assert (answer["Location"], again["Location"]) == ("/decisions/", "/decisions/")
    assert garden.participants.get().tier == Tier.CARD
    assert CARD.replace(" ", "") not in str(list(garden.participants.get().proofs.values()))


def test_with_a_roll_only_its_cards_count(garden: Process, client: Client) -> None:
    Card.objects.replace_roll(["21234000099994", "21234000099994"])

    answer = client.post(door(garden, "card"), {"way": "card", "number": CARD})

    assert answer.status_code == 422
    assert "We do not find this number" in answer.content.decode()
    assert Card.objects.knows("2-1234-0000-99994")


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("21234000045674", True), ("2123 4000 0456 74", True), ("21234000045675", False), ("31234000045672", False)],
)
def test_a_slip_of_the_finger_is_found(number: str, is_right: bool) -> None:
    assert is_written_rightly(number, pattern=r"2\d{13}", check=True) is is_right


def test_a_code_card_is_taken_with_or_without_its_dash(garden: Process, ben: Person, client: Client) -> None:
    card = CodeCard.deal(garden, 1, by=ben)[0]

    answer = client.post(door(garden, "on_site"), {"way": "code", "code": card.spoken_code.lower()})

    assert answer["Location"] == "/decisions/"
    assert garden.participants.get().tier == Tier.ON_SITE


def test_a_stopped_card_and_a_code_of_nothing_are_refused_at_the_field(
    garden: Process, ben: Person, client: Client
) -> None:
    card = CodeCard.deal(garden, 1, by=ben)[0]
    CodeCard.objects.update(stopped_at=timezone.now())

    for code in (card.code, "AAAABBBB"):
        answer = client.post(door(garden), {"way": "code", "code": code})
        assert answer.status_code == 422
        assert code in answer.content.decode()


def test_ones_own_code_brings_one_back_on_another_device(garden: Process, client: Client) -> None:
    client.post(door(garden, "anyone"), {"way": "now"})
    phone = Client()

    phone.post(door(garden, "anyone"), {"way": "code", "code": garden.participants.get().code})

    assert phone.get(door(garden, "anyone"))["Location"] == "/decisions/"
    assert garden.participants.count() == 1


def told(branch: Branch, *, days_ago: int, speaker: Speaker | None = None) -> Voice:
    at = timezone.now() - timedelta(days=days_ago)
    voice = Voice(branch=branch, kind=VoiceKind.SUGGESTION, words="Shade", language="en", spoken_at=at, speaker=speaker)
    return voice.save_as_heard()


def test_the_code_of_what_one_told_before_is_enough(garden: Process, riverside: Branch, client: Client) -> None:
    before, after = told(riverside, days_ago=3), told(riverside, days_ago=-1)

    assert client.post(door(garden), {"way": "code", "code": before.spoken_code})["Location"] == "/decisions/"
    assert Client().post(door(garden), {"way": "code", "code": after.code}).status_code == 422


def test_who_spoke_twice_with_one_address_takes_part_once(garden: Process, riverside: Branch) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org")

    for voice in (told(riverside, days_ago=3, speaker=noor), told(riverside, days_ago=4, speaker=noor)):
        Client().post(door(garden), {"way": "code", "code": voice.code})

    assert garden.participants.count() == 1


def test_what_was_done_before_showing_goes_along(garden: Process, choosing: Phase, client: Client) -> None:
    garden.vote_tier = Tier.ANYONE
    garden.save()
    show_mail(Client(), garden, "noor@example.org")
    client.post(door(garden, "anyone"), {"way": "now"})
    guest = garden.participants.last()
    poll = Poll.objects.create(phase=choosing, title="A fountain?", method=Method.YES_NO)
    assert guest
    Ballot.objects.cast(poll, {"yes": True}, participant=guest)

    show_mail(client, garden, "noor@example.org")

    assert garden.participants.get().has_voted()


def test_an_account_and_what_its_owner_did_as_a_guest_become_one(
    garden: Process, amina: Person, sign_in: SignIn, client: Client
) -> None:
    client.post(door(garden, "card"), {"way": "card", "number": CARD})
    account = sign_in(amina)

    account.post(door(garden, "card"), {"way": "card", "number": CARD})

    known = garden.participants.get()
    assert (known.person, known.tier) == (amina, Tier.CARD)


def test_two_accounts_cannot_show_one_card(garden: Process, amina: Person, chen: Person, sign_in: SignIn) -> None:
    sign_in(amina).post(door(garden, "card"), {"way": "card", "number": CARD})

    answer = sign_in(chen).post(door(garden, "card"), {"way": "card", "number": CARD})

    assert answer.status_code == 422
    assert "another account" in answer.content.decode()


@pytest.mark.parametrize("next_url", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(garden: Process, client: Client, next_url: str) -> None:
    answer = client.post(f"/decisions/{garden.decision_id}/taking-part/?tier=anyone&next={next_url}", {"way": "now"})

    assert answer["Location"] == garden.get_absolute_url()


def test_a_draft_has_no_door(garden: Process, client: Client) -> None:
    garden.opening.delete()

    assert client.get(door(garden)).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["card", "code", "mail"])
def test_two_browsers_that_show_the_same_at_the_same_moment_are_one(way: str, garden: Process, ben: Person) -> None:
    card = CodeCard.deal(garden, 1, by=ben)[0]
    codes = [MailCode.objects.send(garden, "noor@example.org") for _browser in range(4)]
    shown = [re.findall(r"^\d{6}$", Letter.objects.get(once=f"deciding.code:{one.pk}").text, re.M)[0] for one in codes]

    def act(n: int) -> Participant | None:
        coming = Coming(process=Process.objects.get(), channel="web")
        if way == "card":
            return coming.with_card(CARD)
        return coming.with_code(card.code) if way == "code" else coming.with_mail(codes[n], shown[n])

    found = _together(4, act)

    assert len({one.pk for one in found if one}) == 1
    assert None not in found
    assert Participant.objects.get().proofs.count() == 1


def _together(n: int, act: Callable[[int], Participant | None]) -> list[Participant | None]:
    start, said, broken = Barrier(n), list[Participant | None]([None] * n), list[Exception]()

    def run(number: int) -> None:
        try:
            start.wait(20)
            said[number] = act(number)
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
    return said


def test_a_manager_brings_the_roll_and_no_number_of_it_stays(mona: Person, ben: Person, sign_in: SignIn) -> None:
    table = SimpleUploadedFile("cards.csv", b"name,card\nNoor,2 1234 00004 5674\nZoe,21234000099994\n")

    lacking = sign_in(mona).post("/desk/processes/cards/", {"file": table, "column": "number"})
    table.seek(0)
    taken = sign_in(mona).post("/desk/processes/cards/", {"file": table, "column": "card"})

    assert (lacking.status_code, taken.status_code) == (422, 302)
    assert Card.objects.count() == 2
    assert Card.objects.knows(CARD)
    assert "21234000045674" not in str(list(Card.objects.values()))
    assert sign_in(ben).get("/desk/processes/cards/").status_code == 403
