import pytest

from conftest import AtOnce
from rapport.listening.following import follow
from rapport.listening.models import Status
from rapport.listening.tests.test_inbox_voice import a_voice
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch


@pytest.fixture
def garden(ben: Person) -> Loop:
    return Loop.objects.begin("What should the garden be at noon?", by=ben)


def test_voices_move_along_with_their_story(riverside: Branch, ben: Person, garden: Loop, at_once: AtOnce) -> None:
    voice, merged, other = a_voice(riverside), a_voice(riverside), a_voice(riverside)
    garden.hang([voice])
    merged.merge_into(voice, by=ben)

    stood = []
    for turn in (Turn.TAKEN_UP, Turn.DECIDED, Turn.TRYING, Turn.ADOPTED):
        with at_once():
            garden.record(turn, {"en": "It goes on"}, by=ben)
        voice.refresh_from_db()
        stood.append(voice.status)

    assert stood == [Status.UNDER_REVIEW, Status.PLANNED, Status.TRYING_OUT, Status.DONE]
    merged.refresh_from_db()
    other.refresh_from_db()
    assert (merged.status, other.status) == (Status.DONE, Status.RECEIVED)


def test_a_step_twice_changes_nothing_more(riverside: Branch, ben: Person, garden: Loop, at_once: AtOnce) -> None:
    voice = a_voice(riverside)
    garden.hang([voice])
    with at_once():
        step = garden.record(Turn.DECIDED, {"en": "It stays open"}, by=ben)

    follow(step)

    assert voice.status_changes.count() == 1


def test_the_story_never_goes_backwards_nor_against_a_person(
    riverside: Branch, ben: Person, garden: Loop, at_once: AtOnce
) -> None:
    done, refused = a_voice(riverside), a_voice(riverside)
    garden.hang([done, refused])
    done.move(Status.DONE, by=ben)
    refused.move(Status.DECLINED, by=ben, reason="It is the town's gate")

    with at_once():
        garden.record(Turn.TRYING, {"en": "We try it"}, by=ben)
        garden.record(Turn.DECIDED_AGAINST, {"en": "No key"}, by=ben)

    done.refresh_from_db()
    refused.refresh_from_db()
    assert (done.status, refused.status) == (Status.DONE, Status.DECLINED)
    assert refused.status_changes.get().reason == "It is the town's gate"


def test_a_refusal_is_told_in_the_voices_own_language_and_may_be_taken_back_by_the_story(
    riverside: Branch, ben: Person, garden: Loop, at_once: AtOnce
) -> None:
    voice = a_voice(riverside, language="es")
    garden.hang([voice])

    with at_once():
        garden.record(Turn.COULD_NOT, {"en": "There is no key", "es": "No hay llave"}, by=ben)
    voice.refresh_from_db()
    assert (voice.status, voice.status_changes.last().reason) == (Status.DECLINED, "No hay llave")
    with at_once():
        garden.record(Turn.TRYING, {"en": "A key was found"}, by=ben)

    voice.refresh_from_db()
    assert voice.status == Status.TRYING_OUT
