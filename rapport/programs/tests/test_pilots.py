from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from rapport.insight.models import Need
from rapport.loop.models import Turn
from rapport.loop.signals import step_recorded
from rapport.people.models import Person
from rapport.programs.models import Choice, Measure, Pilot, Program, Verdict
from rapport.programs.models.pilot import Locked, NotBegun, NothingToMeasure

pytestmark = pytest.mark.django_db
AtOnce = Callable[[], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]


@pytest.fixture
def need(ben: Person) -> Need:
    return Need.objects.take_up("Help with homework", kind="need", by=ben)


@pytest.fixture
def program(need: Need, ben: Person) -> Program:
    return Program.objects.plan("Homework help", need=need, by=ben)


@pytest.fixture
def pilot(program: Program) -> Pilot:
    pilot = program.prepare_pilot("If we help, twelve come", review_on=timezone.localdate() + timedelta(days=30))
    pilot.add_measure("People", green=12, amber=8)
    return pilot


def turns(need: Need) -> list[str]:
    return [step.turn for step in need.loop.steps.all()]


def test_a_pilot_without_a_measure_does_not_start(program: Program, ben: Person) -> None:
    pilot = program.prepare_pilot("If we help, they come", review_on=timezone.localdate())

    with pytest.raises(NothingToMeasure):
        pilot.start(by=ben)

    pilot.refresh_from_db()
    assert pilot.started_at is None
    assert not Program.objects.public().exists()


def test_what_it_is_measured_by_is_locked_at_the_start(pilot: Pilot, ben: Person) -> None:
    pilot.start(by=ben)
    measure = pilot.measures.get()

    measure.green = 3
    for move_the_mark in (
        measure.save,
        measure.delete,
        lambda: pilot.add_measure("Smiles", green=1, amber=1),
        lambda: pilot.measures.update(green=3),
        lambda: pilot.measures.all().delete(),
    ):
        with pytest.raises(Locked):
            move_the_mark()

    assert [(one.green, one.amber) for one in Measure.objects.all()] == [(12, 8)]


def test_starting_publishes_it_and_tells_once(pilot: Pilot, need: Need, ben: Person, at_once: AtOnce) -> None:
    told: list[str] = []

    def hear(step: object, **_kwargs: object) -> None:
        told.append(step.turn)  # type: ignore[attr-defined]

    step_recorded.connect(hear)
    with at_once():
        pilot.start(by=ben)
        pilot.start(by=ben)
    step_recorded.disconnect(hear)

    assert turns(need)[-2:] == [Turn.PLANNED, Turn.TRYING]
    assert told.count(Turn.TRYING) == 1
    assert Program.objects.public().get().trial == pilot


@pytest.mark.parametrize(
    ("choice", "turn"),
    [
        (Choice.ADOPT, Turn.ADOPTED),
        (Choice.ADAPT, Turn.ADAPTED),
        (Choice.PAUSE, Turn.PAUSED),
        (Choice.STOP, Turn.STOPPED),
    ],
)
def test_each_verdict_is_a_step_with_its_evidence(
    choice: Choice, turn: Turn, pilot: Pilot, need: Need, ben: Person
) -> None:
    pilot.start(by=ben)

    pilot.decide(choice, "Fourteen came", by=ben)

    step = need.loop.steps.last()
    assert step is not None
    assert (step.turn, str(step.words)) == (turn, "Fourteen came")


def test_a_trial_that_has_not_begun_is_not_decided(pilot: Pilot, ben: Person) -> None:
    with pytest.raises(NotBegun):
        pilot.decide(Choice.ADOPT, "It feels right", by=ben)


