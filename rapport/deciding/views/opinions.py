"""Voting on statements: one at a time, three buttons, and the next one in the answer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rapport.deciding.forms.opinions import StatementForm, VoteForm
from rapport.deciding.models import (
    NoStatementsWanted,
    NotOpen,
    NotShown,
    OpinionVote,
    Participant,
    TierNotMet,
    TooManyStatements,
)
from rapport.deciding.opinions.shown import group_name, shares
from rapport.deciding.opinions.snapshot import Snapshot, snapshot_of
from rapport.deciding.opinions.who import TooManyNewPeople, code_in, fresh_code, voter
from rapport.deciding.ways_in import channel_of, knows, participant_of, remember
from rapport.lib.limits import at_most
from rapport.listening.methods.likeness import most_alike
from rapport.listening.models import Channel
from rapport.people.guards import anyone
from rapport.ui.views import too_many


def found(pk: int) -> Snapshot:
    snap = snapshot_of(pk)
    if snap is None:
        raise Http404
    return snap


def whole(snap: Snapshot) -> dict[str, Any]:
    """What every page of a conversation says above itself."""
    conversation = snap.conversation
    return {
        "conversation": conversation,
        "process": conversation.process,
        "phase": conversation.phase,
        "may_see_map": conversation.may_show_map,
    }


@never_cache
@anyone
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    snap = found(pk)
    participant = participant_of(request, snap.conversation.process)
    votes = OpinionVote.objects.by(participant)
    page = whole(snap) | card(request, snap, votes) | {"is_new": not votes}
    return render(request, "deciding/opinions/opinions.html", page)


def card(request: HttpRequest, snap: Snapshot, votes: dict[int, int], said: Any = None) -> dict[str, Any]:
    """The next statement for somebody with these votes, and how far they have come."""
    shown = snap.next_for(votes) if snap.conversation.is_open else None
    mine, enough = sum(key in snap.by_key for key in votes), snap.enough_for_a_place
    channel = channel_of(request)
    return {
        "conversation": snap.conversation,
        "may_see_map": snap.conversation.may_show_map,
        "statement": shown,
        "original": _original(shown),
        "voted": mine,
        "all": len(snap.statements),
        "missing": max(0, enough - mine),
        "first": code_in(request) or fresh_code(snap.conversation.process),
        "channel": channel,
        "is_kiosk": channel == Channel.KIOSK,
        "said": said,
    }


def _original(statement: Any) -> str:
    """The words in their own language, where the reader is shown a translation."""
    if statement is None or statement.words.language == statement.language:
        return ""
    return str(statement.words.get(statement.language, ""))


@require_POST
@anyone
def votes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a vote; the answer holds the next statement."""
    snap = found(pk)
    form = VoteForm(request.POST)
    statement = snap.by_key.get(form.cleaned_data["statement"]) if form.is_valid() else None
    try:
        participant = voter(request, snap.conversation.process)
        if statement is not None:
            said = {statement: form.cleaned_data["vote"]}
            OpinionVote.objects.cast(snap.conversation, said, participant=participant)
            snap.voted()
    except TooManyNewPeople:
        return too_many(request)
    except TierNotMet as problem:
        return _to_the_door(request, snap, problem)
    except (NotOpen, NotShown):
        return redirect(snap.conversation)
    if request.POST.get("next") == "mine":
        return redirect("deciding:opinions-mine", pk)
    return _answered(request, snap, participant)


def _answered(request: HttpRequest, snap: Snapshot, participant: Participant) -> HttpResponse:
    participant.process = snap.conversation.process
    is_kiosk = channel_of(request) == Channel.KIOSK
    answer: HttpResponse
    if request.headers.get("HX-Request") or is_kiosk:
        page = card(request, snap, OpinionVote.objects.by(participant))
        template = "deciding/opinions/card.html"
        if not request.headers.get("HX-Request"):
            template, page = "deciding/opinions/kiosk.html", page | whole(snap)
        answer = render(request, template, page)
    else:
        answer = redirect(f"{snap.conversation.get_absolute_url()}#card")
    if not is_kiosk and not knows(request, participant):
        remember(answer, participant)
    return answer


