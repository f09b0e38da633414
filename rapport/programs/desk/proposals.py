"""Programs that others proposed, and lists of those who would come."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.found import within_reach
from rapport.programs.desk.programs import mine
from rapport.programs.models import HeadStart, InterestList, ProgramProposal, Session
from rapport.programs.proposing.forms import DraftForm, InterestListForm, RefusalForm
from rapport.ui.listing import Column, Listing


def _stands(proposal: ProgramProposal) -> Any:
    if proposal.program_id:
        return gettext_lazy("a draft was made of it")
    return gettext_lazy("declined") if proposal.refused else gettext_lazy("waits for an answer")


COLUMNS = [
    Column("title", gettext_lazy("What"), link="get_absolute_url"),
    Column("audience", gettext_lazy("For whom"), "get_audience_display"),
    Column("branch", gettext_lazy("Branch"), "voice.branch"),
    Column("organisation", gettext_lazy("Organisation")),
    Column("stands", gettext_lazy("Where it stands"), _stands),
    Column("at", gettext_lazy("Since"), lambda one: one.at.date(), sort="at"),
]
# What a library asks of each proposal before it says yes, whoever made it; never whether it likes the view.
QUESTIONS = [
    gettext_lazy("Does it answer something that people here told us?"),
    gettext_lazy("Is it open to everyone, and free or nearly so?"),
    gettext_lazy("Can people come who need a ramp, captions, an interpreter, or quiet?"),
    gettext_lazy("Who leads it, and who stands in if they are ill?"),
    gettext_lazy("What does it take: hours of ours, room, money?"),
    gettext_lazy("Does somebody near us do it already, and could we do it together?"),
    gettext_lazy("How shall we know that it works?"),
]


def _reached(request: PersonRequest, permission: str) -> Any:
    keys = request.user.branches_where(permission)
    rows = ProgramProposal.objects.select_related("voice__branch", "voice__speaker", "program", "refusal__by")
    return rows if keys is None else rows.filter(voice__branch__in=keys) | rows.filter(voice__branch=None)


@staff_may("programs.see")
def proposals(request: PersonRequest) -> HttpResponseBase:
    rows = _reached(request, "programs.see").filter(voice__held_at=None)
    listing = Listing(request, rows, columns=COLUMNS, search=["title", "voice__words"], order="-at", name="proposed")
    if listing.wants_file:
        return listing.file()
    lists = within_lists(request)
    return render(request, "programs/desk/proposals.html", {"listing": listing, "lists": lists})


def within_lists(request: PersonRequest) -> Any:
    keys = request.user.branches_where("programs.see")
    rows = InterestList.objects.open().select_related("program")
    return rows if keys is None else rows.filter(program__branch__in=keys) | rows.filter(program__branch=None)


@staff_may("programs.see")
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(_reached(request, "programs.see"), pk=pk))


def _shown(request: PersonRequest, found: ProgramProposal, **forms: Form) -> HttpResponse:
    page = {
        "proposal": found,
        "voice": found.voice,
        "questions": QUESTIONS,
        "may_change": request.user.has_perm("programs.change", found.voice),
        "draft_form": DraftForm(auto_id="draft-%s"),
        "refusal_form": RefusalForm(auto_id="refusal-%s"),
        **forms,
    }
    return render(request, "programs/desk/proposal.html", page, status=422 if forms else 200)


@staff_may("programs.change")
@require_POST
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_reached(request, "programs.change"), pk=pk)
    form = DraftForm(request.POST, auto_id="draft-%s")
    if not form.is_valid():
        return _shown(request, found, draft_form=form)
    given = form.cleaned_data
    try:
        program = found.take_up(by=request.user, need=given["need"], said=given["said"])
    except ValueError:
        return _too_late(request, found)
    if given["open_list"]:
        InterestList.objects.create(program=program, by=request.user)
    messages.success(request, _("It is a draft now. Whoever proposed it hears of each turn."))
    return redirect("programs:desk-program", program.pk)


@staff_may("programs.change")
@require_POST
def refusal(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_reached(request, "programs.change"), pk=pk)
    form = RefusalForm(request.POST, auto_id="refusal-%s")
    if not form.is_valid():
        return _shown(request, found, refusal_form=form)
    if not found.is_waiting:
        return _too_late(request, found)
    try:
        with transaction.atomic():
            found.decline(form.cleaned_data["why"], by=request.user)
    except IntegrityError:
        return _too_late(request, found)
    messages.success(request, _("Declined. Your reason goes to whoever proposed it."))
    return redirect("programs:desk-proposals")


def _too_late(request: PersonRequest, found: ProgramProposal) -> HttpResponse:
    messages.info(request, _("A colleague has dealt with it just now. Nothing was changed."))
    return redirect(found)


@staff_may("programs.change")
def interest(request: PersonRequest, pk: int) -> HttpResponse:
    """The list of a program: open it, read it, close it, and offer a date to those on it first."""
    program = mine(request, pk)
    there = InterestList.objects.filter(program=program).first()
    form = InterestListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        InterestList.objects.update_or_create(
            program=program,
            defaults={"words": form.cleaned_data["words"], "closed_at": None},
            create_defaults={"words": form.cleaned_data["words"], "by": request.user},
        )
        messages.success(request, _("Everyone can see it now, and say that they would come."))
        return redirect("programs:desk-interest", program.pk)
    coming = program.sessions.coming().filter(head_start=None)
    page = {
        "program": program,
        "list": there,
        "interests": there.interests.select_related("speaker") if there else [],
        "form": form if form.errors else InterestListForm(initial={"words": there.words if there else {}}),
        "coming": coming.select_related("branch")[:20],
        "starts": HeadStart.objects.filter(session__program=program).select_related("session"),
        "now": timezone.now(),
    }
    return render(request, "programs/desk/interest.html", page, status=422 if form.errors else 200)


@staff_may("programs.change")
@require_POST
def interest_closing(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(InterestList, program=mine(request, pk)).close()
    messages.success(request, _("Nobody can join the list any more. Those on it stay."))
    return redirect("programs:desk-interest", pk)


@staff_may("programs.change")
@require_POST
def head_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer this date first to those who waited for it."""
    session = get_object_or_404(within_reach(Session.objects.all(), request.user, "programs.change"), pk=pk)
    try:
        with transaction.atomic():
            HeadStart.objects.give(session, by=request.user)
        messages.success(request, _("They are being told, and have two days before others."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(reverse("programs:desk-interest", args=[session.program_id]))
