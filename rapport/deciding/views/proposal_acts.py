"""What every act around proposals has in common: who does it, and the kind word where it cannot be done."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.models import (
    AlreadyAnswered,
    Collection,
    EnoughProposals,
    EnoughSupports,
    LastAuthor,
    NotOpen,
    NotSupported,
    NotToBeMerged,
    NotYours,
    Participant,
    Proposal,
    TierNotMet,
    TooLate,
)
from rapport.deciding.ways_in import joining, participant_of, remember
from rapport.listening.models import Channel

CHAIN = (
    "phase__process__decision__loop",
    "phase__process__decision__branch",
    "phase__process__decision__closing",
    "phase__process__opening",
    "shaping",
)
_REFUSALS = {
    NotOpen: gettext_lazy("This part is not open at the moment, so nothing was changed."),
    EnoughProposals: gettext_lazy("You have as many proposals here as each person may have. Your draft is kept."),
    EnoughSupports: gettext_lazy("You support as many proposals as each person may. Take one back to support another."),
    NotSupported: gettext_lazy("This proposal takes no support at the moment."),
    NotYours: gettext_lazy("Only its authors can do this."),
    TooLate: gettext_lazy("The time for changing it is over. Suggest a change instead, so that all can see it."),
    LastAuthor: gettext_lazy("You are its last author. You can withdraw the proposal instead."),
    AlreadyAnswered: gettext_lazy("Somebody has answered this already. Nothing was changed."),
    NotToBeMerged: gettext_lazy("One of these proposals has changed meanwhile. Nothing was changed."),
}


def found_collection(pk: int) -> Collection:
    """A place for proposals that the public can see."""
    rows = Collection.objects.select_related(*CHAIN)
    collection = get_object_or_404(
        rows, pk=pk, phase__process__opening__isnull=False, phase__process__decision__loop__is_public=True
    )
    return knit(collection)


def knit(collection: Collection) -> Collection:
    """Both phases are of the same process: ask the database for it once."""
    if collection.shaping is not None:
        collection.shaping.process = collection.phase.process
    return collection


def found_proposal(request: HttpRequest, pk: int) -> tuple[Proposal, Participant | None]:
    """A proposal that this visitor may read, and who they are: what is not public is there for its authors alone."""
    rows = Proposal.objects.select_related(
        *(f"collection__{one}" for one in CHAIN), "loop__closing", "category", "branch"
    ).prefetch_related("authorships")
    proposal = get_object_or_404(
        rows,
        pk=pk,
        collection__phase__process__opening__isnull=False,
        collection__phase__process__decision__loop__is_public=True,
    )
    knit(proposal.collection)
    participant = participant_of(request, proposal.collection.process)
    if not (proposal.is_readable or proposal.is_by(participant)):
        raise Http404
    return proposal, participant


def acting(
    request: HttpRequest, collection: Collection, act: Callable[[Participant], object], *, back: str, done: str = ""
) -> HttpResponse:
    """Do it as whoever is asking; where more proof is wanted, lead to where it is shown, and back again."""
    participant = joining(request, collection.process, channel=channel_of(request))
    answer: HttpResponse = redirect(back)
    try:
        with transaction.atomic():
            said = act(participant)
        if isinstance(said, HttpResponse):
            answer = said
        if done:
            messages.success(request, done)
    except TierNotMet as refused:
        query = urlencode({"next": back.partition("#")[0], "tier": refused.wanted})
        answer = redirect(f"{reverse('deciding:joining', args=[collection.process.decision_id])}?{query}")
    except tuple(_REFUSALS) as refused:
        messages.info(request, _REFUSALS[type(refused)])
    remember(answer, participant, is_kiosk=channel_of(request) == Channel.KIOSK)
    return answer


def channel_of(request: HttpRequest) -> Channel:
    return Channel.KIOSK if request.POST.get("channel") == Channel.KIOSK else Channel.WEB


def thanks_for_support(proposal: Proposal) -> str:
    """What happens next, said at once."""
    if proposal.still_needed:
        return _("Thank you. %(number)s more are needed for an answer of the library.") % {
            "number": proposal.still_needed
        }
    return _("Thank you. Your support counts.")
