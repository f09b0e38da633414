"""What somebody may touch: the things of the branches for which their role was given."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from rapport.people.models import Person

Thing = TypeVar("Thing", bound=Model)


def within_reach(rows: QuerySet[Thing], person: Person, permission: str) -> QuerySet[Thing]:
    keys = person.branches_where(permission)
    return rows if keys is None else rows.filter(Q(branch__in=keys) | Q(branch=None))


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