def _to_the_door(request: HttpRequest, snap: Snapshot, problem: TierNotMet) -> HttpResponse:
    door = reverse("deciding:joining", args=[snap.conversation.process.decision_id])
    url = f"{door}?next={snap.conversation.get_absolute_url()}&tier={problem.wanted}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": url})
    return redirect(url)


@never_cache
@anyone
def kiosk(request: HttpRequest, pk: int) -> HttpResponse:
    """On a screen in the library: whoever comes is new, and nothing of it stays in the browser."""
    snap = found(pk)
    page = whole(snap) | card(request, snap, {}) | {"is_kiosk": True, "channel": Channel.KIOSK, "is_new": True}
    return render(request, "deciding/opinions/kiosk.html", page)


@never_cache
@anyone
@at_most("30/10m", name="opinions.statements")
def statements(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add what is missing, after a look at what is like it; and what became of one's own."""
    snap = found(pk)
    conversation = snap.conversation
    participant = participant_of(request, conversation.process)
    form = StatementForm(request.POST or None, conversation=conversation)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        texts = [" ".join(one.words.values()) for one in snap.statements]
        alike = [snap.statements[at] for at, _likeness in most_alike(form.cleaned_data["words"], texts, least=0.5)]
        if not alike or form.cleaned_data["anyway"]:
            return _added(request, snap, form)
    page = whole(snap) | {"form": form, "alike": alike, "own": fates(snap, participant)}
    return render(request, "deciding/opinions/statements.html", page, status=422 if form.errors else 200)


def _added(request: HttpRequest, snap: Snapshot, form: StatementForm) -> HttpResponseBase:
    language = get_language() or settings.LANGUAGE_CODE
    try:
        participant = voter(request, snap.conversation.process)
        snap.conversation.suggest(form.cleaned_data["words"], language=language, participant=participant)
    except TooManyNewPeople:
        return too_many(request)
    except TierNotMet as problem:
        return _to_the_door(request, snap, problem)
    except TooManyStatements:
        messages.info(request, _("You have added as many as each may. Thank you for all of them."))
        return redirect("deciding:opinions-statements", snap.conversation.pk)
    except (NotOpen, NoStatementsWanted):
        return redirect(snap.conversation)
    messages.success(request, _("Thank you. It is here, and you can follow what becomes of it."))
    answer = redirect("deciding:opinions-statements", snap.conversation.pk)
    participant.process = snap.conversation.process
    remember(answer, participant)
    return answer


def fates(snap: Snapshot, participant: Participant | None) -> list[dict[str, Any]]:
    """One's own statements: accepted or why not, and how others voted on each, in which groups."""
    if participant is None:
        return []
    own = snap.conversation.statements.filter(author=participant).prefetch_related("verdicts")
    drawn = snap.drawn
    told = []
    for one in own:
        name = str(one.number)
        whom = [shares(_("Everybody"), drawn.get("counts", {}).get(name), False)]
        whom += [shares(group_name(at), by.get(name), False) for at, by in enumerate(drawn.get("by_group", []))]
        verdict = next(iter(one.verdicts.all()), None)
        may_tell = snap.conversation.may_show_map
        told.append({"statement": one, "verdict": verdict, "shares": [s for s in whom if s] if may_tell else []})
    return told


@never_cache
@anyone
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """What one has said so far, to be changed while the conversation runs."""
    snap = found(pk)
    votes = OpinionVote.objects.by(participant_of(request, snap.conversation.process))
    said = [(one, votes[one.pk]) for one in snap.statements if one.pk in votes]
    return render(request, "deciding/opinions/mine.html", whole(snap) | {"said": said})
