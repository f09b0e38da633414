"""Whose an audit is: everybody at the desk may look, those of its branch may change it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from rapport.insight.models import CollectionAudit
from rapport.people.guards import PersonRequest
from rapport.people.models import Person


def may(person: Person, permission: str, audit: CollectionAudit) -> bool:
    branches = person.branches_where(permission)
    return person.has_perm(permission) and (branches is None or audit.branch_id in branches)


def of_audit(permission: str) -> Callable[..., Any]:
    """For views that `staff_may` guards already: they get the audit itself, if the role reaches its branch."""

    def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: PersonRequest, pk: int, **kwargs: Any) -> HttpResponse:
            audit = get_object_or_404(CollectionAudit.objects.select_related("branch", "earlier"), pk=pk)
            if not may(request.user, permission, audit):
                raise PermissionDenied
            return view(request, audit, **kwargs)

        return asked

    return guarded


def reaching_all(person: Person) -> bool:
    """The words for items belong to the whole library."""
    return person.has_perm("insight.change") and person.branches_where("insight.change") is None
