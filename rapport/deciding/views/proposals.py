"""Reading proposals: the list of a collection, and the page of each with all that belongs to it."""

import itertools
import random
from typing import Any

from django.db.models import Count, Q
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.forms.proposals import CommentForm, MailForm, ProposalFilters, ReplyForm
from rapport.deciding.methods.differences import side_by_side
from rapport.deciding.models import (
    Collection,
    Comment,
    Commitment,
    Doing,
    HouseRule,
    Merging,
    Moderation,
    Participant,
    Phase,
    Proposal,
    Stance,
    Support,
)
from rapport.deciding.ways_in import participant_of
from rapport.loop.stories import story_of
from rapport.people.guards import anyone
from rapport.ui.listing import Column, Listing

from .proposal_acts import found_collection, found_proposal

_COOKIE = "proposals-order"  # a number drawn by chance, so that the order stays while one visitor reads
_COMMENTS = 200

COLUMNS = [
    Column("title", _("Proposal"), link="get_absolute_url"),
    Column("words", _("Words"), only_in_files=True),
    Column("authors", _("Authors"), lambda proposal: ", ".join(str(one) for one in proposal.authorships.all())),
    Column("supporters", _("Supporters"), number=True),
    Column("outcome", _("Answer"), "get_outcome_display"),
    Column("published_at", _("Since"), lambda proposal: timezone.localtime(proposal.published_at).date()),
]


@anyone
def collection(request: HttpRequest, pk: int) -> HttpResponseBase:
    shown = found_collection(pk)
    seed = _seed(request)
    rows = (
        shown.shown()
        .select_related("category", "branch")
        .prefetch_related("authorships")
        .annotate(said=Count("comments", filter=Q(comments__hidden_at=None)))
        .shuffled(seed)
    )
    filters = ProposalFilters(request.GET, collection=shown)
    listing = Listing(
        request, rows, columns=COLUMNS, filters=filters, search=["title", "words"], per_page=18, name="proposals"
    )
    if listing.wants_file:
        return listing.file()
    answer = render(
        request,
        "deciding/proposals/collection.html",
        {"listing": listing, "moderated": _moderated(shown), **around(shown)},
    )
    answer.set_cookie(_COOKIE, str(seed), max_age=86_400, samesite="Lax", httponly=True)
    return answer