def test_a_verdict_is_given_once(pilot: Pilot, need: Need, ben: Person) -> None:
    pilot.start(by=ben)
    pilot.decide(Choice.ADOPT, "It works", by=ben)

    with pytest.raises(IntegrityError), transaction.atomic():
        pilot.decide(Choice.STOP, "It does not", by=ben)

    assert turns(need).count(Turn.STOPPED) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_the_same_moment_one_is_kept(pilot: Pilot, need: Need, ben: Person) -> None:
    pilot.start(by=ben)
    together = Barrier(2)
    refused: list[Exception] = []

    def decide(choice: Choice) -> None:
        try:
            mine = Pilot.objects.get(pk=pilot.pk)
            together.wait()
            mine.decide(choice, "Seen", by=ben)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(choice,)) for choice in (Choice.ADOPT, Choice.STOP)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert Verdict.objects.count() == 1
    assert sum(turn in {Turn.ADOPTED, Turn.STOPPED} for turn in turns(need)) == 1


def test_the_last_reading_colours_a_measure(pilot: Pilot, ben: Person) -> None:
    measure = pilot.measures.get()
    colours = [measure.colour]

    for value in (7, 8, 12):
        measure.read(value, by=ben)
        colours.append(Measure.objects.get().colour)

    assert colours == ["", "red", "amber", "green"]


def test_where_less_is_better_the_thresholds_turn_around(pilot: Pilot, ben: Person) -> None:
    hours = pilot.add_measure("Staff hours", green=10, amber=15, more_is_better=False)
    hours.read(12, by=ben)

    assert hours.colour == "amber"
    with pytest.raises(IntegrityError), transaction.atomic():
        pilot.add_measure("Complaints", green=15, amber=10, more_is_better=False)


def test_a_pilot_past_its_review_waits_on_the_managers_screen(
    pilot: Pilot, mona: Person, sign_in: SignIn, ben: Person
) -> None:
    Pilot.objects.update(review_on=timezone.localdate() - timedelta(days=1))
    pilot.refresh_from_db()
    pilot.start(by=ben)

    assert "Trials past their review" in sign_in(mona).get("/desk/").content.decode()
    assert "Past its review" in sign_in(mona).get(f"/desk/programs/{pilot.program_id}/").content.decode()


def test_the_evidence_begins_with_what_the_measures_read(pilot: Pilot, ben: Person, sign_in: SignIn) -> None:
    pilot.start(by=ben)
    pilot.measures.get().read(14, by=ben)

    page = sign_in(ben).get(f"/desk/programs/{pilot.program_id}/").content.decode()

    assert "People: 14 (good from 12): good" in page
    assert "Locked since" in page


def test_a_trial_goes_from_plan_to_verdict_at_the_desk(
    program: Program, need: Need, ben: Person, sign_in: SignIn
) -> None:
    desk, page = sign_in(ben), f"/desk/programs/{program.pk}/"
    soon = timezone.localdate() + timedelta(days=20)
    desk.post(f"{page}pilot/", {"hypothesis_en": "If we help, they come", "review_on": soon.isoformat()})
    wrong = {"name_en": "People", "green": "5", "amber": "8", "more_is_better": "yes"}

    assert desk.post(f"{page}pilot/start/", follow=True).content.decode().count("one measure is enough")
    assert desk.post(f"{page}pilot/measures/", wrong).status_code == 422
    assert desk.post(f"{page}pilot/measures/", wrong | {"green": "12"}).status_code == 302
    desk.post(f"{page}pilot/start/")
    measure = Measure.objects.get()
    assert desk.post(f"{page}pilot/measures/{measure.pk}/readings/", {"value": "many"}).status_code == 422
    assert desk.post(f"{page}pilot/measures/{measure.pk}/readings/", {"value": "14"}).status_code == 302
    locked = desk.post(f"{page}pilot/measures/{measure.pk}/removal/", follow=True).content.decode()
    assert "stays as it is" in locked
    assert desk.post(f"{page}pilot/verdict/", {"choice": "adopt"}).status_code == 422
    decided = {"choice": "adopt", "evidence_en": "Fourteen came"}
    assert desk.post(f"{page}pilot/verdict/", decided).status_code == 302
    assert "A colleague has done this" in desk.post(f"{page}pilot/verdict/", decided, follow=True).content.decode()

    assert turns(need)[-3:] == [Turn.PLANNED, Turn.TRYING, Turn.ADOPTED]
