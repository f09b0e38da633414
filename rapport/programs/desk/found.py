"""What somebody may touch: the things of the branches for which their role was given."""

from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from rapport.people.models import Person

Rows = TypeVar("Rows", bound=QuerySet[Any])


def within_reach(rows: Rows, person: Person, permission: str) -> Rows:
    keys = person.branches_where(permission)
    return rows if keys is None else rows.filter(Q(branch__in=keys) | Q(branch=None))


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
