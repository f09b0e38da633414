from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.utils import timezone

from rapport.impact.models import Report
from rapport.impact.telling import tell_everyone
from rapport.insight.models import Need, Theme
from rapport.listening.models import Voice
from rapport.loop.models import Heard, Loop, Speaker, Turn
from rapport.messaging.models import Letter
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
AtOnce = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def garden(ben: Person) -> Loop:
    return Loop.objects.begin({"en": "A quiet garden", "ar": "حديقة هادئة"}, by=ben)


@pytest.fixture
def noor(garden: Loop) -> Speaker:
    speaker = Speaker.objects.reached_at(email="noor@example.org", language="ar")
    garden.hear([speaker])
    return speaker


def test_everyone_heard_gets_one_letter_at_each_turn_in_their_language(
    garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce
) -> None:
    with at_once():
        garden.record(Turn.TAKEN_UP, {"en": "People want to read outdoors", "ar": "يريد الناس القراءة"}, by=ben)

    assert [letter.to for letter in mail.outbox] == [["noor@example.org"]]
    assert "حديقة هادئة" in mail.outbox[0].subject
    assert "يريد الناس القراءة" in mail.outbox[0].body
    assert garden.get_absolute_url() in mail.outbox[0].body


def test_telling_twice_writes_nothing_more(garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce) -> None:
    with at_once():
        step = garden.record(Turn.TAKEN_UP, "People want to read outdoors", by=ben)

    with at_once():
        tell_everyone(step)

    assert Letter.objects.count() == len(mail.outbox) == 1


def test_whoever_stopped_this_story_hears_nothing_more(
    garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce
) -> None:
    Heard.objects.get(speaker=noor).stop()

    with at_once():
        garden.record(Turn.TAKEN_UP, "People want to read outdoors", by=ben)

    assert mail.outbox == []


def test_whoever_spoke_of_a_theme_is_told_that_it_was_taken_up(ben: Person, at_once: AtOnce) -> None:
    noor = Speaker.objects.reached_at(email="noor@example.org", language="en")
    said = {"kind": "concern", "language": "en", "channel": "web", "speaker": noor}
    voices = [Voice(words=words, **said).save_as_heard() for words in ("It is loud", "No quiet corner")]
    theme = Theme.objects.confirm("Noise", [voice.pk for voice in voices], by=ben)

    with at_once():
        Need.objects.take_up("A quiet place to read", kind="need", by=ben, themes=[theme])

    assert [letter.to for letter in mail.outbox] == [["noor@example.org"]]


def test_quiet_turns_are_noted_but_not_told(garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce) -> None:
    with at_once():
        garden.record(Turn.COUNTED, "14 people came", by=ben)

    assert not Letter.objects.exists()


def test_whoever_joins_later_is_not_told_of_what_was_before(
    garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce
) -> None:
    step = garden.record(Turn.TAKEN_UP, "People want to read outdoors", by=ben)
    sam = Speaker.objects.reached_at(email="sam@example.org", language="en")
    garden.hear([sam])

    with at_once():
        tell_everyone(step)

    assert {tuple(letter.to) for letter in mail.outbox} == {("noor@example.org",)}


def test_whoever_left_only_a_phone_number_is_to_be_called(garden: Loop, ben: Person, at_once: AtOnce) -> None:
    garden.hear([Speaker.objects.reached_at(phone="555 0100", language="en")])

    with at_once():
        garden.record(Turn.TAKEN_UP, "People want to read outdoors", by=ben)

    assert Letter.objects.get().state == "to_call"


def test_a_report_tells_everyone_and_closes_the_loop(garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce) -> None:
    with at_once():
        Report.objects.publish(garden, said="It is loud", did="Six quiet hours a week", by=ben)

    assert not garden.is_open
    assert "Six quiet hours a week" in mail.outbox[0].body


def test_what_one_thing_says_on_several_stories_is_told_to_each_once(
    garden: Loop, noor: Speaker, ben: Person, at_once: AtOnce
) -> None:
    lia = Speaker.objects.reached_at(email="lia@example.org", language="en")
    other = Loop.objects.begin("A bench", by=ben)
    other.hear([noor, lia])
    theme, now = Theme.objects.confirm("Outside", [], by=ben), timezone.now()

    with at_once():
        steps = [
            loop.record(Turn.INFLUENCED, "Both come first", by=ben, thing=theme, at=now) for loop in (garden, other)
        ]
        garden.record(Turn.INFLUENCED, "Something else", by=ben)

    told = [Letter.objects.filter(speaker=who, once__startswith="step:").count() for who in (noor, lia)]
    assert told == [2, 1]
    assert Letter.objects.filter(once=f"step:{steps[0].pk}:{noor.pk}").exists()
