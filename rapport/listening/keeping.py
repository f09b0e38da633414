"""What listening keeps about people, and for how long: read by "my data" and by the nightly clean-up."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from rapport.lib.later import can_wait
from rapport.listening.models import SPAM, Voice
from rapport.loop.models import Heard, Speaker
from rapport.people.models import Person

_AT_ONCE = 500


def export_voices(person: Person) -> list[dict[str, Any]]:
    """Everything that this person told, as they can take it away."""
    voices = Voice.objects.filter(speaker__in=Speaker.objects.behind(person)).select_related("branch")
    return [
        {
            "words": voice.words,
            "kind": voice.get_kind_display(),
            "branch": str(voice.branch or ""),
            "channel": voice.get_channel_display(),
            "said_at": voice.spoken_at.isoformat(),
            "code": voice.spoken_code,
            "status": voice.get_status_display(),
            "added": [addition.words for addition in voice.additions.all()],
            "answers": [answer.words for answer in voice.answers.all()],
        }
        for voice in voices.prefetch_related("answers", "additions")
    ]


def erase_voices(person: Person) -> None:
    """Take the person out of what they told; the words stay. Their photos go, and other readers' sight of them."""
    voices = Voice.objects.filter(speaker__in=Speaker.objects.behind(person))
    for voice in voices.exclude(photo=""):
        _remove_photo(voice)
    voices.update(speaker=None, is_public=False, released_at=None)


@can_wait
def clean_contact() -> int:
    """Forget how to reach those whose matters have all been answered for long, and whose stories have ended."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_contact_days)
    spoke = Voice.objects.filter(speaker=OuterRef("pk"))
    still = Q(answered_at=None) & ~Q(held_because=SPAM) | Q(answered_at__gt=then)
    owed = Heard.objects.filter(speaker=OuterRef("pk"), loop__closing=None)
    over = Speaker.objects.filter(Exists(spoke)).exclude(Exists(spoke.filter(still))).exclude(Exists(owed))
    known = over.exclude(email="", phone="", name="", person=None)
    done = 0
    for speaker in known.iterator(chunk_size=_AT_ONCE):
        speaker.forget()
        done += 1
    return done


@can_wait
def clean_photos() -> int:
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_photo_days)
    old = Voice.objects.filter(spoken_at__lt=then).exclude(photo="")
    done = 0
    for voice in old.iterator(chunk_size=_AT_ONCE):
        _remove_photo(voice)
        done += 1
    return done


def _remove_photo(voice: Voice) -> None:
    _remove_file(voice)
    Voice.objects.filter(pk=voice.pk).update(photo="", photo_words="")


@can_wait
def clean_spam() -> int:
    """Remove what a person marked as spam some time ago. What nobody has looked at stays held."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_spam_days)
    old = Voice.objects.filter(held_because=SPAM, held_at__lt=then)
    for voice in old.exclude(photo=""):
        _remove_file(voice)
    return old.delete()[1].get("listening.Voice", 0)


def _remove_file(voice: Voice) -> None:
    """Only once the row is saved: what is tried out, or fails half-way, removes no picture."""
    transaction.on_commit(partial(voice.photo.storage.delete, str(voice.photo.name)))
