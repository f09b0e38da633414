from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.forms.decisions import DecisionForm, InfluenceForm, RulingForm
from rapport.deciding.models import Decision, PromiseNotKept
from rapport.deciding.views.decisions import DecisionFilters
from rapport.insight.models import Need
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import Column, Listing


def _page(decision: Decision) -> str:
    return reverse("deciding:desk-decision", args=[decision.pk])


COLUMNS = [
    Column("question", gettext_lazy("Question"), link=_page),
    Column("promise", gettext_lazy("Promise"), "get_promise_display", sort="promise"),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("by_when", gettext_lazy("By when"), sort="by_when"),
    Column("stands", gettext_lazy("Where it stands"), lambda decision: decision.stands_words),
]


@staff_may("deciding.see")
def decisions(request: PersonRequest) -> HttpResponseBase:
    rows = Decision.objects.select_related("branch", "ruling", "influence", "closing")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=DecisionFilters, search=["question"], order="-at", name="decisions"
    )
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "may_ask": request.user.has_perm("deciding.change"),
        "may_bring_cards": request.user.has_perm("deciding.cards"),
    }
    return render(request, "deciding/desk/decisions.html", page)


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    need = Need.objects.filter(pk=_number(request.GET.get("need"))).first()
    form = DecisionForm(request.POST or None, initial={"need": need, "branch": need.branch if need else None})
    if request.method == "POST" and form.is_valid():
        decision = Decision.objects.ask(by=request.user, **form.cleaned_data)
        messages.success(request, _("The question is public now, and everyone who spoke of it is being told."))
        return redirect(_page(decision))
    return render(request, "deciding/desk/new.html", {"form": form}, status=422 if form.errors else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


@staff_may("deciding.see")
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(pk))


def _found(pk: int) -> Decision:
    rows = Decision.objects.select_related("branch", "need", "loop", "ruling", "influence", "closing", "process")
    return get_object_or_404(rows, pk=pk)


def _shown(request: PersonRequest, decision: Decision, **forms: Form) -> HttpResponse:
    page: dict[str, Any] = {
        "decision": decision,
        "process": getattr(decision, "process", None),
        "ruling_form": RulingForm(),
        "influence_form": InfluenceForm(),
        "heard": decision.loop.heard.to_be_told().count(),
        "may_rule": request.user.has_perm("deciding.rule", decision),
        "may_change": request.user.has_perm("deciding.change", decision),
        **forms,
    }
    return render(request, "deciding/desk/decision.html", page, status=422 if forms else 200)


@staff_may("deciding.rule")
@require_POST
def ruling(request: PersonRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    form = RulingForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, ruling_form=form)
    return _once(
        request, found, lambda: found.decide(by=request.user, **form.cleaned_data), _("The decision is public now.")
    )


@staff_may("deciding.change")
@require_POST
def influence(request: PersonRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    form = InfluenceForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, influence_form=form)
    published = _("Published: how what people said influenced this.")
    return _once(request, found, lambda: found.publish_influence(by=request.user, **form.cleaned_data), published)


@staff_may("deciding.change")
@require_POST
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    try:
        return _once(request, found, lambda: found.close(by=request.user), _("Put away. Its page stays readable."))
    except PromiseNotKept:
        messages.error(request, _("First publish how what people said influenced this: that was the promise."))
        return redirect(_page(found))


def _once(request: PersonRequest, decision: Decision, act: Any, done: str) -> HttpResponse:
    """Two colleagues may press at the same moment: the database keeps the first, and the second is told so."""
    try:
        with transaction.atomic():
            act()
        messages.success(request, done)
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(_page(decision))
