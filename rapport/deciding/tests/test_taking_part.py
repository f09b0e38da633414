from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from rapport.deciding.models import (
    AlreadyVoted,
    Ballot,
    CodeCard,
    Decision,
    Method,
    NotOpen,
    Participant,
    Phase,
    PhaseKind,
    Poll,
    Process,
    Promise,
    ProofKind,
    Tier,
    TierNotMet,
)
from rapport.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(choosing: Phase) -> Poll:
    return Poll.objects.create(phase=choosing, title="A fountain?", method=Method.YES_NO)


def test_a_process_is_seen_from_the_moment_it_is_opened(ben: Person) -> None:
    asked = {"promise": Promise.CONSULT, "by_when": timezone.localdate(), "decider": {"en": "The board"}}
    process = Process.objects.prepare("Longer hours?", by=ben, decision=asked)
    assert not Decision.objects.public().filter(pk=process.decision_id).exists()
    assert not Decision.objects.being_asked().exists()

    process.open(by=ben)

    assert Decision.objects.public().filter(pk=process.decision_id).exists()
    assert Process.objects.public().get() == process
    assert process.decision.loop.steps.get().turn == "asked"


def test_phases_open_and_close_by_the_clock(garden: Process, choosing: Phase) -> None:
    later = choosing.closes_at
    garden.phases.create(kind=PhaseKind.REPORT, opens_at=later, closes_at=later + timedelta(days=9))

    now, then = garden.phase_now(), garden.phase_now(later)

    assert (now and now.kind, then and then.kind) == ("choose", "report")


def test_a_phase_cannot_close_before_it_opens(garden: Process) -> None:
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        garden.phases.create(kind=PhaseKind.SHAPE, opens_at=now, closes_at=now)


def test_whoever_shows_the_same_is_the_same_participant(garden: Process) -> None:
    first, second = (Participant.objects.join(garden) for _time in range(2))
    assert first.show(ProofKind.MAIL, "Noor@example.org") == first

    assert second.show(ProofKind.MAIL, "noor@example.org ") == first
    assert (first.tier, second.tier) == (Tier.REACHED, Tier.ANYONE)
    assert "noor" not in str(list(first.proofs.values()))


def test_an_account_and_its_address_are_one_participant(garden: Process, amina: Person) -> None:
    account = Participant.objects.join(garden, person=amina)
    guest = Participant.objects.join(garden)

    assert guest.show(ProofKind.MAIL, amina.email) == account
    assert Participant.objects.join(garden, person=amina) == account


def test_a_code_card_is_one_participant_however_often_it_is_shown(garden: Process, ben: Person) -> None:
    card, other = CodeCard.deal(garden, 2, by=ben, batch="Class 4b")

    noor = card.take_part()

    assert noor.tier == Tier.ON_SITE
    assert card.take_part() == noor != other.take_part()


def test_a_ballot_is_cast_once_and_leads_to_nobody(poll: Poll, ben: Person) -> None:
    noor = CodeCard.deal(poll.process, 1, by=ben)[0].take_part()

    receipt = Ballot.objects.cast(poll, {"yes": True}, participant=noor)

    ballot = poll.ballots.get()
    assert ballot.participant is None
    assert Ballot.objects.with_receipt(poll, receipt.lower())
    assert not Ballot.objects.with_receipt(poll, "AAAA-BBBB-CCCC")
    with pytest.raises(AlreadyVoted):
        Ballot.objects.cast(poll, {"yes": False}, participant=noor)
    assert poll.ballots.get() == ballot


def test_the_database_keeps_names_away_from_secret_ballots(poll: Poll) -> None:
    noor = Participant.objects.join(poll.process)

    with pytest.raises(IntegrityError), transaction.atomic():
        poll.ballots.create(marks={}, is_secret=True, participant=noor)


def test_a_vote_wants_the_proof_that_was_published(poll: Poll) -> None:
    guest = Participant.objects.join(poll.process)

    with pytest.raises(TierNotMet):
        Ballot.objects.cast(poll, {}, participant=guest)


def test_nothing_is_taken_when_the_phase_is_over(poll: Poll, ben: Person) -> None:
    noor = CodeCard.deal(poll.process, 1, by=ben)[0].take_part()
    Phase.objects.update(closes_at=timezone.now())

    with pytest.raises(NotOpen):
        Ballot.objects.cast(Poll.objects.get(), {}, participant=noor)


def test_shuffled_ballots_keep_what_they_say(poll: Poll) -> None:
    poll.process.vote_tier = Tier.ANYONE
    marks = [{"yes": number % 2 == 0} for number in range(9)]
    receipts = [Ballot.objects.cast(poll, one, participant=Participant.objects.join(poll.process)) for one in marks]

    Ballot.objects.shuffle(poll)

    assert sorted(ballot.marks["yes"] for ballot in poll.ballots.all()) == [False] * 4 + [True] * 5
    assert all(Ballot.objects.with_receipt(poll, receipt) for receipt in receipts)
