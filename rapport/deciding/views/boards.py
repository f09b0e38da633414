"""Advisory boards as anyone sees them: what they are for, when they meet, what they advised, and what became of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rapport.deciding.forms.boards import ApplicationForm
from rapport.deciding.models import (
    Advice,
    AlreadyApplied,
    Application,
    Board,
    Commitment,
    Meeting,
    Panel,
    Term,
)
from rapport.deciding.views.commitments import with_all
from rapport.lib.doors import secret_page
from rapport.lib.limits import at_most
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, anyone, signed_in


@anyone
def boards(request: HttpRequest) -> HttpResponse:
    rows = Board.objects.open().select_related("branch")
    rows = rows.annotate(
        members=Count("terms", filter=Q(terms__is_open=True), distinct=True), given=Count("advice", distinct=True)
    )
    return render(request, "deciding/boards/boards.html", {"boards": rows})


@anyone
def board(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Board.objects.select_related("branch"), pk=pk)
    terms = list(found.terms.running())
    page = {
        "board": found,
        "members": len(terms),
        "named": [term for term in terms if term.is_named],
        "free": max(0, found.size - len(terms)),
        "advice": found.advice.select_related("answer").order_by("-at")[:50],
        "coming": found.meetings.coming()[:3],
        "past": found.meetings.past().select_related("minutes__approval")[:24],
        "panels": Panel.objects.public().filter(board=found)[:3],
        "is_member": _term_of(request, found) is not None,
    }
    return render(request, "deciding/boards/board.html", page)


def _term_of(request: HttpRequest, board: Board) -> Term | None:
    if not request.user.is_authenticated:
        return None
    return board.terms.running().filter(person=request.user.pk).first()


@anyone
def meeting(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    rows = Meeting.objects.select_related("board", "minutes__approval").filter(board=pk)
    found = get_object_or_404(rows.prefetch_related("mentions"), pk=meeting)
    came = found.attendance.aggregate(came=Count("pk", filter=Q(came=True)), of=Count("pk"))
    page = {
        "meeting": found,
        "board": found.board,
        "came": came,
        "spoken_of": found.spoken_of("public") if found.public_minutes else [],
        "advice": found.advice.select_related("answer"),
    }
    return render(request, "deciding/boards/meeting.html", page)


@anyone
def advice(request: HttpRequest, pk: int, advice: int) -> HttpResponse:
    rows = Advice.objects.select_related("board", "meeting", "decision", "answer", "loop")
    found = get_object_or_404(rows, board=pk, pk=advice)
    promised = with_all(Commitment.objects.public().of(found))
    return render(request, "deciding/boards/advice.html", {"advice": found, "commitments": promised})


@at_most("10/h")
@anyone
def applications(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to join."""
    found = get_object_or_404(Board.objects.open(), pk=pk)
    form = ApplicationForm(request.POST or None, board=found, initial=_known(request))
    if request.method == "POST" and found.takes_applications and form.is_valid():
        try:
            made = found.apply(
                channel=Channel.WEB,
                person=request.user if request.user.is_authenticated else None,
                language=getattr(request, "LANGUAGE_CODE", ""),
                **form.cleaned_data,
            )
            return redirect(made.get_absolute_url())
        except AlreadyApplied:
            form.add_error(None, _("You have applied already, or you are a member. We will answer you."))
    page = {"board": found, "form": form}
    return render(request, "deciding/boards/apply.html", page, status=422 if form.errors else 200)


def _known(request: HttpRequest) -> dict[str, Any]:
    return {"name": request.user.name, "email": request.user.email} if request.user.is_authenticated else {}


@anyone
@secret_page
def application(request: HttpRequest, secret: str) -> HttpResponse:
    """Where one's own application stands. Only whoever has its link finds it."""
    rows = Application.objects.select_related("board", "answer")
    found = get_object_or_404(rows, secret=secret)
    return render(request, "deciding/boards/application.html", {"application": found, "board": found.board})


@signed_in
def mine(request: PersonRequest, pk: int) -> HttpResponse:
    """A member's own page: the next meeting with its papers, and when they were there."""
    found = get_object_or_404(Board, pk=pk)
    term = _term_of(request, found)
    if term is None:
        messages.info(request, _("This page is for members of the board, signed in with their account."))
        return redirect(found)
    noted = term.attendance.select_related("meeting").order_by("-meeting__starts_at")
    drafts = found.meetings.past().filter(minutes__isnull=False).select_related("minutes__approval")
    page = {
        "board": found,
        "term": term,
        "next": found.meetings.coming().first(),
        "attendance": noted,
        "came": sum(one.came for one in noted),
        "minutes": drafts[:12],
        "waiting": found.advice.filter(answer=None),
    }
    return render(request, "deciding/boards/mine.html", page)
