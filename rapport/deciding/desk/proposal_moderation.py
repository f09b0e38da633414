"""The queue of what waits to be read, for several moderators at once: who has taken which stands beside it."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rapport.deciding.forms.proposals_desk import ModerationForm
from rapport.deciding.models import Comment, Doing, HouseRule, Moderation, Process, Proposal, ProposalState
from rapport.deciding.models.moderation import moderate, put_back, take
from rapport.people.guards import PersonRequest, staff_may

_MOST = 100


def doings_for(thing: Proposal | Comment) -> list[Doing]:
    """What can be done with it as it stands."""
    if isinstance(thing, Comment):
        return [Doing.SHOWN_AGAIN] if thing.is_hidden else [Doing.SHOWN_AGAIN, Doing.HIDDEN]
    return {
        ProposalState.WAITING.value: [Doing.LET_THROUGH, Doing.SENT_BACK, Doing.HIDDEN],
        ProposalState.PUBLIC.value: [Doing.SENT_BACK, Doing.HIDDEN],
        ProposalState.HIDDEN.value: [Doing.SHOWN_AGAIN],
        ProposalState.RETURNED.value: [Doing.HIDDEN],
    }.get(thing.state, [])


@staff_may("deciding.change")
def queue(request: PersonRequest) -> HttpResponse:
    processes = Process.objects.reached_by(request.user, "deciding.change")
    waiting = Proposal.objects.waiting().filter(collection__phase__process__in=processes)
    reported = Comment.objects.reported().filter(proposal__collection__phase__process__in=processes)
    page = {
        "proposals": waiting.select_related("collection", "taken_by")
        .prefetch_related("authorships")
        .order_by("at")[:_MOST],
        "comments": reported.select_related("proposal", "taken_by").prefetch_related("reports").order_by("at")[:_MOST],
        "log": Moderation.objects.filter(proposal__collection__phase__process__in=processes).select_related(
            "proposal", "rule", "by"
        )[:20],
        "reasons": _reasons(),
    }
    return render(request, "deciding/desk/proposals/moderation.html", page)


def _reasons() -> list[tuple[HouseRule, int]]:
    """How often something was taken away for which rule."""
    counts = dict(Moderation.objects.exclude(rule=None).order_by().values_list("rule").annotate(n=Count("pk")))
    return [(rule, counts[rule.pk]) for rule in HouseRule.objects.filter(pk__in=counts)]


@staff_may("deciding.change")
def one(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """One of them, to be taken, put back, or decided."""
    thing = _found(request, kind, pk)
    form = ModerationForm(request.POST if request.POST.get("act") == "decide" else None, doings=doings_for(thing))
    if request.method == "POST" and request.POST.get("act") != "decide":
        return _taken(request, thing, kind)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            moderate(thing, Doing(said["doing"]), by=request.user, rule=said["rule"], words=said["words"])
        except ValueError:
            messages.info(request, _("A colleague was quicker. Nothing was changed."))
        else:
            messages.success(request, _("Done. It stands in the log, and its author reads the reason."))
        return redirect("deciding:moderation")
    proposal = thing if isinstance(thing, Proposal) else thing.proposal
    page = {
        "thing": thing,
        "kind": kind,
        "proposal": proposal,
        "comment": thing if isinstance(thing, Comment) else None,
        "form": form,
        "log": thing.moderations.select_related("rule", "by"),
        "reports": thing.reports.all() if isinstance(thing, Comment) else [],
    }
    return render(request, "deciding/desk/proposals/moderate.html", page, status=422 if form.errors else 200)


def _found(request: PersonRequest, kind: str, pk: int) -> Proposal | Comment:
    processes = Process.objects.reached_by(request.user, "deciding.change")
    if kind == "idea":
        rows = Proposal.objects.at_the_desk().select_related("collection", "taken_by", "loop")
        return get_object_or_404(rows, pk=pk, collection__phase__process__in=processes)
    if kind == "comment":
        comments = Comment.objects.select_related("proposal__collection", "taken_by")
        return get_object_or_404(comments, pk=pk, proposal__collection__phase__process__in=processes)
    raise Http404


def _taken(request: PersonRequest, thing: Proposal | Comment, kind: str) -> HttpResponse:
    if request.POST.get("act") == "put_back":
        put_back(thing, by=request.user)
        return redirect("deciding:moderation")
    if not take(thing, by=request.user):
        messages.info(request, _("A colleague has taken this one."))
        return redirect("deciding:moderation")
    return redirect("deciding:moderate", kind, thing.pk)
