"""Votes at the desk: the list, how one is set up and looked at before it opens, how many have come meanwhile."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.components import begin
from rapport.deciding.forms.polls import OptionForm, RulesForm, StarterForm
from rapport.deciding.models import Method, Option, Phase, Poll, RulesFixed
from rapport.deciding.results import Results
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing
from rapport.ui.parts import Tab


def found(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Poll:
    """What belongs to another branch is not there."""
    rows = Poll.objects.reached_by(request.user, permission).with_process()
    return get_object_or_404(rows, pk=pk)


def around(request: PersonRequest, poll: Poll) -> dict[str, Any]:
    """What every desk page of a vote shows."""
    return {
        "tabs": _tabs(request, poll),
        "poll": poll,
        "process": poll.process,
        "phase": poll.phase,
        "paper": poll.paper,
        "may_change": request.user.has_perm("deciding.change", poll.process.decision),
        "may_enter": request.user.has_perm("deciding.enter", poll.process.decision),
        "may_rule": request.user.has_perm("deciding.rule", poll.process.decision),
    }


def _tabs(request: PersonRequest, poll: Poll) -> list[Tab]:
    tabs = [("desk-poll", _("The vote")), ("desk-poll-preview", _("Preview"))]
    if request.user.has_perm("deciding.enter", poll.process.decision):
        tabs += [("desk-poll-paper", _("Paper")), ("desk-poll-voting", _("Help to vote"))]
    if poll.counted is not None:
        tabs.append(("desk-poll-outcome", _("Outcome")))
    urls = [(label, reverse(f"deciding:{name}", args=[poll.pk])) for name, label in tabs]
    here = max((url for _label, url in urls if request.path.startswith(url)), key=len, default="")
    return [Tab(label, url, url == here) for label, url in urls]


class PollFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show"),
        choices=[
            ("", gettext_lazy("every vote")),
            ("ahead", gettext_lazy("those ahead")),
            ("open", gettext_lazy("those running")),
            ("over", gettext_lazy("those that are over")),
        ],
    )

    def narrow_state(self, rows: "QuerySet[Poll]", value: str) -> "QuerySet[Poll]":
        now = timezone.now()
        narrowed = {
            "ahead": {"phase__opens_at__gt": now},
            "open": {"phase__opens_at__lte": now, "phase__closes_at__gt": now},
            "over": {"phase__closes_at__lte": now},
        }
        return rows.filter(**narrowed[value]) if value else rows


def _stands(poll: Poll) -> str:
    if poll.counted is not None:
        return _("counted")
    if poll.phase.is_ahead:
        return _("ahead")
    return _("over") if poll.phase.is_over else _("running")


COLUMNS = [
    Column("title", gettext_lazy("Vote"), link="get_desk_url"),
    Column("method", gettext_lazy("How one votes"), "get_method_display", sort="method"),
    Column("process", gettext_lazy("Process"), lambda poll: str(poll.process)),
    Column("opens", gettext_lazy("From"), "phase.opens_at", sort="phase__opens_at"),
    Column("closes", gettext_lazy("Until"), "phase.closes_at", sort="phase__closes_at"),
    Column("stands", gettext_lazy("Where it stands"), _stands),
]


@staff_may("deciding.see")
def polls(request: PersonRequest) -> HttpResponseBase:
    rows = Poll.objects.reached_by(request.user, "deciding.see").exclude(method=Method.BUDGET).with_process()
    listing = Listing(
        request, rows, columns=COLUMNS, filters=PollFilters, search=["title"], order="-phase__closes_at", name="votes"
    )
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change": request.user.has_perm("deciding.change")}
    return render(request, "deciding/desk/polls/polls.html", page)


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    phase = Phase.objects.filter(pk=_number(request.GET.get("phase"))).first()
    form = StarterForm(request.POST or None, person=request.user, initial={"phase": phase, "starter": "yes_no"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        poll = begin("polls", given["phase"], given["title"], by=request.user, starter=given["starter"])
        return redirect("deciding:desk-poll", poll.pk)
    return render(request, "deciding/desk/polls/new.html", {"form": form}, status=422 if form.errors else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


@staff_may("deciding.see")
def poll(request: PersonRequest, pk: int) -> HttpResponse:
    vote = found(request, pk)
    by_channel: dict[str, int] = {}
    for channel in vote.turnout.values_list("participant__channel", flat=True):
        by_channel[channel] = by_channel.get(channel, 0) + 1
    page = {
        **around(request, vote),
        "checks": _checks(vote),
        "turnout": [(Channel(channel).label, n) for channel, n in sorted(by_channel.items())],
        "turnout_all": sum(by_channel.values()),
        "results": Results.of(vote, vote.counted) if vote.counted else None,
        "recounts": list(vote.counted.recounts.all()[:5]) if vote.counted else [],
    }
    return render(request, "deciding/desk/polls/poll.html", page)


def _checks(poll: Poll) -> list[tuple[bool, str]]:
    """What to look at before it opens: is it there, and what is it about."""
    lacking = poll.lacking()
    languages = set(poll.title)
    spoken = [one for one in poll.choices if not languages <= set(one.title)]
    pictured = [one for one in poll.choices if one.picture]
    checks = [(False, one) for one in lacking] or [(True, _("There is all that is needed to vote."))]
    if spoken:
        checks.append((False, _("Some options are not in all languages of the question.")))
    if pictured and len(pictured) < len(poll.choices):
        checks.append((False, _("Some options have a picture and others have none: give each one, or none.")))
    if not poll.about:
        checks.append((False, _("Nothing is said about what happens after a yes or a no.")))
    if poll.shows_interim and poll.is_secret:
        checks.append((False, _("Everyone will see how it stands while it runs. Is that meant so?")))
    if not hasattr(poll.process, "opening"):
        checks.append((False, _("The process is still a draft: nobody sees the vote before it is opened.")))
    return checks


@staff_may("deciding.change")
def rules(request: PersonRequest, pk: int) -> HttpResponse:
    vote = found(request, pk, "deciding.change")
    form = RulesForm(request.POST or None, instance=vote)
    if request.method == "POST" and form.is_valid():
        try:
            Poll.objects.get(pk=pk).change(**form.cleaned_data)
            messages.success(request, _("Saved."))
        except RulesFixed:
            messages.error(request, _FIXED)
        return redirect("deciding:desk-poll", pk)
    if form.errors:
        vote.refresh_from_db()
    page = {**around(request, vote), "form": form, "is_fixed": vote.has_begun}
    return render(request, "deciding/desk/polls/rules.html", page, status=422 if form.errors else 200)


_FIXED = gettext_lazy("The first ballot is in, or ballots are printed: the rules stay as they are.")


@staff_may("deciding.change")
def option(request: PersonRequest, pk: int, option: int = 0) -> HttpResponse:
    """Add an option, or change one."""
    vote = found(request, pk, "deciding.change")
    kept = get_object_or_404(Option, poll=vote, pk=option) if option else Option(poll=vote)
    form = OptionForm(request.POST or None, request.FILES or None, instance=kept, poll=vote)
    if request.method == "POST" and form.is_valid():
        try:
            vote.keep_option(form.save(commit=False))
        except RulesFixed:
            messages.error(request, _FIXED)
        if "another" in request.POST:
            return redirect("deciding:desk-poll-options", pk)
        return redirect("deciding:desk-poll", pk)
    page = {**around(request, vote), "form": form, "option": kept, "is_fixed": vote.has_begun}
    return render(request, "deciding/desk/polls/option.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.change")
def option_removal(request: PersonRequest, pk: int, option: int) -> HttpResponse:
    vote = found(request, pk, "deciding.change")
    try:
        vote.drop_option(get_object_or_404(Option, poll=vote, pk=option))
    except RulesFixed:
        messages.error(request, _FIXED)
    return redirect("deciding:desk-poll", pk)


@staff_may("deciding.see")
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    """The ballot as people will see it; nothing of it is kept."""
    vote = found(request, pk)
    form = vote.paper.form(vote, vote.choices, request.POST or None)
    said = vote.paper.in_words(vote, vote.choices, form.marks()) if form.is_bound and form.is_valid() else None
    page = {**around(request, vote), "form": form, "said": said, "how": vote.paper.how_to(vote)}
    return render(request, "deciding/desk/polls/preview.html", page, status=422 if form.errors else 200)
