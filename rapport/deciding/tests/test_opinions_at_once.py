"""Two at the same moment: one vote each, one statement too many for nobody, one verdict."""

import contextlib

import pytest

from rapport.deciding.models import (
    Conversation,
    DecidedAlready,
    OpinionSheet,
    OpinionVote,
    Participant,
    Phase,
    SheetAlreadyEntered,
    TooManyStatements,
)
from rapport.deciding.tests.voting import together
from rapport.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evenings(choosing: Phase, ben: Person) -> Conversation:
    return Conversation.objects.begin(choosing, "Evenings", by=ben, statements=["A", "B"], most_each=2)


def test_two_votes_at_once_are_one(evenings: Conversation) -> None:
    noor, first = Participant.objects.join(evenings.process), evenings.statements.get(number=1)

    def vote(how: int) -> None:
        OpinionVote.objects.take({first.pk: how}, participant=noor)

    together([lambda how=how: vote(how) for how in (1, -1, 0, 1)])

    assert OpinionVote.objects.count() == 1


def test_nobody_adds_more_than_each_may(evenings: Conversation) -> None:
    noor = Participant.objects.join(evenings.process)

    def add(number: int) -> None:
        with contextlib.suppress(TooManyStatements):
            Conversation.objects.get().suggest(f"Thing {number}", language="en", participant=noor)

    together([lambda number=number: add(number) for number in range(5)])

    assert sorted(evenings.statements.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_two_moderators_give_one_verdict(evenings: Conversation, ben: Person, mona: Person) -> None:
    mine = evenings.suggest("Tea", language="en", participant=Participant.objects.join(evenings.process))

    def decide(person: Person) -> None:
        with contextlib.suppress(DecidedAlready):
            type(mine).objects.get(pk=mine.pk).accept(by=person)

    together([lambda: decide(ben), lambda: decide(mona)])

    assert mine.verdicts.count() == 1


def test_a_sheet_entered_twice_at_once_counts_once(evenings: Conversation, ben: Person, mona: Person) -> None:
    def enter(person: Person) -> None:
        with contextlib.suppress(SheetAlreadyEntered):
            OpinionSheet.enter(evenings, 1, {1: 1, 2: -1}, by=person)

    together([lambda: enter(ben), lambda: enter(mona)])

    assert Participant.objects.count() == 1 and OpinionVote.objects.count() == 2
