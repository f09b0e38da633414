"""Somebody asks to vote at the desk or by phone: they show what they have, and get a ballot on the device there."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from rapport.deciding.coming import Coming
from rapport.deciding.desk.polls import around, found
from rapport.deciding.forms.polls import HelpingForm
from rapport.deciding.models import AlreadyVoted, NotOpen, Participant, Poll, Tier, TierNotMet
from rapport.deciding.views.voting import Booth
from rapport.lib.limits import at_most
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may

_LASTS = 1800  # seconds in which somebody who was let in fills in the ballot


@staff_may("deciding.enter")
@at_most("60/10m", by="account", name="helping-to-vote")
def helping(request: PersonRequest, pk: int) -> HttpResponse:
    """Whom do you help?"""
    poll = found(request, pk, "deciding.enter")
    form = HelpingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        voter = _voter(poll, form, request)
        if voter is not None:
            ticket = urlencode({"ticket": _ticket(request, poll, voter)})
            return redirect(f"{reverse('deciding:desk-poll-booth', args=[pk])}?{ticket}")
    page = {**around(request, poll), "form": form}
    return render(request, "deciding/desk/polls/helping.html", page, status=422 if form.errors else 200)


def _voter(poll: Poll, form: HelpingForm, request: PersonRequest) -> Participant | None:
    given = form.cleaned_data
    coming = Coming(process=poll.process, channel=given["channel"], language=getattr(request, "LANGUAGE_CODE", ""))
    shown = given["shown"]
    voter = coming.with_card(shown) if given["proof"] == "card" else coming.with_code(shown)
    if voter is None:
        form.add_error("shown", _("Nothing like this is known here. Look at each sign once more."))
        return None
    if not Tier(poll.process.vote_tier).is_met_by(Tier(voter.tier)):
        wanted = {"what": poll.process.get_vote_tier_display()}
        form.add_error("shown", _("For this vote something else must be shown: %(what)s.") % wanted)
        return None
    return voter


def _ticket(request: PersonRequest, poll: Poll, voter: Participant) -> str:
    """Only whom this colleague has just let in, and only for this vote: nobody votes for others by their number."""
    return signing.dumps([poll.pk, request.user.pk, voter.pk], salt="deciding.booth")


def _of_ticket(request: PersonRequest, poll: Poll) -> Participant | None:
    try:
        said = signing.loads(request.GET.get("ticket", ""), salt="deciding.booth", max_age=_LASTS)
    except signing.BadSignature:
        return None
    vote, colleague, voter = said
    if (vote, colleague) != (poll.pk, request.user.pk):
        return None
    return Participant.objects.filter(process=poll.process, pk=voter).first()


@sensitive_post_parameters()
@never_cache
@staff_may("deciding.enter")
def booth(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The ballot of whoever asked for help, with the note on keeping it secret."""
    poll = found(request, pk, "deciding.enter")
    leave = reverse("deciding:desk-poll-voting", args=[pk])
    voter = _of_ticket(request, poll)
    if voter is None:
        return redirect(leave)
    there = Booth(
        request,
        poll,
        voter,
        comes=lambda: voter,
        frame="ui/kiosk.html",
        channel=Channel.DESK,
        leave_url=leave,
        page={"helping": True},
    )
    try:
        return there.answer()
    except AlreadyVoted:
        messages.info(request, _("They have voted already. Everyone has one vote."))
    except (NotOpen, TierNotMet):
        messages.info(request, _("Voting is not open now."))
    return redirect(leave)
