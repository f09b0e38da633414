"""Who proposes a program hears what came of it; who waits for one hears of its date before others."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rapport.loop.models import Speaker, Turn
from rapport.messaging.models import Letter
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.programs.models import HeadStart, InterestList, Program, ProgramProposal, RegistrationRules

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AtOnce = Callable[[], Any]
SAID = {
    "title": "Bike repair",
    "words": "We mend our bikes together",
    "audience": "general",
    "email": "noor@example.org",
}


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapport.programs.proposing.views.doubts_about", lambda *_args, **_more: [])


@pytest.fixture
def proposal(client: Client, riverside: Branch) -> ProgramProposal:
    client.post("/programs/propose/", SAID | {"branch": riverside.pk})
    return ProgramProposal.objects.get()


def test_a_proposal_is_a_voice_with_a_code(proposal: ProgramProposal, client: Client) -> None:
    assert proposal.voice.kind == "suggestion"
    assert proposal.voice.speaker is not None
    assert "Bike repair" in client.get(proposal.voice.get_absolute_url()).content.decode()


def test_a_wrong_form_keeps_what_was_written(client: Client) -> None:
    answer = client.post("/programs/propose/", SAID | {"title": ""})

    assert answer.status_code == 422
    assert "We mend our bikes together" in answer.content.decode()


def test_what_a_machine_sends_is_held(
    client: Client, monkeypatch: pytest.MonkeyPatch, ben: Person, sign_in: SignIn
) -> None:
    monkeypatch.undo()
    client.post("/programs/propose/", SAID | {"website": "x"})

    proposal = ProgramProposal.objects.get()
    assert proposal.voice.held_at is not None
    assert "Bike repair" not in sign_in(ben).get("/desk/program-proposals/").content.decode()


def test_a_draft_is_made_and_its_proposer_hears_of_each_turn(
    proposal: ProgramProposal, ben: Person, sign_in: SignIn, at_once: AtOnce
) -> None:
    with at_once():
        sign_in(ben).post(f"{proposal.get_absolute_url()}draft/", {"said": "We begin in May", "open_list": "on"})

    proposal.refresh_from_db()
    program = proposal.program
    assert program is not None and program.loop is not None and not program.is_public
    assert program.loop.heard.get().speaker == proposal.voice.speaker
    assert InterestList.objects.get().program == program
    assert Letter.objects.filter(text__contains="We begin in May").exists()
    with at_once():
        program.deliver("It is there", by=ben)
    assert program.loop.steps.filter(turn=Turn.DELIVERED).exists()
    assert Letter.objects.filter(email="noor@example.org").count() >= 3


def test_a_refusal_has_its_reason_and_is_final(
    proposal: ProgramProposal, ben: Person, sign_in: SignIn, client: Client, at_once: AtOnce
) -> None:
    desk = sign_in(ben)
    assert desk.post(f"{proposal.get_absolute_url()}refusal/", {"why": ""}).status_code == 422
    with at_once():
        desk.post(f"{proposal.get_absolute_url()}refusal/", {"why": "The fire brigade forbids it"})

    again = desk.post(f"{proposal.get_absolute_url()}draft/", {}, follow=True)

    assert "A colleague has dealt with it" in again.content.decode()
    assert not Program.objects.exists()
    assert "The fire brigade forbids it" in client.get(proposal.voice.get_absolute_url()).content.decode()
    assert Letter.objects.filter(text__contains="The fire brigade forbids it").exists()


def test_a_programmer_of_another_branch_does_not_reach_it(proposal: ProgramProposal, sign_in: SignIn) -> None:
    there = Branch.objects.create(slug="mill", name={"en": "Mill Street"})
    noor = Person.objects.create_user("nour@example.org", name="Nour")
    noor.appoint(Role.PROGRAMMER, by=None, branch=there)

    assert sign_in(noor).get(proposal.get_absolute_url()).status_code == 404


def test_those_on_the_list_hear_first_and_have_a_head_start(
    ben: Person, riverside: Branch, client: Client, sign_in: SignIn, at_once: AtOnce
) -> None:
    program = Program.objects.plan("Bike repair", need=None, by=ben, branch=riverside)
    desk = sign_in(ben)
    desk.post(f"/desk/programs/{program.pk}/interest/", {"words_en": "Which day?"})
    there = InterestList.objects.get()
    for _twice in range(2):
        client.post(f"/wanted/{there.pk}/", {"email": "noor@example.org", "note": "Evenings"})
    assert "1 would come" in client.get("/wanted/").content.decode()
    start = timezone.now() + timedelta(days=20)
    facts = {
        "language": "en",
        "audience": "general",
        "capacity": 5,
        "rules": RegistrationRules.objects.create(name="All"),
    }
    [session] = program.add_sessions(start, start + timedelta(hours=1), **facts)
    program.publish()

    with at_once():
        desk.post(f"/desk/sessions/{session.pk}/head-start/")
        desk.post(f"/desk/sessions/{session.pk}/head-start/")

    letter = Letter.objects.get(email="noor@example.org", subject__contains="There is a date")
    way_in = re.search(r"/sessions/\d+/registration/\?first=\S+", letter.text)
    assert way_in
    assert "Go on" in client.get(way_in[0]).content.decode()
    for other in (f"/sessions/{session.pk}/registration/", way_in[0][:-3]):
        assert "offered to those who waited" in client.get(other).content.decode()
    HeadStart.objects.update(until=timezone.now())
    assert "Go on" in client.get(f"/sessions/{session.pk}/registration/").content.decode()


def test_a_closed_list_takes_nobody_and_keeps_those_on_it(ben: Person, client: Client, sign_in: SignIn) -> None:
    program = Program.objects.plan("Bike repair", need=None, by=ben)
    there = InterestList.objects.create(program=program, by=ben)
    there.join(Speaker.objects.reached_at(email="noor@example.org"))  # type: ignore[arg-type]

    sign_in(ben).post(f"/desk/programs/{program.pk}/interest/closing/")

    assert client.get(f"/wanted/{there.pk}/").status_code == 404
    assert there.interests.count() == 1
