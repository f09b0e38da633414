"""Ballots on paper: read by two, blind; settled once; spoiled with a reason; each a participant."""

from functools import partial

import pytest

from rapport.deciding.models import (
    AlreadyRead,
    BallotPrint,
    Count,
    NotOpen,
    PaperBallot,
    PapersIn,
    PapersStillOut,
    Phase,
    Poll,
    RulesFixed,
    Spoiled,
)
from rapport.people.models import Person

from .voting import together, vote_on

YES, NO = {"answer": "yes"}, {"answer": "no"}


@pytest.fixture
def printed(choosing: Phase, ben: Person) -> Poll:
    poll = vote_on(choosing, "yes_no", ())
    BallotPrint.make(poll, language="es", copies=5, by=ben)
    return poll


@pytest.mark.django_db
def test_a_paper_counts_once_two_people_read_the_same(printed: Poll, ben: Person, mona: Person) -> None:
    paper = PaperBallot.of(printed, 3)
    paper.read(YES, by=ben)
    assert not paper.may_be_read_by(ben)
    assert list(printed.paper_ballots.for_a_second_pair_of_eyes(mona)) == [paper]
    assert printed.ballots.count() == 0

    paper.read(YES, by=mona)

    assert paper.settled_on
    ballot = printed.ballots.get()
    assert (ballot.marks, ballot.participant) == (YES, None)
    assert printed.process.participants.get().channel == "paper"
    assert not [one for one in paper.readings.all() if one.marks]
    with pytest.raises(AlreadyRead):
        paper.read(YES, by=mona)


@pytest.mark.django_db
def test_what_two_read_differently_is_settled(printed: Poll, ben: Person, mona: Person) -> None:
    paper = PaperBallot.of(printed, 1)
    paper.read(YES, by=ben)
    second = paper.read(NO, by=mona)
    assert list(printed.paper_ballots.to_be_settled()) == [paper]

    assert paper.settle(second, by=ben)
    assert not paper.settle(second, by=mona)

    assert printed.ballots.get().marks == NO


@pytest.mark.django_db
def test_a_spoiled_paper_is_counted_as_such(printed: Poll, ben: Person, mona: Person) -> None:
    paper = PaperBallot.of(printed, 2)
    for one in (ben, mona):
        paper.read(YES, by=one, spoiled=Spoiled.KNOWN)

    assert (paper.spoiled, printed.ballots.count(), printed.turnout.count()) == ("known", 0, 0)
    assert printed.paper_ballots.settled().count() == 1


@pytest.mark.django_db
def test_a_number_that_was_not_printed_is_no_ballot(printed: Poll) -> None:
    with pytest.raises(NotOpen):
        PaperBallot.of(printed, 6)


@pytest.mark.django_db
def test_numbers_go_on_and_what_is_printed_is_fixed(printed: Poll, ben: Person) -> None:
    assert list(BallotPrint.make(printed, language="ar", copies=2, by=ben).serials) == [6, 7]
    with pytest.raises(RulesFixed):
        printed.change(quorum=4)


@pytest.mark.django_db
def test_the_count_waits_for_the_papers(printed: Poll, ben: Person, mona: Person) -> None:
    Phase.objects.update(
        closes_at=printed.phase.opens_at.replace(microsecond=1) + (printed.phase.closes_at - printed.phase.opens_at) / 4
    )
    paper = PaperBallot.of(printed, 1)
    paper.read(YES, by=ben)
    assert not Poll.objects.to_be_counted().exists()
    with pytest.raises(PapersStillOut):
        PapersIn.say(printed, handed_out=5, by=ben)

    paper.read(YES, by=mona)
    PapersIn.say(printed, handed_out=5, by=ben)

    assert Poll.objects.to_be_counted().get() == printed
    count = Count.objects.take(printed)
    assert (count.on_paper, count.turnout) == (1, {"paper": 1})
    assert not printed.ballots.filter(is_paper=True).exists()


@pytest.mark.django_db(transaction=True)
def test_one_number_settled_by_many_at_once_counts_once(printed: Poll, ben: Person, mona: Person) -> None:
    paper = PaperBallot.of(printed, 4)
    paper.read(YES, by=ben)
    second = paper.read(NO, by=mona)

    said = together([partial(PaperBallot.objects.get(pk=paper.pk).settle, second, by=ben) for _time in range(8)])

    assert sorted(map(str, said)) == ["False"] * 7 + ["True"]
    assert (printed.ballots.count(), printed.turnout.count()) == (1, 1)
