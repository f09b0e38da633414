import pytest
from django.db import IntegrityError, transaction

from rapport.loop.models import Heard, Loop, Speaker, Stage, Strand, Turn
from rapport.loop.signals import step_recorded
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Loop:
    return Loop.objects.begin({"en": "A quiet garden", "ar": "حديقة هادئة"}, by=ben, branch=riverside)


def test_whoever_speaks_twice_is_one_speaker() -> None:
    first = Speaker.objects.reached_at(email="Noor@example.org ", language="ar")
    second = Speaker.objects.reached_at(email="noor@EXAMPLE.org", language="en")

    assert first == second
    assert second.language == "ar"


def test_a_phone_alone_is_enough_to_be_known() -> None:
    first = Speaker.objects.reached_at(phone="555 0100", language="en")

    assert first == Speaker.objects.reached_at(phone=" 555 0100 ", language="en")
    assert Speaker.objects.reached_at(language="en") is None


def test_the_database_itself_knows_an_address_once() -> None:
    Speaker.objects.create(email="noor@example.org", language="en")

    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.create(email="noor@example.org", language="en")


def test_a_speaker_is_heard_once_in_a_loop(garden: Loop) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", language="ar")

    garden.hear([noor, noor])
    garden.hear([noor])

    assert garden.heard.count() == 1


def test_a_thing_hangs_once_on_a_thread_and_finds_its_loop(garden: Loop, riverside: Branch) -> None:
    garden.hang([riverside])
    garden.hang([riverside])

    assert Strand.objects.count() == 1
    assert list(Loop.objects.of(riverside)) == [garden]


def test_a_step_knows_its_stage_and_is_announced_once_saved(garden: Loop, ben: Person, at_once: object) -> None:
    announced = []

    def listen(step: object, **_kwargs: object) -> None:
        announced.append(step)

    step_recorded.connect(listen)
    with at_once():
        step = garden.record(Turn.TRYING, {"en": "Six benches until May"}, by=ben)
        assert announced == []
    step_recorded.disconnect(listen)

    assert step.stage == Stage.DELIVER
    assert announced == [step]


def test_those_who_stopped_are_not_told(garden: Loop) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", language="ar")
    sam = Speaker.objects.reached_at(email="sam@example.org", language="en")
    kim = Speaker.objects.reached_at(email="kim@example.org", language="en")
    garden.hear([noor, sam, kim])

    noor.stop()
    Heard.objects.get(speaker=sam).stop()

    assert [heard.speaker for heard in garden.heard.to_be_told()] == [kim]


def test_a_forgotten_speaker_cannot_be_reached(garden: Loop) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", name="Noor", language="ar")
    garden.hear([noor])

    noor.forget()

    noor.refresh_from_db()
    assert (noor.email, noor.name, noor.person) == ("", "", None)
    assert not garden.heard.to_be_told().exists()


def test_a_loop_closes_once(garden: Loop, ben: Person) -> None:
    garden.close(by=ben)

    assert not garden.is_open
    assert list(Loop.objects.closed()) == [garden]
    with pytest.raises(IntegrityError), transaction.atomic():
        Loop.objects.get(pk=garden.pk).close(by=ben)


def test_a_loop_with_a_result_is_owed_a_report_until_it_closes(garden: Loop, ben: Person) -> None:
    assert not Loop.objects.owed_a_report().exists()

    garden.record(Turn.ADOPTED, "The garden stays quiet", by=ben)
    assert list(Loop.objects.owed_a_report()) == [garden]

    garden.close(by=ben)
    assert not Loop.objects.owed_a_report().exists()
