"""What listening hangs on the desk's first page: what waits, what is late, what is new, what wants a look."""

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.models import Person

from .inbox import counted, in_words, of_view, seen_by

SHOWN = 4


def today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("listening.see_inbox"):
        return ""
    voices = seen_by(person)
    counts = _counts(voices, person)
    page = {
        "mine": _first(of_view("mine", voices, person)),
        "late": _first(of_view("overdue", voices, person)) if counts["overdue"] else [],
        "counted": {name: in_words(count) for name, count in counts.items()},
        "has": counts,
        "yesterday": timezone.localdate() - timedelta(days=1),
    }
    return render_to_string("listening/desk/today.html", page, request)


def _counts(voices: VoiceQuerySet, person: Person) -> dict[str, int]:
    parts = {name: of_view(name, voices, person) for name in ("mine", "overdue", "added", "held")}
    parts["fresh"] = voices.in_hand().filter(spoken_at__gt=timezone.now() - timedelta(days=1))
    return counted(parts, person)


def _first(voices: VoiceQuerySet) -> list[Voice]:
    return list(voices.select_related("branch")[:SHOWN])
