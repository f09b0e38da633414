"""One vote each, rules that stay, a count that is taken once, receipts that show nothing, ballots nobody traces."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from rapport.deciding.models import (
    AlreadyVoted,
    Ballot,
    CodeCard,
    Count,
    NotOpen,
    Option,
    Phase,
    Poll,
    Rules,
    RulesFixed,
)
from rapport.people.models import Person

from .voting import keys, together, vote_on, voters


@pytest.mark.django_db
def test_rules_are_fixed_by_the_first_ballot(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "approval")
    poll.change(quorum=2)
    Ballot.objects.cast(poll, {}, participant=voters(poll.process, 1, ben)[0])

    with pytest.raises(RulesFixed):
        poll.change(quorum=1)
    with pytest.raises(RulesFixed):
        poll.keep_option(Option(title={"en": "Never"}))
    with pytest.raises(RulesFixed):
        poll.drop_option(poll.choices[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Rules.objects.create(poll=poll, said={}, digest="")


@pytest.mark.django_db
def test_the_count_goes_by_the_rules_of_the_first_ballot(choosing: Phase, ben: Person) -> None:
    """Even where somebody changes the row behind the verbs."""
    poll = vote_on(choosing, "yes_no", (), quorum=2)
    Ballot.objects.cast(poll, {"answer": "yes"}, participant=voters(poll.process, 1, ben)[0])
    Poll.objects.update(quorum=None)

    count = Count.objects.take(Poll.objects.get())

    assert (count.winners, count.outcome["why_nothing"]) == ([], "quorum")


@pytest.mark.django_db
def test_it_is_counted_once_and_the_same_again(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "irv")
    one, two, _three = keys(poll)
    voted = [{"order": [[one], [two]]}, {"order": [[two]]}, {"order": [[two], [one]]}]
    *early, late = voters(poll.process, 4, ben)
    for marks, voter in zip(voted, early, strict=True):
        Ballot.objects.cast(poll, marks, participant=voter)

    count = Count.objects.take(poll)

    assert count.winners == ["2. Thursday evening"]
    assert Count.objects.take(poll) == count
    assert (count.ballots, count.turnout) == (3, {"web": 3})
    with pytest.raises(NotOpen):
        Ballot.objects.cast(poll, {}, participant=late)
    Ballot.objects.shuffle(poll)
    assert count.again(by=ben).is_same
    poll.ballots.filter(marks=voted[1]).update(marks={"order": [[one]]})
    assert not count.again(by=ben).is_same


@pytest.mark.django_db
def test_ties_are_decided_by_the_published_seed(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "approval")
    for key, voter in zip(keys(poll), voters(poll.process, 3, ben), strict=True):
        Ballot.objects.cast(poll, {"for": [key]}, participant=voter)

    outcome = Count.objects.take(poll).outcome

    elected = outcome["steps"][-1]
    assert elected["tie_by"] == "lot"
    assert len(elected["tied"]) == 3
    assert outcome["steps"][0]["seed"] == "spring"


@pytest.mark.django_db
def test_polls_are_counted_by_themselves_when_they_are_over(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "yes_no", ())
    assert not Poll.objects.to_be_counted().exists()

    Phase.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    assert Poll.objects.to_be_counted().get() == poll


@pytest.mark.django_db
def test_an_open_ballot_may_be_changed_and_a_secret_one_not(choosing: Phase, ben: Person) -> None:
    shown, secret = vote_on(choosing, "yes_no", (), is_secret=False), vote_on(choosing, "yes_no", ())
    noor = voters(shown.process, 1, ben)[0]
    for poll in (shown, secret):
        Ballot.objects.cast(poll, {"answer": "yes"}, participant=noor)

    Ballot.objects.change(shown, {"answer": "no"}, participant=noor)

    assert shown.ballots.get().marks == {"answer": "no"}
    with pytest.raises(NotOpen):
        Ballot.objects.change(secret, {"answer": "no"}, participant=noor)


@pytest.mark.django_db
def test_no_row_leads_from_a_receipt_or_a_voter_to_a_secret_ballot(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "yes_no", ())
    receipt = Ballot.objects.cast(poll, {"answer": "no"}, participant=voters(poll.process, 1, ben)[0])

    row = Ballot.objects.values().get()

    assert set(row) == {"id", "poll_id", "marks", "is_secret", "is_paper", "participant_id"}
    assert row["participant_id"] is None
    assert Ballot.objects.with_receipt(poll, f" {receipt.replace('-', ' ').lower()}")


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_code_card_are_one_vote(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "yes_no", ())
    card = CodeCard.deal(poll.process, 1, by=ben)[0]

    def vote(answer: str) -> str:
        return str(Ballot.objects.cast(poll, {"answer": answer}, participant=card.take_part()))

    said = together([partial(vote, "yes" if n % 2 else "no") for n in range(20)])

    assert Counter(one for one in said if isinstance(one, type)) == {AlreadyVoted: 19}
    assert (poll.ballots.count(), poll.turnout.count(), poll.receipts.count()) == (1, 1, 1)
    assert poll.process.participants.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ballots_and_the_count_at_the_same_moment(choosing: Phase, ben: Person) -> None:
    """Whoever has a receipt was counted; whoever was not, was told."""
    poll = vote_on(choosing, "yes_no", ())
    people = voters(poll.process, 12, ben)

    def vote(n: int) -> object:
        if n == 6:
            return Count.objects.take(poll).pk
        return Ballot.objects.cast(poll, {"answer": "yes"}, participant=people[n])

    said = together([partial(vote, n) for n in range(12)])

    taken = sum(isinstance(one, str) for one in said)
    assert Count.objects.get().ballots == taken == poll.ballots.count() == poll.turnout.count()


@pytest.mark.django_db(transaction=True)
def test_first_ballots_at_once_find_the_same_rules(choosing: Phase, ben: Person) -> None:
    poll = vote_on(choosing, "yes_no", ())
    people = voters(poll.process, 8, ben)

    together([partial(Ballot.objects.cast, poll, {"answer": "yes"}, participant=one) for one in people])

    assert poll.ballots.count() == 8
    assert Rules.objects.count() == 1
