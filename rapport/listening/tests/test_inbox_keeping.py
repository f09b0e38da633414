from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from rapport.listening import keeping
from rapport.listening.models import Voice
from rapport.listening.tests.test_inbox_voice import a_speaker, a_voice
from rapport.loop.models import Loop
from rapport.people.models import Person
from rapport.places.models import Branch

LONG_AGO = timezone.now() - timedelta(days=120)


def test_contact_goes_when_all_was_answered_long_ago(riverside: Branch, ben: Person) -> None:
    speaker = a_speaker(name="Amina")
    voice = a_voice(riverside, speaker=speaker)
    voice.answer("Yes", by=ben, at=LONG_AGO)

    assert keeping.clean_contact() == 1
    assert keeping.clean_contact() == 0

    speaker.refresh_from_db()
    assert (speaker.email, speaker.name) == ("", "")
    voice.refresh_from_db()
    assert voice.words


def test_contact_stays_while_anything_is_owed(riverside: Branch, ben: Person) -> None:
    unanswered, lately, on_loop, doubtful = (a_speaker(f"{n}@example.org") for n in range(4))
    for speaker in (unanswered, lately, on_loop):
        a_voice(riverside, speaker=speaker).answer("Yes", by=ben, at=LONG_AGO)
    a_voice(riverside, speaker=unanswered)
    a_voice(riverside, speaker=lately).answer("Yes", by=ben)
    a_voice(riverside, speaker=doubtful).hold(because="too quick")
    loop = Loop.objects.begin("The garden", by=ben)
    loop.hear([on_loop])

    assert keeping.clean_contact() == 0
    loop.close(by=ben)

    assert keeping.clean_contact() == 1


def test_only_what_a_person_called_spam_is_ever_removed(riverside: Branch, ben: Person) -> None:
    spam, doubtful = a_voice(riverside), a_voice(riverside)
    spam.mark_as_spam(by=ben, why="An advertisement")
    doubtful.hold(because="too quick")
    Voice.objects.update(held_at=LONG_AGO)

    assert keeping.clean_spam() == 1

    assert list(Voice.objects.all()) == [doubtful]


def test_photos_go_after_their_time(riverside: Branch) -> None:
    voice = a_voice(riverside, spoken_at=timezone.now() - timedelta(days=400), photo_words="The gate")
    voice.photo.save("gate.webp", ContentFile(b"a picture"))

    assert keeping.clean_photos() == 1

    voice.refresh_from_db()
    assert (bool(voice.photo), voice.photo_words) == (False, "")


def test_people_take_their_words_away_and_can_be_taken_out_of_them(riverside: Branch, amina: Person) -> None:
    voice = a_voice(riverside, speaker=a_speaker(amina.email), is_public=True)

    assert keeping.export_voices(amina)[0]["words"] == voice.words
    keeping.erase_voices(amina)

    voice.refresh_from_db()
    assert (voice.speaker, voice.is_public) == (None, False)
    assert voice.words
