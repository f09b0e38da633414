"""Taking in what somebody tells: once, however often it is sent, with its photo, its letter and its doubts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.lib.language import language_of
from rapport.listening.models import Voice
from rapport.loop.models import Speaker
from rapport.messaging.models import Letter
from rapport.people.models import Person

MORE_LANGUAGES = ("en", "es", "ar", "fr", "zh", "vi", "pt", "ru", "de", "ko", "tl", "uk", "fa", "hi", "ht", "pl")


def languages_spoken() -> list[str]:
    return list(dict.fromkeys([*settings.HOUSE.languages, *MORE_LANGUAGES]))


@dataclass(frozen=True)
class Told:
    """What a form brought, checked; `fields` are those of the voice."""

    words: str
    fields: dict[str, Any]
    number: UUID | None = None
    language: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    photo: "ContentFile[bytes] | None" = None
    doubts: list[str] = field(default_factory=list)
    at: datetime | None = None

    def take_in(self, *, entered_by: Person | None = None) -> Voice:
        """The voice; sent a second time, it is the same voice."""
        known = Voice.from_form(self.number) if self.number else None
        try:
            return known or self._hear(entered_by)
        except IntegrityError:
            known = Voice.from_form(self.number) if self.number else None
            if known is None:
                raise
            return known

    def _hear(self, entered_by: Person | None) -> Voice:
        voice = self._voice(entered_by)
        try:
            with transaction.atomic():
                self._write_down(voice)
        except BaseException:
            if voice.photo:  # the rows are taken back by the database, the file by us
                voice.photo.storage.delete(str(voice.photo.name))
            raise
        return voice

    def _voice(self, entered_by: Person | None) -> Voice:
        language = self.language or language_of(self.words, languages_spoken(), translation.get_language() or "")
        voice = Voice(words=self.words, language=language, sent_as=self.number, entered_by=entered_by, **self.fields)
        voice.spoken_at = self.at or voice.spoken_at
        return voice

    def _write_down(self, voice: Voice) -> None:
        voice.speaker = Speaker.objects.reached_at(
            email=self.email, phone=self.phone, name=self.name, language=language_to_write(voice.language)
        )
        voice.save_as_heard()
        if self.photo:
            voice.photo.save(f"{voice.code}.webp", self.photo)
        if self.doubts:
            voice.hold(because=self.doubts[0])
        elif voice.speaker and voice.speaker.email:
            say_it_arrived(voice)
        elif voice.entered_by:
            voice.acknowledge()  # they stand at the desk, or are on the phone


def language_to_write(language: str) -> str:
    """Letters are written in a language that the house can write."""
    return language if language in settings.HOUSE.languages else translation.get_language() or settings.LANGUAGE_CODE


def say_it_arrived(voice: Voice) -> None:
    """Confirm by letter that it arrived, once."""
    speaker = voice.speaker
    if speaker is None or not speaker.can_be_reached:
        return
    with translation.override(language_to_write(voice.language)):
        words = {
            "voice": voice,
            "name": speaker.name,
            "library": settings.HOUSE.library,
            "story_url": settings.HOUSE.address + voice.get_absolute_url(),
        }
        Letter.objects.write(
            f"voice:{voice.pk}:received",
            subject=_("Thank you for telling %(library)s") % words,
            text=render_to_string("listening/letters/received.txt", words),
            language=translation.get_language() or voice.language,
            speaker=speaker,
            branch=voice.branch,
            stop_url=settings.HOUSE.address + reverse("messaging:stop", args=[speaker.secret]),
        )
    voice.acknowledge()
