"""Who may change what belongs to the whole library: its tables and dimensions, from which every branch is summed up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from rapport.people.guards import PersonRequest
from rapport.people.models import Person

MAY = "community.change"


def may_change_all(person: Person) -> bool:
    """A role held for one branch does not reach the figures of the others."""
    return person.branches_where(MAY) is None


def reaching_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views that `staff_may` guards already: only for those whose role reaches the whole library."""

    @wraps(view)
    def asked(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change_all(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked
