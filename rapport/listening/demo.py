"""The demo town's year of voices: heard, acknowledged, answered in time or late, overdue, held, public."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from rapport.listening.demo_words import ANSWERS, DOUBTFUL, SPEAKERS, VOICES, Said
from rapport.listening.models import Channel, Status, Voice, VoiceKind
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.places.models import Branch

_STAYS_OPEN = 16  # what was said in these last days may still wait for its answer
_BY_STAFF = {Channel.PAPER, Channel.DESK, Channel.PHONE, Channel.MAIL}


@transaction.atomic
def fill(cast: Mapping[str, Person], branches: Mapping[str, Branch]) -> dict[str, list[Voice]]:
    """Let the town speak; gives the voices of each topic, so that others can make themes of them."""
    town = _Town(cast, list(branches.values()))
    heard = {
        topic: [town.hear(said, number) for number, said in enumerate(voices, 7 * place)]
        for place, (topic, voices) in enumerate(VOICES.items())
    }
    town.hear_doubtful()
    town.merge(heard["sunday"])
    return {topic: voices for topic, voices in heard.items() if topic}


class _Town:
    def __init__(self, cast: Mapping[str, Person], branches: list[Branch]) -> None:
        self.branches = branches
        self.desk = cast.get("desk") or cast.get("ben") or next(iter(cast.values()))
        self.amina = cast.get("amina")

    def hear(self, said: Said, number: int) -> Voice:
        days, kind, place, channel, language, words = said
        voice = Voice(
            kind=VoiceKind(kind),
            words=words,
            language=language,
            branch=self.branches[place % len(self.branches)],
            channel=Channel(channel),
            spoken_at=_ago(days, number),
            speaker=self._speaker(language, number),
            entered_by=self.desk if channel in _BY_STAFF else None,
            is_public=number % 3 == 0,
        ).save_as_heard()
        self._live(voice, days, number)
        return voice

    def _speaker(self, language: str, number: int) -> Speaker | None:
        """Two in three say how to reach them; some of them speak more than once."""
        if number % 3 == 1:
            return None
        if self.amina and language == "ar" and number % 4 == 0:
            return Speaker.objects.reached_at(person=self.amina, language="ar", name=self.amina.name)
        same = [(place, name) for place, (name, tongue) in enumerate(SPEAKERS) if tongue == language]
        place, name = same[number % len(same)]
        if number % 7 == 0:
            return Speaker.objects.reached_at(phone=f"555 01{place:02}", language=language, name=name)
        return Speaker.objects.reached_at(email=f"neighbour{place}@town.example", language=language, name=name)

    def _live(self, voice: Voice, days: int, number: int) -> None:
        now = timezone.now()
        if days > 1:
            voice.acknowledge(at=min(voice.spoken_at + timedelta(hours=5 + 3 * (number % 8)), now))
        if days > _STAYS_OPEN or (days > 2 and number % 2):
            wait = 11 if number % 9 == 0 else 1 + number % 4  # some were answered late, and the figures say so
            at = min(voice.spoken_at + timedelta(days=wait, hours=2), now)
            voice.answer(ANSWERS[voice.language], by=self.desk, at=at, is_public=voice.is_public)
        if voice.is_public and days > 3:
            voice.let_read(by=self.desk, at=min(voice.spoken_at + timedelta(days=2), now))
        if voice.kind == VoiceKind.PRAISE and days > _STAYS_OPEN:
            voice.move(Status.DONE, by=self.desk, at=voice.spoken_at + timedelta(days=3))

    def hear_doubtful(self) -> None:
        for number, (days, because, words) in enumerate(DOUBTFUL):
            voice = Voice(kind=VoiceKind.SUGGESTION, words=words, language="en", channel=Channel.WEB)
            voice.spoken_at = _ago(days, number)
            voice.save_as_heard().hold(because=because)

    def merge(self, voices: list[Voice]) -> None:
        """Two said the same on the same form: the work goes on with one."""
        voices[4].merge_into(voices[7], by=self.desk)


def _ago(days: int, number: int) -> datetime:
    """A time of day that differs from voice to voice, and is never in the future."""
    noon = timezone.localtime().replace(minute=(number * 17) % 60, second=0, microsecond=0)
    return min(noon.replace(hour=9 + number % 9) - timedelta(days=days), timezone.now())
