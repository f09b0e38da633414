"""Rules of a conversation: votes, statements, moderation, what comes next, and where somebody stands."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from rapport.deciding.models import (
    Conversation,
    DecidedAlready,
    MapDrawing,
    ModerationMode,
    NoStatementsWanted,
    NotOpen,
    NotShown,
    OpinionVote,
    Participant,
    Phase,
    Process,
    RejectionReason,
    Tier,
    TierNotMet,
    TooManyStatements,
)
from rapport.deciding.opinions.snapshot import snapshot
from rapport.deciding.tests.opinions import people_vote
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SAID = [f"It should be like this, number {number}" for number in range(24)]


@pytest.fixture
def evenings(choosing: Phase, ben: Person) -> Conversation:
    return Conversation.objects.begin(choosing, "Evenings at the library", by=ben, statements=SAID)


@pytest.fixture
def noor(evenings: Conversation) -> Participant:
    return Participant.objects.join(evenings.process)


def test_the_last_vote_on_a_statement_counts(evenings: Conversation, noor: Participant) -> None:
    first = evenings.statements.get(number=1)

    for vote in (1, -1):
        OpinionVote.objects.cast(evenings, {first: vote}, participant=noor)

    assert OpinionVote.objects.by(noor) == {first.pk: -1}


def test_the_database_lets_nobody_vote_twice_on_a_statement(evenings: Conversation, noor: Participant) -> None:
    first = evenings.statements.get(number=1)
    OpinionVote.objects.create(statement=first, participant=noor, vote=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionVote.objects.create(statement=first, participant=noor, vote=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionVote.objects.create(statement=evenings.statements.get(number=2), participant=noor, vote=2)


def test_votes_are_taken_while_the_phase_is_open_from_those_who_may(evenings: Conversation, noor: Participant) -> None:
    first = evenings.statements.get(number=1)
    Process.objects.update(join_tier=Tier.REACHED)
    with pytest.raises(TierNotMet):
        OpinionVote.objects.cast(Conversation.objects.get(), {first: 1}, participant=noor)

    Phase.objects.update(closes_at=timezone.now())

    with pytest.raises(NotOpen):
        OpinionVote.objects.cast(Conversation.objects.get(), {first: 1}, participant=noor)


def test_seeds_that_stand_there_already_are_passed_over(evenings: Conversation, ben: Person) -> None:
    made = evenings.seed([{"en": SAID[0].upper()}, {"en": "Something new", "es": "Algo nuevo"}, ""], by=ben)

    assert [(str(one), one.number) for one in made] == [("Something new", 25)]


def test_with_strict_moderation_a_statement_is_shown_once_it_is_accepted(
    evenings: Conversation, noor: Participant, ben: Person
) -> None:
    mine = evenings.suggest("  More   tea ", language="en", participant=noor)
    assert str(mine) == "More tea"
    assert mine not in snapshot(evenings).statements
    with pytest.raises(NotShown):
        OpinionVote.objects.cast(evenings, {mine: 1}, participant=noor)

    mine.accept(by=ben)

    assert mine in snapshot(evenings).statements
    assert OpinionVote.objects.by(noor) == {mine.pk: 1}  # whoever says it agrees


def test_with_open_moderation_a_statement_is_shown_until_it_is_rejected(
    evenings: Conversation, noor: Participant, ben: Person
) -> None:
    evenings.moderation = ModerationMode.OPEN
    evenings.save()
    mine = evenings.suggest("More tea", language="en", participant=noor)
    assert mine in snapshot(evenings).statements

    mine.reject(RejectionReason.objects.all()[0], by=ben, words="See number 3")

    assert mine not in snapshot(evenings).statements
    verdict = mine.verdicts.get()
    assert (verdict.by, verdict.words) == (ben, "See number 3")
    assert "already" in str(verdict.reason_words)


def test_nothing_is_rejected_without_a_reason(evenings: Conversation, noor: Participant, ben: Person) -> None:
    mine = evenings.suggest("More tea", language="en", participant=noor)

    with pytest.raises(IntegrityError), transaction.atomic():
        mine.reject(None, by=ben)


def test_of_two_moderators_one_decides_and_the_other_is_told(
    evenings: Conversation, noor: Participant, ben: Person, mona: Person
) -> None:
    mine = evenings.suggest("More tea", language="en", participant=noor)
    assert mine.take(by=ben)
    assert not mine.take(by=mona)
    type(mine).objects.update(taken_at=timezone.now() - timedelta(minutes=11))
    assert mine.take(by=mona)  # whoever leaves it lying loses it

    mine.accept(by=mona)

    with pytest.raises(DecidedAlready):
        mine.reject(None, by=ben, words="No")
    mine.reject(None, by=ben, words="On second thought", again=True)
    assert [one.standing for one in mine.verdicts.all()] == ["rejected", "accepted"]


def test_each_may_add_so_many_statements(evenings: Conversation, noor: Participant) -> None:
    evenings.most_each = 1
    evenings.suggest("More tea", language="en", participant=noor)
    with pytest.raises(TooManyStatements):
        evenings.suggest("More cake", language="en", participant=noor)

    evenings.takes_statements = False

    with pytest.raises(NoStatementsWanted):
        evenings.suggest("More cake", language="en", participant=Participant.objects.join(evenings.process))


def test_nobody_is_shown_a_statement_twice(evenings: Conversation, noor: Participant) -> None:
    people_vote(evenings, people=20)
    evenings.seed(["One that nobody has seen"], by=None)
    seen = list[int]()

    while (shown := snapshot(Conversation.objects.get()).next_for(OpinionVote.objects.by(noor))) is not None:
        seen.append(shown.number)
        OpinionVote.objects.cast(evenings, {shown: 0}, participant=noor)

    assert sorted(seen) == list(range(1, 26))


def test_new_statements_come_sooner_than_old_ones(evenings: Conversation) -> None:
    people_vote(evenings, people=60)
    new = evenings.seed(["One that nobody has seen"], by=None)[0]
    shown = snapshot(Conversation.objects.get())

    drawn = [shown.next_for([]) for _turn in range(100)]

    assert drawn.count(new) > 100 / 25 * 2


def test_a_newcomer_has_a_place_at_once(evenings: Conversation, noor: Participant) -> None:
    people_vote(evenings, people=120)
    shown = snapshot(Conversation.objects.get())
    first_six = {one.pk: 1 for one in shown.statements[:6]}

    assert shown.place(first_six) is None
    place = shown.place(first_six | {shown.statements[6].pk: -1})

    assert place is not None and place.group in {0, 1} and abs(place.x) <= 1


def test_the_map_is_drawn_once_however_many_ask(evenings: Conversation) -> None:
    asked = [evenings.ask_for_drawing() for _turn in range(3)]

    assert asked == [True, False, False]
    evenings.draw()
    assert Conversation.objects.get().asked_at is None
    assert MapDrawing.objects.get().people == 0
    assert evenings.ask_for_drawing()


def test_small_groups_are_not_made(evenings: Conversation, riverside: Branch) -> None:
    people_vote(evenings, people=18)

    answer = MapDrawing.objects.get().drawn["answer"]

    assert answer["groups"] == [] and answer["why_no_groups"] == "few"
