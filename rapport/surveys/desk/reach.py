"""How the desk finds a survey: what belongs to another branch is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from rapport.people.guards import PersonRequest
from rapport.surveys.models import Survey


def found(request: PersonRequest, pk: int, permission: str = "surveys.see") -> Survey:
    if not request.user.has_perm(permission):
        raise Http404
    rows = Survey.objects.reached_by(request.user, permission)
    return get_object_or_404(rows.select_related("branch", "loop", "opening", "closing", "by"), pk=pk)


def mine(request: PersonRequest, pk: int) -> Survey:
    """The survey, if this person may change it."""
    return found(request, pk, "surveys.change")
