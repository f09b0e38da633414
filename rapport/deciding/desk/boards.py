"""Boards at the desk: charter, applications, terms."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.forms.boards import (
    AnswerForm,
    ApplicationEntryForm,
    BoardForm,
    RenewalForm,
    TermEndForm,
    TermForm,
)
from rapport.deciding.models import AlreadyApplied, Application, Board, BoardFull, Term
from rapport.loop.models import Speaker
from rapport.people.guards import PersonRequest, staff_may


def page_of(board: Board) -> str:
    return reverse("deciding:desk-board", args=[board.pk])


def find_board(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Board:
    """A board of this person's branches; any other is not there."""
    rows = Board.objects.reached_by(request.user, "deciding.see").select_related("branch")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, found):
        raise PermissionDenied
    return found


@staff_may("deciding.see")
def boards(request: PersonRequest) -> HttpResponse:
    rows = Board.objects.reached_by(request.user, "deciding.see").select_related("branch")
    counted = rows.annotate(
        members=Count("terms", filter=Q(terms__is_open=True), distinct=True),
        waiting=Count("applications", filter=Q(applications__is_waiting=True), distinct=True),
        unanswered=Count("advice", filter=Q(advice__answer=None), distinct=True),
    )
    page = {"boards": counted, "may_begin": request.user.has_perm("deciding.change")}
    return render(request, "deciding/desk/boards/boards.html", page)


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    form = BoardForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = Board.objects.create(by=request.user, **form.cleaned_data)
        messages.success(request, _("The board is public now. Next: invite people to apply."))
        return redirect(page_of(made))
    return render(request, "deciding/desk/boards/form.html", {"form": form}, status=422 if form.errors else 200)


@staff_may("deciding.change")
def charter(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_board(request, pk)
    if request.method == "POST" and not request.user.has_perm("deciding.change", found):
        raise PermissionDenied
    start = {name: getattr(found, name) for name in BoardForm.base_fields}
    form = BoardForm(request.POST or None, by=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(found, name, value)
        found.save()
        messages.success(request, _("The charter is changed."))
        return redirect(page_of(found))
    page = {"form": form, "board": found}
    return render(request, "deciding/desk/boards/form.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def board(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, find_board(request, pk))


def _shown(request: PersonRequest, board: Board, **forms: Form) -> HttpResponse:
    terms = board.terms.running().annotate(
        was_there=Count("attendance", filter=Q(attendance__came=True)), noted=Count("attendance")
    )
    page: dict[str, Any] = {
        "board": board,
        "terms": terms,
        "free": board.free_places(),
        "waiting": board.applications.waiting(),
        "answered": board.applications.filter(is_waiting=False).select_related("answer")[:10],
        "coming": board.meetings.coming()[:5],
        "past": board.meetings.past().select_related("minutes__approval")[:12],
        "advice": board.advice.select_related("answer")[:20],
        "may_change": request.user.has_perm("deciding.change", board),
        "term_form": TermForm(prefix="term"),
        **forms,
    }
    return render(request, "deciding/desk/boards/board.html", page, status=422 if forms else 200)


@staff_may("deciding.enter")
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody applies at the desk, on paper or by phone."""
    found = find_board(request, pk)
    form = ApplicationEntryForm(request.POST or None, board=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = found.apply(by=request.user, **form.cleaned_data)
            messages.success(request, _("Entered. Their code to ask with is %(code)s.") % {"code": made.code})
            return redirect(page_of(found))
        except AlreadyApplied:
            form.add_error(None, _("Somebody with this address has applied already, or is a member."))
    page = {"form": form, "board": found}
    return render(request, "deciding/desk/boards/entry.html", page, status=422 if form.errors else 200)


@staff_may("deciding.change")
def application(request: PersonRequest, pk: int, application: int) -> HttpResponse:
    """Read it, and answer it with a reason."""
    found = find_board(request, pk)
    asked = get_object_or_404(Application.objects.select_related("answer", "speaker"), board=found, pk=application)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and not request.user.has_perm("deciding.change", found):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]
        act = asked.accept if form.cleaned_data["accepted"] else asked.decline
        return once(request, page_of(found), lambda: act(said, by=request.user), _("Answered. They are being told."))
    page = {"board": found, "application": asked, "form": form, "free": found.free_places()}
    return render(request, "deciding/desk/boards/application.html", page, status=422 if form.errors else 200)


@staff_may("deciding.change")
@require_POST
def terms(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody sits on the board without having applied."""
    found = find_board(request, pk, "deciding.change")
    form = TermForm(request.POST, prefix="term")
    if not form.is_valid():
        return _shown(request, found, term_form=form)
    told = dict(form.cleaned_data)
    speaker = Speaker.objects.reached_at(email=told.pop("email"), name=told["name"])
    seat = lambda: found.seat(told.pop("name"), by=request.user, speaker=speaker, **told)  # noqa: E731
    return once(request, page_of(found), seat, _("Welcome to the board."))


@staff_may("deciding.change")
def term(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    found = find_board(request, pk)
    here = get_object_or_404(found.terms.select_related("ending").prefetch_related("renewals"), pk=term)
    page = {"board": found, "term": here, "renewal_form": RenewalForm(), "end_form": TermEndForm()}
    return render(request, "deciding/desk/boards/term.html", page)


@staff_may("deciding.change")
@require_POST
def renewals(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    found = find_board(request, pk, "deciding.change")
    here = get_object_or_404(found.terms.running(), pk=term)
    form = RenewalForm(request.POST)
    if form.is_valid() and form.cleaned_data["until"] > here.until:
        here.renew(form.cleaned_data["until"], by=request.user)
        messages.success(request, _("The term goes on."))
        return redirect(page_of(found))
    if form.is_valid():
        form.add_error("until", _("Choose a day after the one on which it ends now."))
    page = {"board": found, "term": here, "renewal_form": form, "end_form": TermEndForm()}
    return render(request, "deciding/desk/boards/term.html", page, status=422)


@staff_may("deciding.change")
@require_POST
def ending(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    found = find_board(request, pk, "deciding.change")
    here = get_object_or_404(Term, board=found, pk=term)
    form = TermEndForm(request.POST)
    if not form.is_valid():
        page = {"board": found, "term": here, "renewal_form": RenewalForm(), "end_form": form}
        return render(request, "deciding/desk/boards/term.html", page, status=422)
    done = _("The place is free again.")
    return once(request, page_of(found), lambda: here.end(form.cleaned_data["reason"], by=request.user), done)


def once(request: PersonRequest, back: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Two colleagues may press at the same moment: the first is kept, and the second is told so."""
    try:
        with transaction.atomic():
            act()
        messages.success(request, done)
    except BoardFull:
        messages.error(request, _("All places are taken. End a term first, or give the board more places."))
    except AlreadyApplied:
        messages.info(request, _("They are a member already. Nothing was changed."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(back)
