"""How the desk finds proposals: what belongs to another branch is not there, and drafts are their authors' alone."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from rapport.deciding.models import Collection, Process, Proposal
from rapport.deciding.views.proposal_acts import CHAIN, knit
from rapport.people.guards import PersonRequest


def found_collection(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Collection:
    if not request.user.has_perm(permission):
        raise Http404
    processes = Process.objects.reached_by(request.user, permission)
    rows = Collection.objects.select_related(*CHAIN).filter(phase__process__in=processes)
    return knit(get_object_or_404(rows, pk=pk))


def found_proposal(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Proposal:
    if not request.user.has_perm(permission):
        raise Http404
    rows = Proposal.objects.at_the_desk().reached_by(request.user, permission)
    rows = rows.select_related(
        *(f"collection__{one}" for one in CHAIN),
        "loop__closing",
        "category",
        "branch",
        "taken_by",
        "entered_by",
        "voice",
    )
    proposal = get_object_or_404(rows.prefetch_related("authorships"), pk=pk)
    knit(proposal.collection)
    return proposal
