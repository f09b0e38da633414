"""From open answers to voices: what somebody wrote in a survey is heard like everything else that people say.

Read in only where it works with answers (it needs the columns); nothing here leads from a voice to a response: a voice
is known by a digest that cannot be turned around, so that the same words are never brought in twice.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person
from rapport.surveys.methods import Column
from rapport.surveys.models import Response

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground

_AT_ONCE = 500


def words_matching(ground: "Ground", column: Column, q: str = "") -> list[bytes]:
    """The keys of the answers that have words here, in the order of the keys; with `q`, those that have it in them."""
    keys = ground.columns.keys(ground.columns.answered(column.name) & ground.mask)
    if not q:
        return sorted(keys)
    wanted = q.casefold()
    return sorted(
        key
        for some in _by(keys)
        for key, words, _response in _words(ground, column, some)
        if wanted in words.casefold()
    )


def make_voices(ground: "Ground", column: Column, keys: Sequence[bytes], *, by: Person) -> int:
    """Bring these answers in as voices on the survey's story; how many were new. Harmless if run twice."""
    survey, made = ground.survey, 0
    for some in _by(sorted(keys)):
        with transaction.atomic():
            rows = [
                (_brought_in_as(key, column), words, response) for key, words, response in _words(ground, column, some)
            ]
            known = set(
                Voice.objects.filter(brought_in_as__in=[row[0] for row in rows]).values_list("brought_in_as", flat=True)
            )
            new = [_voice(ground, *row, by=by) for row in rows if row[0] not in known]
            Voice.objects.bulk_create(new, ignore_conflicts=True)
            there = Voice.objects.filter(brought_in_as__in=[voice.brought_in_as for voice in new])
            survey.loop.hang(there)
            survey.loop.hear([voice.speaker for voice in there.select_related("speaker") if voice.speaker])
            made += len(new)
    return made


def _voice(ground: "Ground", key: str, words: str, response: Response, *, by: Person) -> Voice:
    """Of an anonymous answer only the month is told; who gave it is known only where answers are kept with names.

    No clock runs: an answer to each of four hundred was never promised, but to tell what comes of them.
    """
    survey = ground.survey
    day = response.on if survey.is_named else response.on.replace(day=1)
    at = timezone.make_aware(datetime.combine(day, time(12)))
    return Voice(
        kind=VoiceKind.SUGGESTION,
        words=words,
        language=response.language[:12],
        branch_id=response.branch_id or survey.branch_id,
        channel=Channel.SURVEY,
        channel_detail=str(survey)[:60],
        spoken_at=at,
        speaker=response.speaker if survey.is_named else None,
        entered_by=by,
        brought_in_as=key,
    )


def _brought_in_as(key: bytes, column: Column) -> str:
    salt = str(settings.SECRET_KEY).encode()
    return hashlib.blake2b(key + column.name.encode(), key=salt[:64], digest_size=32).hexdigest()


def _words(ground: "Ground", column: Column, keys: Sequence[bytes]) -> list[tuple[bytes, str, Response]]:
    found = Response.objects.filter(pk__in=[UUID(bytes=key) for key in keys]).select_related("edition", "speaker")
    rows = []
    for response in found.order_by("pk"):
        words = response.answers.get(ground.columns.name_in(response.edition.number, column.name) or "")
        if isinstance(words, str) and words.strip():
            rows.append((response.pk.bytes, words.strip(), response))
    return rows


def _by(keys: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]