@anyone
def of_process(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest place of a process in which proposals are collected."""
    rows = Collection.objects.filter(phase__in=Phase.objects.public(), phase__process__decision=pk)
    return redirect(rows.order_by("-phase__opens_at").first() or reverse("deciding:decision", args=[pk]))


def around(shown: Collection) -> dict[str, Any]:
    """What stands above everything in a collection."""
    return {"collection": shown, "process": shown.process, "phase": shown.phase_now}


def _moderated(shown: Collection) -> list[tuple[str, int]]:
    """How often something was taken away here, and for which rule: anybody may read that."""
    taken = Moderation.objects.filter(doing__in=[Doing.HIDDEN, Doing.SENT_BACK])
    here = taken.filter(Q(proposal__collection=shown) | Q(comment__proposal__collection=shown))
    counts = dict(here.order_by().values_list("rule").annotate(n=Count("pk")))
    rows = [(str(rule), counts[rule.pk]) for rule in HouseRule.objects.filter(pk__in=[key for key in counts if key])]
    return [*rows, (str(_("for another reason")), counts[None])] if None in counts else rows


def _seed(request: HttpRequest) -> int:
    known = request.COOKIES.get(_COOKIE, "")
    return int(known) if known.isdecimal() and len(known) < 8 else random.SystemRandom().randrange(1, 1_000_000)


@anyone
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    shown, participant = found_proposal(request, pk)
    return proposal_page(request, shown, participant)


def proposal_page(
    request: HttpRequest, shown: Proposal, participant: Participant | None, **forms: Form
) -> HttpResponse:
    """The whole page; a form that was wrong stands in it with what was typed."""
    page: dict[str, Any] = {
        "proposal": shown,
        **around(shown.collection),
        "participant": participant,
        "is_author": shown.is_by(participant),
        "may_edit": shown.may_be_edited_by(participant),
        "answers": list(shown.answers.all())[::-1],
        "commitments": Commitment.objects.public().of(shown).select_related("keeping", "giving_up"),
        "amendments": list(shown.amendments.exclude(state="withdrawn")),
        "versions": shown.versions.count(),
        "merging": _merging(shown),
        "came_from": [part.proposal for part in _parts_of(shown)],
        "knots": story_of(shown.loop, "public", shown).knots if shown.loop else [],
        "why_moderated": _why(shown),
        **_support(shown, participant),
        "wants_mail": _wants_mail(participant),
        **_comments(shown),
        "comment_form": CommentForm(auto_id="comment_%s", initial={"name": _first_name(participant)}),
        "reply_form": ReplyForm(auto_id=False, initial={"name": _first_name(participant)}),
        "mail_form": MailForm(auto_id="mail_%s"),
        **forms,
    }
    return render(request, "deciding/proposals/proposal.html", page, status=422 if forms else 200)


def _first_name(participant: Participant | None) -> str:
    return participant.name.split(" ")[0] if participant else ""


def _support(shown: Proposal, participant: Participant | None) -> dict[str, Any]:
    most = shown.collection.most_supports
    supports = bool(participant and shown.supports.filter(participant=participant).exists())
    used = Support.objects.used(shown.collection_id, participant) if participant and most else 0
    return {
        "supports": supports,
        "supports_left": None if most is None else max(0, most - used),
    }


def _wants_mail(participant: Participant | None) -> bool:
    """Whoever takes part in it and cannot be reached yet may leave an address."""
    return participant is not None and not (participant.speaker_id or participant.person_id)


def _comments(shown: Proposal) -> dict[str, Any]:
    """Top ones in columns beside each other, the longest-standing first, with what was answered below each."""
    rows = list(shown.comments.shown().filter(parent=None).order_by("-at", "-pk")[:_COMMENTS])[::-1]
    answers: dict[int, list[Comment]] = {}
    for answer in shown.comments.shown().filter(parent__in=rows):
        answers.setdefault(answer.parent_id or 0, []).append(answer)
    for comment in rows:
        comment.answers = answers.get(comment.pk, [])  # type: ignore[attr-defined]  # for the template alone
    columns = {stance: [comment for comment in rows if comment.stance == stance] for stance in Stance}
    return {
        "comments_for": columns[Stance.FOR],
        "comments_against": columns[Stance.AGAINST],
        "comments_question": columns[Stance.QUESTION],
        "commented": len(rows) + sum(map(len, answers.values())),
    }


def _merging(shown: Proposal) -> Merging | None:
    """The merging that it waits for, or in which it went."""
    part = shown.merging_parts.filter(is_live=True).select_related("merging").first()
    return part.merging if part else None


def _parts_of(shown: Proposal) -> Any:
    result = shown.made_by.select_related("merging").first()
    return result.merging.parts.select_related("proposal") if result else []


def _why(shown: Proposal) -> Moderation | None:
    """Why it was hidden or sent back: for its authors, who alone see it then."""
    if shown.is_readable:
        return None
    return shown.moderations.filter(doing__in=["sent_back", "hidden"]).select_related("rule").first()


@anyone
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Its history: what changed at each step, side by side."""
    shown, _participant = found_proposal(request, pk)
    rows = list(shown.versions.select_related("participant"))
    names = {one.participant_id: str(one) for one in shown.authorships.all()}
    names |= {one.participant_id: str(one) for one in shown.amendments.filter(state="accepted")}
    changes = [
        {
            "version": after,
            "by": names.get(after.participant_id or 0, ""),
            "title": side_by_side(before.title, after.title),
            "words": side_by_side(before.words, after.words),
        }
        for before, after in itertools.pairwise(rows)
    ]
    page = {"proposal": shown, "first": rows[0] if rows else None, "changes": changes[::-1], **around(shown.collection)}
    return render(request, "deciding/proposals/versions.html", page)


@anyone
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    shown, _participant = found_proposal(request, pk)
    return picture_of(shown)


def picture_of(shown: Proposal) -> HttpResponseBase:
    if not shown.picture:
        raise Http404
    answer = FileResponse(shown.picture.open(), content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@anyone
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """What the authors are asked to agree to; anybody may read it."""
    rows = Merging.objects.select_related("collection").prefetch_related("results__proposal")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    shown = found_collection(found.collection_id)
    parts = list(found.parts.select_related("proposal").prefetch_related("proposal__authorships"))
    participant = participant_of(request, shown.process)
    mine = [part for part in parts if part.proposal.is_by(participant)]
    page = {"merging": found, "parts": parts, "mine": mine, **around(shown)}
    return render(request, "deciding/proposals/merging.html", page)
