"""Which voices a set of filters means: the inbox's address, understood without its form."""

from collections.abc import Callable, Mapping
from datetime import datetime, time

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from rapport.loop.models import Strand
from rapport.people.models import Person

from .voice import VoiceQuerySet

_PLAIN = ("kind", "status", "channel")


def matching(voices: VoiceQuerySet, filters: Mapping[str, str], *, person: Person | None = None) -> VoiceQuerySet:
    """What makes no sense is left out, as in a list."""
    voices = voices.filter(**{name: filters[name] for name in _PLAIN if filters.get(name)})
    for name, narrow in _NARROW.items():
        if filters.get(name):
            voices = narrow(voices, filters[name], person)
    return voices


_VIEWS: dict[str, Callable[[VoiceQuerySet], VoiceQuerySet]] = {
    "waiting": lambda voices: voices.waiting(),
    "overdue": lambda voices: voices.overdue(),
    "unassigned": lambda voices: voices.waiting().held_by_nobody(),
    "added": lambda voices: voices.added_to(),
    "held": lambda voices: voices.held(),
}


def _view(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    if value == "mine" and person:
        return voices.waiting().held_by(person)
    return _VIEWS[value](voices) if value in _VIEWS else voices


def _branch(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    return voices.filter(branch=int(value)) if value.isdecimal() else voices


def _holder(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    return voices.held_by(person) if value == "me" and person else voices.held_by_nobody()


def _answered(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    return voices.unanswered() if value == "no" else voices.exclude(answered_at=None)


def _language(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    return voices.exclude(language__in=settings.HOUSE.languages) if value == "other" else voices.filter(language=value)


def _since(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    try:
        day = parse_date(value)
    except ValueError:
        return voices
    return voices.filter(spoken_at__gte=timezone.make_aware(datetime.combine(day, time.min))) if day else voices


def _on_loop(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    hung = Strand.objects.filter(thing="listening.voice").values("thing_key")
    return voices.filter(pk__in=hung) if value == "yes" else voices.exclude(pk__in=hung)


def _loop(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    hung = Strand.objects.filter(thing="listening.voice", loop=int(value)) if value.isdecimal() else None
    return voices if hung is None else voices.filter(pk__in=hung.values("thing_key"))


def _words(voices: VoiceQuerySet, value: str, person: Person | None) -> VoiceQuerySet:
    for word in value.replace('"', " ").split()[:8]:
        code = word.replace("-", "").upper()
        voices = voices.filter(Q(words__icontains=word) | Q(code=code))
    return voices


_NARROW: dict[str, Callable[[VoiceQuerySet, str, Person | None], VoiceQuerySet]] = {
    "view": _view,
    "branch": _branch,
    "holder": _holder,
    "answered": _answered,
    "language": _language,
    "since": _since,
    "on_loop": _on_loop,
    "loop": _loop,
    "q": _words,
}
