"""Meetings of a board at the desk: the invitation, who came, the minutes, and the advice that came of them."""

from datetime import timedelta

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.desk.boards import find_board, once, page_of
from rapport.deciding.forms.boards import AdviceAnswerForm, AdviceForm, AttendanceForm, MeetingForm, MinutesForm
from rapport.deciding.models import Advice, Board, Commitment, Decision, Meeting, MinutesApproved, Poll, Proposal
from rapport.people.guards import PersonRequest, staff_may

_BLANK_ROWS = 8


def _page(meeting: Meeting) -> str:
    return reverse("deciding:desk-board-meeting", args=[meeting.board_id, meeting.pk])


@staff_may("deciding.change")
def new(request: PersonRequest, pk: int) -> HttpResponse:
    board = find_board(request, pk)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and not request.user.has_perm("deciding.change", board):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        made = board.meetings.create(by=request.user, **form.cleaned_data)
        messages.success(request, _("The meeting is on the board’s page."))
        return redirect(_page(made))
    page = {"board": board, "form": form, "title": _("Call a meeting"), "act": _("Put it on the page")}
    return render(request, "deciding/desk/boards/one_form.html", page, status=422 if form.errors else 200)


def _meeting(board: Board, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("board", "minutes__approval"), board=board, pk=pk)


@staff_may("deciding.see")
def meeting(request: PersonRequest, pk: int, meeting: int) -> HttpResponse:
    board = find_board(request, pk)
    found = _meeting(board, meeting)
    page = {
        "board": board,
        "meeting": found,
        "attendance": found.attendance.select_related("term"),
        "spoken_of": found.spoken_of("desk"),
        "advice": found.advice.select_related("answer"),
        "may_change": request.user.has_perm("deciding.change", board),
        "may_enter": request.user.has_perm("deciding.enter", board),
    }
    return render(request, "deciding/desk/boards/meeting.html", page)


@staff_may("deciding.enter")
def attendance(request: PersonRequest, pk: int, meeting: int) -> HttpResponse:
    found = _meeting(find_board(request, pk), meeting)
    came = [str(key) for key in found.attendance.filter(came=True).values_list("term", flat=True)]
    form = AttendanceForm(request.POST or None, meeting=found, initial={"came": came, "guests": found.guests})
    if request.method == "POST" and form.is_valid():
        found.note_who_came(map(int, form.cleaned_data["came"]), guests=form.cleaned_data["guests"], by=request.user)
        messages.success(request, _("Noted."))
        return redirect(_page(found))
    page = {"board": found.board, "meeting": found, "form": form, "title": _("Who came?"), "act": _("Note it")}
    return render(request, "deciding/desk/boards/one_form.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def sheet(request: PersonRequest, pk: int, meeting: int) -> HttpResponse:
    """The sheet of those who come, to be signed, with blank rows for guests."""
    found = _meeting(find_board(request, pk), meeting)
    page = {"meeting": found, "board": found.board, "terms": found.invited(), "blank": range(_BLANK_ROWS)}
    return render(request, "deciding/desk/boards/sheet.html", page)


@staff_may("deciding.change")
def minutes(request: PersonRequest, pk: int, meeting: int) -> HttpResponse:
    board = find_board(request, pk)
    found = _meeting(board, meeting)
    choices = _to_speak_of()
    start = {
        "said": found.written.words if found.written else {},
        "spoke_of": [f"{one.thing}:{one.thing_key}" for one in found.mentions.all()],
    }
    form = MinutesForm(request.POST or None, choices=choices, initial=start)
    if request.method == "POST" and not request.user.has_perm("deciding.change", board):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            found.write_minutes(form.cleaned_data["said"], by=request.user)
            found.mentions.all().delete()
            found.link(_things(form.cleaned_data.get("spoke_of", [])))
            messages.success(request, _("Written. Members read them; everyone does once the board has approved them."))
        except MinutesApproved:
            messages.info(request, _("The board has approved them: they stay as they are."))
        return redirect(_page(found))
    page = {"board": board, "meeting": found, "form": form, "title": _("Minutes"), "act": _("Keep them")}
    return render(request, "deciding/desk/boards/one_form.html", page, status=422 if form.errors else 200)


def _to_speak_of() -> list[tuple[str, str]]:
    """What minutes can be linked to: the newest questions, proposals, votes and promises that anyone can read."""
    polls = Poll.objects.filter(phase__process__opening__isnull=False).order_by("-pk")
    proposals = Proposal.objects.public().order_by("-published_at")
    promises = Commitment.objects.public().order_by("-at")
    rows = [*Decision.objects.public()[:30], *proposals[:30], *polls[:15], *promises[:15]]
    return [(f"{one._meta.label_lower}:{one.pk}", str(one)) for one in rows]


def _things(chosen: list[str]) -> list[models.Model]:
    """Only what was offered comes back: the form has looked at it."""
    pairs = [one.rsplit(":", 1) for one in chosen]
    return [thing for label, key in pairs if (thing := apps.get_model(label)._default_manager.filter(pk=key).first())]


@staff_may("deciding.change")
@require_POST
def approval(request: PersonRequest, pk: int, meeting: int) -> HttpResponse:
    board = find_board(request, pk, "deciding.change")
    found = _meeting(board, meeting)
    if found.written is None:
        messages.error(request, _("There are no minutes yet."))
        return redirect(_page(found))
    written = found.written
    return once(request, _page(found), lambda: written.approve(by=request.user), _("Anyone can read them now."))


@staff_may("deciding.change")
def new_advice(request: PersonRequest, pk: int) -> HttpResponse:
    board = find_board(request, pk)
    start = {
        "meeting": request.GET.get("meeting", ""),
        "answer_by": timezone.localdate() + timedelta(days=board.answer_days),
    }
    form = AdviceForm(request.POST or None, board=board, initial=start)
    if request.method == "POST" and not request.user.has_perm("deciding.change", board):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        Advice.objects.give(board, told.pop("said"), by=request.user, **told)
        messages.success(request, _("The advice is public, with the day of its answer."))
        return redirect(page_of(board))
    page = {"board": board, "form": form, "title": _("Write down advice"), "act": _("Publish it")}
    return render(request, "deciding/desk/boards/one_form.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def advice(request: PersonRequest, pk: int, advice: int) -> HttpResponse:
    """The advice, its answer, and what was promised because of it."""
    board = find_board(request, pk)
    found = get_object_or_404(Advice.objects.select_related("answer", "meeting", "decision"), board=board, pk=advice)
    may_rule = request.user.has_perm("deciding.rule", board)
    form = AdviceAnswerForm(request.POST or None)
    if request.method == "POST" and not may_rule:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        here = reverse("deciding:desk-advice", args=[board.pk, found.pk])
        reply = lambda: found.reply(by=request.user, **form.cleaned_data)  # noqa: E731
        return once(request, here, reply, _("Answered in public. The board’s members are being told."))
    page = {
        "board": board,
        "advice": found,
        "form": form,
        "may_rule": may_rule,
        "may_promise": request.user.has_perm("deciding.change", board),
        "commitments": Commitment.objects.of(found).select_related("keeping", "giving_up"),
    }
    return render(request, "deciding/desk/boards/advice.html", page, status=422 if form.errors else 200)
