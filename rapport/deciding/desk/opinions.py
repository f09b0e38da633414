"""A conversation at the desk: its statements, its settings, the queue of what is to be read, the log, and the map."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.deciding.forms.opinions import (
    ReasonForm,
    SeedsForm,
    SettingsForm,
    TranslationForm,
    VerdictForm,
)
from rapport.deciding.models import Conversation, DecidedAlready, Fate, RejectionReason, Statement, Verdict
from rapport.deciding.opinions.snapshot import snapshot
from rapport.deciding.views.opinion_maps import drawing_of
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui import parts
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


def mine(request: PersonRequest, pk: int, permission: str = "deciding.see") -> Conversation:
    """The conversation, where this person's role reaches it."""
    if not request.user.has_perm(permission):
        raise Http404
    rows = Conversation.objects.reached_by(request.user, permission).with_all_above().select_related("drawing")
    return get_object_or_404(rows, pk=pk)


def around(request: PersonRequest, conversation: Conversation, here: str) -> dict[str, Any]:
    """What every desk page of a conversation has: the tabs and what this person may do."""
    decision = conversation.process.decision
    may_change = request.user.has_perm("deciding.change", decision)
    waiting = conversation.statements.waiting().count()
    pages = [
        ("desk-opinions", _("Statements"), None, True),
        ("desk-opinions-queue", _("To be read"), waiting, True),
        ("desk-opinions-map", _("Map"), None, True),
        ("desk-opinions-paper", _("Paper and phone"), None, request.user.has_perm("deciding.enter", decision)),
        ("desk-opinions-log", _("Log"), None, True),
        ("desk-opinions-import", _("Files"), None, may_change),
        ("desk-opinions-settings", _("Settings"), None, may_change),
    ]
    tabs = [
        parts.Tab(label, reverse(f"deciding:{name}", args=[conversation.pk]), name == here, count)
        for name, label, count, may in pages
        if may
    ]
    above = {"conversation": conversation, "process": conversation.process, "phase": conversation.phase}
    return above | {"tabs": tabs, "may_change": may_change}


class StatementFilters(Sentence):
    standing = forms.ChoiceField(
        label=gettext_lazy("that are"), choices=[("", gettext_lazy("in any state")), *Fate.choices]
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("by"),
        choices=[
            ("", gettext_lazy("anybody")),
            ("library", gettext_lazy("the library")),
            ("people", gettext_lazy("people")),
        ],
    )

    def narrow_whose(self, rows: QuerySet[Statement], value: str) -> QuerySet[Statement]:
        return rows.filter(is_seed=value == "library") if value else rows


def _page(statement: Statement) -> str:
    return reverse("deciding:desk-statement", args=[statement.pk])


COLUMNS = [
    Column("number", gettext_lazy("Number"), sort="number", number=True),
    Column("words", gettext_lazy("Statement"), link=_page),
    Column("standing", gettext_lazy("State"), "get_standing_display", sort="standing"),
    Column("by", gettext_lazy("By"), lambda one: _("the library") if one.is_seed else _("people")),
    Column("agree", gettext_lazy("Agree"), sort="agree", number=True),
    Column("disagree", gettext_lazy("Disagree"), sort="disagree", number=True),
    Column("passed", gettext_lazy("Pass"), sort="passed", number=True),
]


