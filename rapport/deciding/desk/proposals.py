"""Proposals at the desk: the list, one with all that belongs to it, answers singly and in bulk, and a list to print."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.deciding.forms.proposals_desk import (
    AnswerForm,
    CollectionForm,
    DeskFilters,
    ModerationForm,
    SupportsForm,
    TranslationForm,
)
from rapport.deciding.models import Collection, Comment, OfficialAnswer, Outcome, Process, Proposal, ProposalState
from rapport.listening.models import Channel, ReplyTemplate
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import Column, Listing

from .proposal_moderation import doings_for
from .proposal_reach import found_collection, found_proposal

_MOST = 200


def _page(thing: Proposal | Collection) -> str:
    name = "desk-proposal" if isinstance(thing, Proposal) else "desk-collection"
    return reverse(f"deciding:{name}", args=[thing.pk])


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


COLLECTIONS = [
    Column("title", gettext_lazy("Collection"), link=_page),
    Column("process", gettext_lazy("Question"), lambda one: one.process.decision.question),
    Column("closes", gettext_lazy("Until"), "phase.last_day", sort="phase__closes_at"),
    Column("public", gettext_lazy("Published"), number=True),
    Column("waiting", gettext_lazy("Waiting to be read"), number=True),
    Column("owed", gettext_lazy("Answers owed"), number=True),
]
PROPOSALS = [
    Column("title", gettext_lazy("Proposal"), link=_page),
    Column("state", gettext_lazy("State"), "get_state_display", sort="state"),
    Column("supporters", gettext_lazy("Supporters"), sort="supporters", number=True),
    Column("said", gettext_lazy("Comments"), sort="said", number=True),
    Column("outcome", gettext_lazy("Answer"), "get_outcome_display", sort="outcome"),
    Column("category", gettext_lazy("Category")),
    Column("published_at", gettext_lazy("Since"), lambda one: _day(one.published_at), sort="published_at"),
    Column("branch", gettext_lazy("Branch"), "branch.name", only_in_files=True),
    Column("words", gettext_lazy("Words"), only_in_files=True),
    Column("language", gettext_lazy("Language"), only_in_files=True),
    Column("channel", gettext_lazy("Channel"), "get_channel_display", only_in_files=True),
    Column(
        "authors",
        gettext_lazy("Authors"),
        lambda one: ", ".join(str(author) for author in one.authorships.all()),
        only_in_files=True,
    ),
]


@staff_may("deciding.see")
def collections(request: PersonRequest) -> HttpResponseBase:
    processes = Process.objects.reached_by(request.user, "deciding.see")
    rows = Collection.objects.filter(phase__process__in=processes).select_related("phase__process__decision")
    counted = rows.annotate(
        public=Count("proposals", filter=Q(proposals__state=ProposalState.PUBLIC)),
        waiting=Count("proposals", filter=Q(proposals__state=ProposalState.WAITING)),
        owed=Count(
            "proposals",
            filter=Q(proposals__state=ProposalState.PUBLIC, proposals__outcome="", proposals__enough_at__isnull=False),
        ),
    )
    listing = Listing(
        request, counted, columns=COLLECTIONS, search=["title"], order="-closes", name="collections-of-proposals"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "deciding/desk/proposals/collections.html", {"listing": listing})


@staff_may("deciding.see")
def of_process(request: PersonRequest, pk: int) -> HttpResponse:
    """What the tab of a process opens: its collection, or all of them where there are several."""
    processes = Process.objects.reached_by(request.user, "deciding.see")
    rows = list(Collection.objects.filter(phase__process__in=processes, phase__process__decision=pk)[:2])
    if len(rows) == 1:
        return redirect(_page(rows[0]))
    return redirect("deciding:desk-collections")


@staff_may("deciding.see")
def collection(request: PersonRequest, pk: int) -> HttpResponseBase:
    shown = found_collection(request, pk)
    rows = (
        Proposal.objects.at_the_desk()
        .filter(collection=shown)
        .select_related("category", "branch")
        .prefetch_related("authorships")
        .annotate(said=Count("comments", filter=Q(comments__hidden_at=None)))
    )
    filters = DeskFilters(request.GET, collection=shown)
    listing = Listing(
        request,
        rows,
        columns=PROPOSALS,
        filters=filters,
        search=["title", "words"],
        order="-published_at",
        name="proposals",
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "deciding/desk/proposals/collection.html", {"listing": listing, **_around(request, shown)})


def _around(request: PersonRequest, shown: Collection) -> dict[str, Any]:
    decision = shown.process.decision
    return {
        "collection": shown,
        "process": shown.process,
        "phase": shown.phase_now,
        "may_change": request.user.has_perm("deciding.change", decision),
        "may_rule": request.user.has_perm("deciding.rule", decision),
        "may_enter": request.user.has_perm("deciding.enter", decision),
    }


@staff_may("deciding.change")
def settings(request: PersonRequest, pk: int) -> HttpResponse:
    shown = found_collection(request, pk, "deciding.change")
    form = CollectionForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. The rules stand on the public page."))
        return redirect("deciding:desk-collection", pk)
    page = {"form": form, **_around(request, shown)}
    return render(request, "deciding/desk/proposals/settings.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, found_proposal(request, pk))


def _shown(request: PersonRequest, shown: Proposal, **forms: Form) -> HttpResponse:
    template = ReplyTemplate.objects.filter(pk=_number(request.GET.get("template"))).first()
    by_channel = shown.supports.order_by().values_list("channel").annotate(n=Count("pk")).order_by("-n")
    page: dict[str, Any] = {
        "proposal": shown,
        **_around(request, shown.collection),
        "supports_by": [(Channel(channel).label, n) for channel, n in by_channel],
        "unproven": shown.supports.filter(is_proven=False).count(),
        "log": shown.moderations.select_related("rule", "by"),
        "answers": shown.answers.select_related("by"),
        "heard": shown.loop.heard.to_be_told().count() if shown.loop else 0,
        "amendments": shown.amendments.count(),
        "comments": Comment.objects.filter(proposal=shown).shown().count(),
        "merging": shown.merging_parts.filter(is_live=True).select_related("merging").first(),
        "templates": ReplyTemplate.objects.all(),
        "answer_form": AnswerForm(template=template, auto_id="answer_%s"),
        "moderation_form": ModerationForm(doings=doings_for(shown), auto_id="moderation_%s"),
        "supports_form": SupportsForm(auto_id="supports_%s"),
        **forms,
    }
    return render(request, "deciding/desk/proposals/proposal.html", page, status=422 if forms else 200)


@staff_may("deciding.rule")
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    shown = found_proposal(request, pk, "deciding.rule")
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _shown(request, shown, answer_form=form)
    try:
        _give(shown, form, request)
    except ValueError:
        messages.info(request, _("Only what is public is answered."))
    else:
        messages.success(request, _("Published. Its authors and supporters are being told."))
    return redirect(_page(shown))


def _give(shown: Proposal, form: AnswerForm, request: PersonRequest) -> None:
    said = dict(form.cleaned_data)
    OfficialAnswer.objects.give(shown, Outcome(said.pop("outcome")), by=request.user, **said)


@staff_may("deciding.rule")
def answers(request: PersonRequest, pk: int) -> HttpResponse:
    """The same answer for many: first a page that says for which, then the deed."""
    shown = found_collection(request, pk, "deciding.rule")
    picked = [one for one in request.POST.getlist("pick") if one.isdecimal() and len(one) < 19][:_MOST]
    rows = list(shown.shown().filter(pk__in=picked))
    if not rows:
        messages.info(request, _("Choose published proposals first."))
        return redirect(_page(shown))
    form = AnswerForm(request.POST if "outcome" in request.POST or "really" in request.POST else None)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            for one in rows:
                _give(one, form, request)
        said = ngettext("%(n)d proposal is answered.", "%(n)d proposals are answered.", len(rows)) % {"n": len(rows)}
        messages.success(request, said)
        return redirect(_page(shown))
    page = {"form": form, "proposals": rows, **_around(request, shown)}
    return render(request, "deciding/desk/proposals/answers.html", page, status=422 if form.errors else 200)


@staff_may("deciding.change")
def translation(request: PersonRequest, pk: int) -> HttpResponse:
    """Words in the other languages of the house; what the authors wrote stays theirs."""
    shown = found_proposal(request, pk, "deciding.change")
    form = TranslationForm(request.POST or None, initial={"title": shown.title, "words": shown.words})
    if request.method == "POST" and form.is_valid():
        shown.translate(form.cleaned_data["title"], form.cleaned_data["words"])
        messages.success(request, _("Kept. Readers see which language it was written in."))
        return redirect(_page(shown))
    page = {"form": form, "proposal": shown, **_around(request, shown.collection)}
    return render(request, "deciding/desk/proposals/translation.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def printed(request: PersonRequest, pk: int) -> HttpResponse:
    """All of them on paper, for a meeting."""
    shown = found_collection(request, pk)
    rows = shown.shown().select_related("category", "branch").prefetch_related("authorships").order_by("-supporters")
    page = {"proposals": rows[:500], **_around(request, shown)}
    return render(request, "deciding/desk/proposals/print.html", page)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
