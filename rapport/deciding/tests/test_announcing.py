"""Followers hear that a part begins, and before people have chosen those who have not voted are reminded: each once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from conftest import AtOnce
from rapport.deciding.announcing import announce_phases
from rapport.deciding.keeping import clean_participation, erase_participation, export_participation
from rapport.deciding.late import waiting_for
from rapport.deciding.models import (
    Ballot,
    Closing,
    CodeCard,
    Method,
    Notice,
    Participant,
    Phase,
    PhaseKind,
    Poll,
    Process,
    ProofKind,
)
from rapport.loop.models import Speaker, Turn
from rapport.messaging.models import Letter
from rapport.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending(garden: Process) -> Phase:
    """People have been choosing for ten days, and one is left."""
    now = timezone.now()
    return garden.phases.create(
        kind=PhaseKind.CHOOSE, opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=1)
    )


def follower(process: Process, name: str) -> Speaker:
    speaker = Speaker.objects.reached_at(email=f"{name}@example.org", language="en")
    assert speaker
    process.follow(speaker)
    return speaker


def vote(phase: Phase, participant: Participant) -> None:
    poll = Poll.objects.first() or Poll.objects.create(phase=phase, title="A fountain?", method=Method.YES_NO)
    Ballot.objects.take(poll, {"yes": True}, participant=participant)


def test_a_part_that_begins_is_told_once(garden: Process, at_once: AtOnce) -> None:
    follower(garden, "noor")
    now = timezone.now()
    phase = garden.phases.create(kind=PhaseKind.SHAPE, opens_at=now, closes_at=now + timedelta(days=9))

    with at_once():
        assert announce_phases() == 1
        assert announce_phases() == 0

    assert phase.notices.get().told == 1
    assert garden.decision.loop.steps.filter(turn=Turn.WENT_ON).count() == 1
    assert Letter.objects.filter(email="noor@example.org").count() == 1


def test_what_was_open_when_the_question_was_asked_needs_no_second_letter(garden: Process, choosing: Phase) -> None:
    announce_phases()

    assert choosing.notices.get().told == 0
    assert not garden.decision.loop.steps.filter(turn=Turn.WENT_ON).exists()


def test_drafts_and_what_is_put_away_are_not_announced(garden: Process, choosing: Phase, ben: Person) -> None:
    garden.opening.delete()

    assert announce_phases() == 0


def test_only_those_who_have_not_voted_are_reminded(garden: Process, ending: Phase, amina: Person) -> None:
    noor, _zoe, account = follower(garden, "noor"), follower(garden, "zoe"), follower(garden, "amina")
    Speaker.objects.filter(pk=account.pk).update(person=amina)
    by_code = Participant.objects.join(garden)
    by_code.hear(noor)
    by_mail = Participant.objects.join(garden)
    follower(garden, "lena")
    by_mail.show(ProofKind.MAIL, "lena@example.org")
    for participant in (by_code, by_mail, Participant.objects.join(garden, person=amina)):
        vote(ending, participant)

    announce_phases()
    announce_phases()

    reminded = Letter.objects.filter(once__startswith="deciding.ends:")
    assert [letter.email for letter in reminded] == ["zoe@example.org"]
    assert Notice.objects.get(kind=Notice.Kind.ENDS_SOON).told == 1


def test_a_longer_phase_is_reminded_of_anew(garden: Process, ending: Phase, ben: Person) -> None:
    follower(garden, "noor")
    Poll.objects.create(phase=ending, title="A fountain?", method=Method.YES_NO)
    announce_phases()

    ending.change_days(timezone.localdate(ending.opens_at), ending.last_day + timedelta(days=1), by=ben, why="Snow")
    announce_phases()

    assert Letter.objects.filter(once__startswith="deciding.ends:").count() == 2


def test_where_there_is_no_vote_nobody_is_reminded(garden: Process, ending: Phase) -> None:
    follower(garden, "noor")

    announce_phases()

    assert not Letter.objects.exists()


def test_what_waits_is_on_todays_page(garden: Process, ending: Phase, ben: Person) -> None:
    assert not any(waiting_for(ben).values())

    Phase.objects.update(closes_at=timezone.now())

    assert waiting_for(ben)["unanswered"] == [garden]
    garden.decision.decide("A fountain", reasons="Most wanted it", goes_ahead=True, by=ben)
    assert waiting_for(ben) == {"unopened": [], "unanswered": [], "over": [garden]}


def test_people_take_their_participation_along_and_out(garden: Process, amina: Person) -> None:
    Participant.objects.join(garden, person=amina)

    assert export_participation(amina)[0]["question"] == "What should the reading garden be?"
    erase_participation(amina)

    left = garden.participants.get()
    assert (left.person, left.name, export_participation(amina)) == (None, "", [])
    assert Participant.objects.join(garden).show(ProofKind.MAIL, amina.email) == left


def test_some_time_after_the_end_only_numbers_are_left(garden: Process, amina: Person, ben: Person) -> None:
    Participant.objects.join(garden, person=amina)
    CodeCard.deal(garden, 2, by=ben)[0].take_part()
    assert clean_participation() == 0
    influence = garden.decision.publish_influence("Shade", by=ben)

    Closing.objects.create(
        decision=garden.decision, promise="empower", influence=influence, at=timezone.now() - timedelta(days=91)
    )

    assert clean_participation() > 0
    assert garden.participants.count() == 2
    assert not garden.code_cards.exists()
    assert {(one.person, one.name, one.proofs.count()) for one in garden.participants.all()} == {(None, "", 0)}


@pytest.mark.django_db(transaction=True)
def test_two_workers_announce_a_part_once(garden: Process) -> None:
    now = timezone.now()
    garden.phases.create(kind=PhaseKind.SHAPE, opens_at=now, closes_at=now + timedelta(days=9))

    _together(4, announce_phases)

    assert Notice.objects.count() == 1
    assert garden.decision.loop.steps.filter(turn=Turn.WENT_ON).count() == 1


def _together(n: int, act: Callable[[], object]) -> None:
    start, broken = Barrier(n), list[Exception]()

    def run() -> None:
        try:
            start.wait(20)
            act()
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run) for _one in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