@staff_may("deciding.see")
def opinions(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _listed(request, mine(request, pk))


def _listed(request: PersonRequest, conversation: Conversation, seeds: SeedsForm | None = None) -> HttpResponseBase:
    counted = {
        "agree": Count("votes", filter=Q(votes__vote=1)),
        "disagree": Count("votes", filter=Q(votes__vote=-1)),
        "passed": Count("votes", filter=Q(votes__vote=0)),
    }
    rows = conversation.statements.annotate(**counted)
    listing = Listing(
        request, rows, columns=COLUMNS, filters=StatementFilters, search=["words"], order="number", name="statements"
    )
    if listing.wants_file:
        return listing.file()
    page = around(request, conversation, "desk-opinions") | {
        "listing": listing,
        "seeds_form": seeds or SeedsForm(longest=conversation.longest),
        "drawing": getattr(conversation, "drawing", None),
    }
    status = 422 if seeds and seeds.errors else 200
    return render(request, "deciding/desk/opinions/opinions.html", page, status=status)


@require_POST
@staff_may("deciding.change")
def seeds(request: PersonRequest, pk: int) -> HttpResponseBase:
    conversation = mine(request, pk, "deciding.change")
    form = SeedsForm(request.POST, longest=conversation.longest)
    if not form.is_valid():
        return _listed(request, conversation, form)
    added = conversation.seed(form.cleaned_data["seeds"], by=request.user, language=form.cleaned_data["language"])
    told = ngettext("%(n)s statement was added.", "%(n)s statements were added.", len(added)) % {"n": len(added)}
    messages.success(request, told)
    return redirect("deciding:desk-opinions", pk)


@staff_may("deciding.change")
def settings(request: PersonRequest, pk: int) -> HttpResponse:
    conversation = mine(request, pk, "deciding.change")
    form = SettingsForm(request.POST or None, instance=conversation)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("deciding:desk-opinions-settings", pk)
    page = around(request, conversation, "desk-opinions-settings") | {"form": form}
    return render(request, "deciding/desk/opinions/settings.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def queue(request: PersonRequest, pk: int) -> HttpResponse:
    """The statement that has waited longest and that no colleague is reading."""
    conversation = mine(request, pk)
    page = around(request, conversation, "desk-opinions-queue")
    if page["may_change"]:
        page |= _next(request, conversation)
    return render(request, "deciding/desk/opinions/queue.html", page)


def _next(request: PersonRequest, conversation: Conversation) -> dict[str, Any]:
    free = conversation.statements.free_for(request.user).order_by("number")
    passed = request.GET.get("after", "")
    after = free.filter(number__gt=int(passed)) if passed.isdecimal() and len(passed) < 9 else free
    statement = next((one for one in [*after[:3], *free[:3]] if one.take(by=request.user)), None)
    taken = conversation.statements.waiting().exclude(taken_by=None).exclude(taken_by=request.user)
    return {
        "statement": statement,
        "form": VerdictForm(),
        "reasons": RejectionReason.objects.filter(stopped_at=None),
        "taken": taken.select_related("taken_by"),
    }


@require_POST
@staff_may("deciding.change")
def verdicts(request: PersonRequest, pk: int) -> HttpResponse:
    statement = _statement(request, pk, "deciding.change")
    form, conversation = VerdictForm(request.POST), statement.conversation
    again = request.POST.get("again") == "1"
    if not form.is_valid():
        if again:
            return _one(request, statement, form)
        page = around(request, conversation, "desk-opinions-queue") | _next(request, conversation)
        page |= {"statement": statement, "form": form}
        return render(request, "deciding/desk/opinions/queue.html", page, status=422)
    given = form.cleaned_data
    try:
        if given["verdict"] == "accept":
            statement.accept(by=request.user, words=given["words"], again=again)
        else:
            statement.reject(given["reason"], by=request.user, words=given["words"], again=again)
    except DecidedAlready:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(_page(statement) if again else reverse("deciding:desk-opinions-queue", args=[conversation.pk]))


def _statement(request: PersonRequest, pk: int, permission: str) -> Statement:
    statement = get_object_or_404(Statement, pk=pk)
    statement.conversation = mine(request, statement.conversation_id, permission)
    return statement


@staff_may("deciding.see")
def statement(request: PersonRequest, pk: int) -> HttpResponse:
    """Its words in each language, and what was decided about it."""
    found = _statement(request, pk, "deciding.see")
    may_change = request.user.has_perm("deciding.change", found.conversation.process.decision)
    form = TranslationForm(request.POST or None, initial={"words": found.words})
    if request.method == "POST" and may_change and form.is_valid():
        kept = form.cleaned_data["words"]
        found.words = {**kept, found.language: kept.get(found.language) or found.original}
        found.save(update_fields=["words"])
        messages.success(request, _("Kept."))
        return redirect(_page(found))
    return _one(request, found, None, form)


def _one(
    request: PersonRequest, found: Statement, verdict: VerdictForm | None, words: TranslationForm | None = None
) -> HttpResponse:
    page = around(request, found.conversation, "desk-opinions") | {
        "statement": found,
        "words_form": words or TranslationForm(initial={"words": found.words}),
        "form": verdict or VerdictForm(),
        "verdicts": found.verdicts.select_related("by"),
    }
    is_wrong = bool((verdict and verdict.errors) or (words and words.errors))
    return render(request, "deciding/desk/opinions/statement.html", page, status=422 if is_wrong else 200)


@staff_may("deciding.see")
def opinion_map(request: PersonRequest, pk: int) -> HttpResponse:
    """The same map with exact counts, as honest as the public one."""
    conversation = mine(request, pk)
    page = around(request, conversation, "desk-opinions-map")
    page |= drawing_of(snapshot(conversation), {}, exact=True) | {"exact": True, "is_live": False}
    return render(request, "deciding/desk/opinions/map.html", page)


LOG = [
    Column("at", gettext_lazy("When"), sort="at"),
    Column(
        "statement", gettext_lazy("Statement"), lambda one: str(one.statement), link=lambda one: _page(one.statement)
    ),
    Column("standing", gettext_lazy("Verdict"), "get_standing_display", sort="standing"),
    Column("reason", gettext_lazy("Reason"), lambda one: f"{one.reason_words} {one.words}".strip()),
    Column("by", gettext_lazy("By"), "by.name"),
]


@staff_may("deciding.see")
def log(request: PersonRequest, pk: int) -> HttpResponseBase:
    conversation = mine(request, pk)
    rows = Verdict.objects.filter(statement__conversation=conversation).select_related("statement", "by")
    listing = Listing(request, rows, columns=LOG, search=["words"], order="-at", name="moderation")
    if listing.wants_file:
        return listing.file()
    page = around(request, conversation, "desk-opinions-log") | {"listing": listing}
    return render(request, "deciding/desk/opinions/log.html", page)


@staff_may("deciding.change")
def reasons(request: PersonRequest) -> HttpResponse:
    """Why statements are not accepted: the library's own list."""
    is_new = request.method == "POST" and "stop" not in request.POST
    form = ReasonForm(request.POST if is_new else None)
    if request.method == "POST" and "stop" in request.POST:
        found = RejectionReason.objects.filter(pk=request.POST["stop"] if request.POST["stop"].isdecimal() else 0)
        for reason in found:
            reason.stop()
        return redirect("deciding:desk-rejection-reasons")
    if request.method == "POST" and form.is_valid():
        RejectionReason.objects.create(order=RejectionReason.objects.count(), **form.cleaned_data)
        return redirect("deciding:desk-rejection-reasons")
    page = {"form": form, "reasons": RejectionReason.objects.filter(stopped_at=None)}
    return render(request, "deciding/desk/opinions/reasons.html", page, status=422 if form.errors else 200)


__all__ = ["around", "mine"]
