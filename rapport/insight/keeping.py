"""What insight keeps about people, and for how long: read by "my data" and by the nightly clean-up."""

from typing import Any

from django.utils import timezone

from rapport.insight.models import Assessment, DigestReader, FieldNote, Member
from rapport.people.models import Person


def export_membership(person: Person) -> list[dict[str, Any]]:
    rows = Member.objects.filter(person=person).select_related("assessment")
    return [{"assessment": str(row.assessment), "since": row.at.date().isoformat()} for row in rows]


def erase_membership(person: Person) -> None:
    Member.objects.filter(person=person).delete()
    Assessment.objects.filter(lead=person).update(lead=None)


def export_digest_reader(person: Person) -> list[dict[str, Any]]:
    return [{"since": row.at.date().isoformat()} for row in DigestReader.objects.filter(person=person)]


def erase_digest_reader(person: Person) -> None:
    DigestReader.objects.filter(person=person).delete()


def clean_notes() -> int:
    """Remove notes whose source says that its time is over; voices that were made of them stay, without a name."""
    removed, _by_kind = FieldNote.objects.past_keeping(timezone.localdate()).delete()
    return removed
