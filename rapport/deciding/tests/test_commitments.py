from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from rapport.deciding.models import AlreadySettled, Commitment, Process, Standing
from rapport.deciding.register import register_of
from rapport.deciding.reminders import remind_owners
from rapport.loop.models import Loop, Speaker
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db

AtOnce = Callable[[], AbstractContextManager[None]]


def _in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _promise(garden: Process, ben: Person, *, due: int = 10, words: str = "Three benches in the shade") -> Commitment:
    milestones = [("The benches are ordered", _in(3)), ("The ground is levelled", None)]
    made = Commitment.objects.make(
        words, owner=ben, due=_in(due), by=ben, decision=garden.decision, milestones=milestones
    )
    return Commitment.objects.get(pk=made.pk)


def test_what_was_promised_stands_on_the_story_of_its_decision(garden: Process, ben: Person) -> None:
    commitment = _promise(garden, ben)

    step = garden.decision.loop.steps.get(turn="planned")
    assert (str(step.words), step.thing) == ("Three benches in the shade", "deciding.commitment")
    assert commitment.standing == Standing.RUNNING
    assert commitment.branch == garden.decision.branch


def test_progress_follows_from_the_milestones_and_each_is_told_once(
    garden: Process, ben: Person, at_once: AtOnce
) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", language="en")
    assert noor
    commitment = _promise(garden, ben)
    elsewhere = Loop.objects.begin("A place to sit", by=ben)
    for loop in (garden.decision.loop, elsewhere):
        loop.hear([noor])
    elsewhere.hang([garden.decision])
    commitment.come_from([garden.decision])

    with at_once():
        commitment.milestones.all()[0].reach("They arrive in May", by=ben)

    assert Commitment.objects.get().progress == 50
    assert elsewhere.steps.filter(turn="came_further").exists()
    letter = Letter.objects.get(email="noor@example.org")
    assert "The benches are ordered" in letter.text
    assert "They arrive in May" in letter.text


def test_it_is_late_by_its_day_alone(garden: Process, ben: Person) -> None:
    commitment = _promise(garden, ben)
    Commitment.objects.update(due=_in(-1), first_due=_in(-1))

    assert Commitment.objects.get().standing == Standing.LATE
    assert list(Commitment.objects.late()) == [commitment]


def test_what_was_promised_before_stays_readable(garden: Process, ben: Person) -> None:
    commitment = _promise(garden, ben)

    commitment.change("The maker is ill", said="Two benches", due=_in(60), by=ben)

    changed = Commitment.objects.get()
    old = changed.changes.get()
    assert (str(changed), changed.due, changed.standing) == ("Two benches", _in(60), Standing.MOVED)
    assert (str(old.old_words), old.old_due) == ("Three benches in the shade", _in(10))


def test_only_the_last_promise_kept_says_that_it_is_there(garden: Process, ben: Person) -> None:
    benches, shade = _promise(garden, ben), _promise(garden, ben, words="A sail against the sun")

    benches.keep("They stand under the lime tree", by=ben)
    shade.keep("The sail is up", by=ben)

    turns = garden.decision.loop.steps.values_list("turn", flat=True)
    assert [turn for turn in turns if turn in {"came_further", "delivered"}] == ["came_further", "delivered"]


def test_it_is_settled_once(garden: Process, ben: Person) -> None:
    commitment = _promise(garden, ben)
    commitment.give_up("The ground is poisoned", by=ben)

    for again in (
        lambda: commitment.keep("Here", by=ben),
        lambda: commitment.give_up("No", by=ben),
        lambda: commitment.change("Later", due=_in(90), by=ben),
    ):
        with pytest.raises(AlreadySettled):
            again()
    assert Commitment.objects.get().standing == Standing.GIVEN_UP


def test_the_share_kept_is_not_made_better_by_putting_off(garden: Process, ben: Person) -> None:
    kept, later, moved, late, given_up = (_promise(garden, ben, words=str(number)) for number in range(5))
    _promise(garden, ben, words="far away", due=300)
    Commitment.objects.filter(pk__in=[later.pk, moved.pk, late.pk]).update(due=_in(-5), first_due=_in(-5))
    kept.keep("Here", by=ben)
    later.keep("Here", by=ben)
    moved.change("Rain", due=_in(30), by=ben)
    given_up.give_up("No money", by=ben)

    found = register_of(Commitment.objects.all())

    assert (found.kept, found.kept_later, found.moved, found.late, found.given_up, found.running) == (1,) * 6
    assert (found.counted, found.share) == (5, 40)
    assert Commitment.objects.counted().count() == 5
    assert all(Commitment.objects.standing(standing).count() == 1 for standing in Standing)


def test_promises_of_a_draft_are_not_public(riverside: Branch, ben: Person) -> None:
    decision = {"promise": "consult", "by_when": _in(20), "decider": {"en": "The board"}}
    draft = Process.objects.prepare("Longer hours?", by=ben, branch=riverside, decision=decision)
    Commitment.objects.make("Open until eight", owner=ben, due=_in(9), by=ben, decision=draft.decision)

    assert not Commitment.objects.public().exists()


@pytest.mark.django_db(transaction=True)
def test_of_those_who_settle_at_the_same_moment_one_is_kept(garden: Process, ben: Person, mona: Person) -> None:
    commitment = _promise(garden, ben)
    start, refused = Barrier(4), list[str]()

    def settle(act: Callable[[Commitment], object]) -> None:
        try:
            start.wait(10)
            act(Commitment.objects.get(pk=commitment.pk))
        except AlreadySettled:
            refused.append("settled")
        finally:
            connection.close()

    acts: list[Callable[[Commitment], object]] = [
        lambda one: one.keep("Here", by=ben),
        lambda one: one.give_up("No", by=mona),
        lambda one: one.keep("There", by=mona),
        lambda one: one.give_up("Never", by=ben),
    ]
    threads = [Thread(target=settle, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    settled = Commitment.objects.get()
    assert len(refused) == 3
    assert (settled.kept is None) != (settled.given_up is None)


def test_owners_are_reminded_once_for_each_day(garden: Process, ben: Person) -> None:
    commitment = _promise(garden, ben)
    for _morning in range(2):
        remind_owners()
    assert [letter.subject for letter in Letter.objects.all()] == ["Soon due: Three benches in the shade"]

    Commitment.objects.update(due=_in(-1))
    remind_owners()
    commitment.keep("Here", by=ben)
    remind_owners()

    assert Letter.objects.count() == 2
    assert Letter.objects.latest("at").email == ben.email
