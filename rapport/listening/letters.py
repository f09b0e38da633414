"""Answers as letters: one to each speaker, in their language's frame, with the way to the story and the way out."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.listening.models import Answer, Voice
from rapport.loop.models import Speaker
from rapport.messaging.models import Letter


@transaction.atomic
def tell_answer(answer: Answer) -> None:
    """Write to everyone who spoke of this matter and can be reached. Run twice, it writes nothing more."""
    for voice in _voices_told_by(answer):
        if voice.speaker and voice.speaker.can_be_reached:
            _write(answer, voice, voice.speaker)


def _voices_told_by(answer: Answer) -> list[Voice]:
    told = Q(pk=answer.voice_id) | Q(merged__into=answer.voice_id)
    return list(Voice.objects.filter(told, held_at=None).select_related("speaker", "branch").order_by("pk"))


def _write(answer: Answer, voice: Voice, speaker: Speaker) -> None:
    with translation.override(speaker.language):
        words = {
            "answer": answer,
            "voice": voice,
            "name": speaker.name,
            "library": settings.HOUSE.library,
            "story_url": settings.HOUSE.address + voice.get_absolute_url(),
        }
        Letter.objects.write(
            f"answer:{answer.together or answer.pk}:{speaker.pk}",
            subject=_("An answer from %(library)s") % words,
            text=render_to_string("listening/letters/answer.txt", words),
            language=speaker.language,
            speaker=speaker,
            branch=voice.branch,
            stop_url=settings.HOUSE.address + reverse("messaging:stop", args=[speaker.secret]),
        )
