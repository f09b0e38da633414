"""What listening hangs on the desk's first page: what waits, what is late, what is new, what wants a look."""

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.models import Person

from .inbox import Counted, _bounded, in_words, of_view, seen_by

SHOWN = 4


def today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("listening.see_inbox"):
        return ""
    voices = seen_by(person)
    counted = _counts(voices, person)
    page = {
        "mine": _first(of_view("mine", voices, person)),
        "late": _first(of_view("overdue", voices, person)) if counted["overdue"] else [],
        "counted": {name: in_words(count) for name, count in counted.items()},
        "has": counted,
        "yesterday": timezone.localdate() - timedelta(days=1),
    }
    return render_to_string("listening/desk/today.html", page, request)


def _counts(voices: VoiceQuerySet, person: Person) -> dict[str, int]:
    fresh = voices.in_hand().filter(spoken_at__gt=timezone.now() - timedelta(days=1))
    parts = {name: Counted(_bounded(of_view(name, voices, person))) for name in ("mine", "overdue", "held")}
    return dict(Person.objects.filter(pk=person.pk).values(**parts, fresh=Counted(_bounded(fresh))).get())


def _first(voices: VoiceQuerySet) -> list[Voice]:
    return list(voices.select_related("branch")[:SHOWN])
