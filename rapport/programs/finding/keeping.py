"""What programs keep about people, handed out and erased."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.programs.models import Interest, OwnCalendar, SavedSession

_AFTER_CLOSING = timedelta(days=180)


def export_saved(person: Person) -> list[dict[str, Any]]:
    saved = SavedSession.objects.filter(person=person).select_related("session__program").order_by("at")
    return [
        {"session": str(one.session), "starts": one.session.starts_at.isoformat(), "kept": one.at.isoformat()}
        for one in saved
    ]


def erase_saved(person: Person) -> None:
    SavedSession.objects.filter(person=person).delete()
    OwnCalendar.objects.filter(person=person).delete()


def export_interest(person: Person) -> list[dict[str, Any]]:
    mine = Interest.objects.filter(speaker__in=Speaker.objects.behind(person)).select_related("list__program")
    return [{"program": str(one.list.program), "note": one.note, "since": one.at.isoformat()} for one in mine]


def erase_interest(person: Person) -> None:
    Interest.objects.filter(speaker__in=Speaker.objects.behind(person)).delete()


def clean_interest() -> int:
    """Those on lists that were closed long ago."""
    return Interest.objects.filter(list__closed_at__lt=timezone.now() - _AFTER_CLOSING).delete()[0]
