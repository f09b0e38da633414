from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conftest import AtOnce
from rapport.listening.models import (
    AnswerPromise,
    Channel,
    Deed,
    Status,
    StatusChange,
    Voice,
    VoiceKind,
    speakers_of,
)
from rapport.loop.models import Loop, Speaker
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch, Closure

WORDS = "The garden gate is locked at noon, when I would like to sit there"


def a_voice(branch: Branch | None = None, words: str = WORDS, **fields: object) -> Voice:
    known = {"kind": VoiceKind.CONCERN, "language": "en", "channel": Channel.WEB, **fields}
    return Voice(words=words, branch=branch, **known).save_as_heard()


def a_speaker(email: str = "amina@example.org", language: str = "en", **fields: str) -> Speaker:
    return Speaker.objects.create(email=email, language=language, **fields)


def test_both_clocks_run_in_open_days(riverside: Branch) -> None:
    friday = datetime(2026, 6, 5, 15, tzinfo=UTC)
    Closure.objects.create(branch=riverside, first="2026-06-08", last="2026-06-08")

    voice = a_voice(riverside, spoken_at=friday)

    assert voice.acknowledge_by == datetime(2026, 6, 6, 18, tzinfo=UTC)  # the open Saturday
    assert voice.answer_by == datetime(2026, 6, 12, 18, tzinfo=UTC)  # not Sunday, not the closed Monday
    voice.refresh_from_db()
    assert voice.due_at == voice.acknowledge_by


def test_the_answer_clock_runs_once_they_know_that_it_arrived(riverside: Branch, ben: Person) -> None:
    voice = a_voice(riverside)

    voice.tell_arrived(by=ben)

    voice.refresh_from_db()
    assert voice.due_at == voice.answer_by == voice.runs_until
    assert voice.notes.get().deed == Deed.TOLD


def test_a_promise_of_the_library_sets_the_clocks_of_new_voices(riverside: Branch) -> None:
    AnswerPromise.objects.create(kind=VoiceKind.CONCERN, acknowledge_days=0, answer_days=1)
    noon = datetime(2026, 6, 8, 12, tzinfo=UTC)

    voice = a_voice(riverside, spoken_at=noon)

    assert voice.acknowledge_by == datetime(2026, 6, 8, 18, tzinfo=UTC)
    assert voice.answer_by == datetime(2026, 6, 9, 18, tzinfo=UTC)


def test_the_most_urgent_clock_comes_first(riverside: Branch, ben: Person) -> None:
    now = timezone.now()
    fresh = a_voice(riverside)
    late = a_voice(riverside, spoken_at=now - timedelta(days=30))
    known = a_voice(riverside, spoken_at=now - timedelta(days=60))
    known.answer("Here it is", by=ben)

    assert list(Voice.objects.waiting().most_urgent_first()) == [late, fresh]
    assert list(Voice.objects.overdue()) == [late]


def test_an_answer_stops_the_clocks_and_is_written_once(riverside: Branch, ben: Person, at_once: AtOnce) -> None:
    voice = a_voice(riverside, speaker=a_speaker(language="es", name="Amina"))

    with at_once():
        answer = voice.answer("It stays open at noon now", by=ben)
    answer.tell()

    voice.refresh_from_db()
    assert voice.answered_at == voice.acknowledged_at == answer.at
    assert voice.due_at is None
    letter = Letter.objects.get(once=f"answer:{answer.pk}:{voice.speaker_id}")
    assert (letter.language, letter.email) == ("es", "amina@example.org")
    assert "It stays open at noon now" in letter.text
    assert voice.get_absolute_url() in letter.text
    assert voice.speaker.secret in letter.stop_url


def test_whoever_left_only_a_phone_is_on_the_list_of_calls(riverside: Branch, ben: Person, at_once: AtOnce) -> None:
    voice = a_voice(riverside, speaker=a_speaker(email="", phone="555 0199"))

    with at_once():
        voice.answer("Yes", by=ben)

    assert Letter.objects.get().state == "to_call"


def test_nobody_is_written_to_who_stopped_it_or_left_only_a_code(
    riverside: Branch, ben: Person, at_once: AtOnce
) -> None:
    stopped = a_speaker()
    stopped.stop()

    with at_once():
        a_voice(riverside, speaker=stopped).answer("Yes", by=ben)
        a_voice(riverside).answer("Yes", by=ben)

    assert not Letter.objects.exists()


def test_declining_needs_a_reason(riverside: Branch, ben: Person) -> None:
    voice = a_voice(riverside)

    with pytest.raises(ValueError, match="reason"):
        voice.move(Status.DECLINED, by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(voice=voice, status=Status.DECLINED, by=ben)
    voice.move(Status.DECLINED, by=ben, reason="The gate is the town's")

    assert voice.status_changes.get().reason == "The gate is the town's"


def test_everyone_stays_heard_when_voices_are_merged(riverside: Branch, ben: Person, at_once: AtOnce) -> None:
    one, other = (a_voice(riverside, speaker=a_speaker(mail)) for mail in ("a@example.org", "c@example.org"))
    loop = Loop.objects.begin("The garden at noon", by=ben)
    loop.hang([one])

    with at_once():
        other.merge_into(one, by=ben)
        one.answer("It stays open", by=ben)

    assert set(speakers_of([one])) == {one.speaker, other.speaker}
    assert loop.heard.get().speaker == other.speaker
    assert set(Letter.objects.values_list("email", flat=True)) == {"a@example.org", "c@example.org"}
    other.refresh_from_db()
    assert other.is_answered
    assert other.matter == one
    assert list(Voice.objects.in_hand()) == [one]


def test_whoever_is_merged_into_an_answered_voice_gets_its_answer(
    riverside: Branch, ben: Person, at_once: AtOnce
) -> None:
    one, other = a_voice(riverside), a_voice(riverside, speaker=a_speaker())

    with at_once():
        one.answer("It stays open", by=ben)
        other.merge_into(one, by=ben)

    assert Letter.objects.get().email == "amina@example.org"


def test_a_merged_voice_waits_no_more_until_it_goes_its_own_way_again(riverside: Branch, ben: Person) -> None:
    one, other = a_voice(riverside), a_voice(riverside)

    other.merge_into(one, by=ben)
    assert list(Voice.objects.waiting()) == [one]
    with pytest.raises(ValueError, match="not merged"):
        one.merge_into(other, by=ben)
    other.part(by=ben)

    assert Voice.objects.waiting().count() == 2


def test_a_held_voice_waits_without_a_clock_and_starts_when_released(riverside: Branch, ben: Person) -> None:
    voice = a_voice(riverside, spoken_at=timezone.now() - timedelta(days=9))
    voice.hold(because="too quick")

    assert not Voice.objects.waiting().exists()
    assert list(Voice.objects.held()) == [voice]
    voice.release(by=ben)

    voice.refresh_from_db()
    assert voice.due_at is not None
    assert voice.due_at > timezone.now()


def test_the_first_to_claim_it_holds_it(riverside: Branch, ben: Person, mona: Person) -> None:
    voice = a_voice(riverside)

    assert voice.claim(by=ben)
    assert not voice.claim(by=mona)
    assert voice.claim(by=ben)

    voice.refresh_from_db()
    assert voice.holder == ben
    voice.assign(None, by=ben)
    assert voice.claim(by=mona)
