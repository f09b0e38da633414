"""Ballots on paper at the desk: print, hand out, read by two, settle, and say that all are in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.desk.polls import around, found
from rapport.deciding.forms.polls import NumberForm, PapersInForm, PrintForm, SettlingForm, SpoiledForm
from rapport.deciding.models import AlreadyRead, BallotPrint, NotOpen, PaperBallot, PapersIn, PapersStillOut, Poll
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.codes import short_address
from rapport.surveys.tongues import speaking


def _languages(poll: Poll) -> list[str]:
    return [code for code in settings.HOUSE.languages if code in poll.title] or [settings.LANGUAGE_CODE]


@staff_may("deciding.enter")
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, found(request, pk, "deciding.enter"))


def _shown(request: PersonRequest, poll: Poll, **forms: Any) -> HttpResponse:
    ballots = poll.paper_ballots.all()
    page = {
        **around(request, poll),
        "prints": poll.prints.select_related("branch", "by"),
        "for_me": list(ballots.for_a_second_pair_of_eyes(request.user)[:100]),
        "to_settle": list(ballots.to_be_settled()[:100]),
        "figures": figures(poll),
        "print_form": PrintForm(languages=_languages(poll), person=request.user),
        "number_form": NumberForm(),
        "in_form": PapersInForm(),
        **forms,
    }
    return render(request, "deciding/desk/polls/paper.html", page, status=422 if forms else 200)


def figures(poll: Poll) -> dict[str, int]:
    """What happened to the papers, in numbers."""
    ballots = poll.paper_ballots.all()
    return {
        "printed": sum(one.copies for one in poll.prints.all()),
        "came_back": ballots.count(),
        "counted": ballots.counted().count(),
        "spoiled": ballots.settled().exclude(spoiled="").count(),
        "waiting": ballots.filter(settled_on=None).count(),
    }


@require_POST
@staff_may("deciding.enter")
def prints(request: PersonRequest, pk: int) -> HttpResponse:
    """Take numbers for so many ballots, and show them to be printed."""
    poll = found(request, pk, "deciding.enter")
    form = PrintForm(request.POST, languages=_languages(poll), person=request.user)
    for lacking in poll.lacking():
        form.add_error(None, lacking)
    if not form.is_valid():
        return _shown(request, poll, print_form=form)
    try:
        run = BallotPrint.make(poll, by=request.user, **form.cleaned_data)
    except NotOpen:
        form.add_error(None, _("It has been counted: no more ballots are printed."))
        return _shown(request, poll, print_form=form)
    return redirect("deciding:desk-poll-print", poll.pk, run.pk)


@require_safe
@staff_may("deciding.enter")
def print_run(request: PersonRequest, pk: int, run: int) -> HttpResponse:
    """Numbered ballots in one language, each on a sheet of its own."""
    poll = found(request, pk, "deciding.enter")
    return sheets(request, poll, get_object_or_404(BallotPrint, poll=poll, pk=run))


def sheets(request: PersonRequest, poll: Poll, run: BallotPrint) -> HttpResponse:
    with speaking(run.language):
        page = {
            **around(request, poll),
            "run": run,
            "serials": run.serials,
            "form": poll.paper.form(poll, poll.choices),
            "how": poll.paper.how_to(poll),
            "language": run.language,
            "address": short_address(poll),
        }
        return render(request, "deciding/desk/polls/sheets.html", page)


@staff_may("deciding.enter")
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """First the number on the ballot, then what it says; nobody sees what the other read."""
    poll = found(request, pk, "deciding.enter")
    given = request.POST if request.method == "POST" else request.GET
    number = NumberForm(given if "serial" in given else None)
    ballot = _ballot(request, poll, number)
    if ballot is None:
        if number.is_bound:
            return _shown(request, poll, number_form=number)
        return redirect("deciding:desk-poll-paper", pk)
    if request.method != "POST":
        return _asked(request, poll, ballot, poll.paper.form(poll, poll.choices, is_paper=True), SpoiledForm())
    form, spoiled = poll.paper.form(poll, poll.choices, request.POST, is_paper=True), SpoiledForm(request.POST)
    is_spoiled: str = spoiled.cleaned_data["spoiled"] if spoiled.is_valid() else ""
    if not spoiled.is_valid() or (not is_spoiled and not form.is_valid()):
        return _asked(request, poll, ballot, form, spoiled)
    try:
        ballot.read({} if is_spoiled else form.marks(), by=request.user, spoiled=is_spoiled)
    except AlreadyRead:
        messages.warning(request, _("Somebody else entered ballot %(n)s meanwhile.") % {"n": ballot.serial})
    else:
        messages.success(request, _said(ballot))
    return redirect("deciding:desk-poll-paper", pk)


def _ballot(request: PersonRequest, poll: Poll, form: NumberForm) -> PaperBallot | None:
    if not form.is_valid():
        return None
    try:
        ballot = PaperBallot.of(poll, form.cleaned_data["serial"])
    except NotOpen:
        form.add_error("serial", _("No ballot with this number was printed, or all has been counted."))
        return None
    if not ballot.may_be_read_by(request.user):
        form.add_error("serial", _why_not(ballot, request))
        return None
    return ballot


def _why_not(ballot: PaperBallot, request: PersonRequest) -> str:
    if ballot.settled_on is not None:
        return _("This ballot is entered already, and lies in the urn.")
    if ballot.readings.filter(by=request.user).exists():
        return _("You entered this ballot yourself. A colleague enters it a second time.")
    return _("Two people read this ballot differently: it waits to be settled.")


def _said(ballot: PaperBallot) -> str:
    if ballot.settled_on is not None:
        return _("Ballot %(n)s is settled.") % {"n": ballot.serial}
    if ballot.readings.count() == 2:
        return _("Two people read ballot %(n)s differently: look at it together.") % {"n": ballot.serial}
    return _("Ballot %(n)s is entered. A colleague enters it a second time.") % {"n": ballot.serial}


def _asked(request: PersonRequest, poll: Poll, ballot: PaperBallot, form: Any, spoiled: SpoiledForm) -> HttpResponse:
    is_second = ballot.readings.count() == 1
    page = {**around(request, poll), "ballot": ballot, "form": form, "spoiled_form": spoiled, "is_second": is_second}
    wrong = form.is_bound and (form.errors or spoiled.errors)
    return render(request, "deciding/desk/polls/reading.html", page, status=422 if wrong else 200)


@staff_may("deciding.enter")
def paper_ballot(request: PersonRequest, pk: int, serial: int) -> HttpResponse:
    """What two people read differently: with the paper in hand, which of them is right."""
    poll = found(request, pk, "deciding.enter")
    ballot = get_object_or_404(PaperBallot, poll=poll, serial=serial)
    readings = list(ballot.readings.select_related("by"))
    both = ballot.settled_on is None and len(readings) == 2
    form = SettlingForm(request.POST if request.method == "POST" else None)
    if both and form.is_bound and form.is_valid():
        ballot.settle(form.reading(ballot), by=request.user)
        messages.success(request, _("Ballot %(n)s is settled.") % {"n": ballot.serial})
        return redirect("deciding:desk-poll-paper", pk)
    said = [(one, poll.paper.in_words(poll, poll.choices, one.marks)) for one in readings] if both else []
    page = {**around(request, poll), "ballot": ballot, "said": said, "form": form}
    return render(request, "deciding/desk/polls/paper_ballot.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.enter")
def readings_removal(request: PersonRequest, pk: int, serial: int) -> HttpResponse:
    poll = found(request, pk, "deciding.enter")
    get_object_or_404(PaperBallot, poll=poll, serial=serial).begin_anew()
    messages.success(request, _("Both readings are emptied. Enter the ballot again."))
    return redirect("deciding:desk-poll-paper", pk)


@require_POST
@staff_may("deciding.change")
def papers_in(request: PersonRequest, pk: int) -> HttpResponse:
    """All papers are in: from now on the count waits for nothing more."""
    poll = found(request, pk, "deciding.change")
    form = PapersInForm(request.POST)
    if form.is_valid():
        try:
            PapersIn.say(poll, by=request.user, **form.cleaned_data)
            messages.success(request, _("Noted. The count is taken when the vote is over."))
            return redirect("deciding:desk-poll-paper", pk)
        except PapersStillOut:
            form.add_error(None, _("Some papers were read only once, or differently. Settle them first."))
        except IntegrityError:
            form.add_error(None, _("A colleague has said so just now."))
    return _shown(request, poll, in_form=form)


@require_safe
@staff_may("deciding.see")
def audit(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that two people check and sign: how many, by which way, which seed, which digest."""
    poll = found(request, pk)
    page = {**around(request, poll), "figures": figures(poll), "turnout_all": poll.turnout.count()}
    page["in_urn"], page["receipts"] = poll.ballots.count(), poll.receipts.count()
    page["desk_url"] = reverse("deciding:desk-poll", args=[pk])
    return render(request, "deciding/desk/polls/audit.html", page)
