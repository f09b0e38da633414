"""How the desk finds a process, by the key of its decision: what belongs to another branch is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from rapport.deciding.models import Process
from rapport.people.guards import PersonRequest


def found(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Process:
    if not request.user.has_perm(permission):
        raise Http404
    rows = Process.objects.reached_by(request.user, permission)
    return get_object_or_404(
        rows.select_related("decision__branch", "decision__loop", "decision__need", "opening", "by"), decision=pk
    )


def mine(request: PersonRequest, pk: int) -> Process:
    """The process, if this person may change it."""
    return found(request, pk, "deciding.change")
