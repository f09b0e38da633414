"""A process at the desk: begun from a template, furnished, looked at, and opened to people."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.components import ComponentKind, components_of
from rapport.deciding.desk.reach import found, mine
from rapport.deciding.forms.processes import NewProcessForm, SettingsForm, StarterForm
from rapport.deciding.missing import lacks_of
from rapport.deciding.models import AlreadyFixed, Component, Decision, Phase
from rapport.deciding.starters import starter
from rapport.deciding.views.processes import shown
from rapport.deciding.what_now import Part, parts_of
from rapport.insight.models import Need
from rapport.people.guards import PersonRequest, staff_may


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    key = request.GET.get("need", "")
    need = Need.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    initial: dict[str, Any] = {"need": need, "branch": need.branch if need else None}
    form = NewProcessForm(request.POST or None, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        begun = starter(given.pop("starter")).begin(given.pop("question"), by=request.user, **given)
        messages.success(request, _("Begun. Nobody sees it before you open it."))
        return redirect("deciding:desk-process", begun.decision_id)
    return render(request, "deciding/desk/process/new.html", {"form": form}, status=422 if form.errors else 200)


@staff_may("deciding.change")
def of_decision(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a question that was asked already into a process."""
    decision = get_object_or_404(Decision.objects.select_related("branch"), pk=pk)
    if not request.user.has_perm("deciding.change", decision):
        raise Http404
    if hasattr(decision, "process") or not decision.is_open:
        return redirect("deciding:desk-decision", pk)
    form = StarterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            given = form.cleaned_data
            starter(given["starter"]).begin_for(decision, first=given["first"], by=request.user)
        messages.success(request, _("Begun. People go on seeing the question; the phases appear when you open it."))
        return redirect("deciding:desk-process", pk)
    page = {"form": form, "decision": decision}
    return render(request, "deciding/desk/process/new.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def process(request: PersonRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    is_open = hasattr(one, "opening")
    page = {
        "process": one,
        "parts": [(part, _things(part.phase)) for part in _parts(one)],
        "lacks": [] if is_open else lacks_of(one),
        "people": one.participants_counted(),
        "followers": one.decision.loop.heard.to_be_told().count(),
        "may_change": request.user.has_perm("deciding.change", one.decision),
    }
    return render(request, "deciding/desk/process/overview.html", page)


def _parts(one: Any) -> list[Part]:
    return parts_of(one)


def _things(phase: Phase) -> list[tuple[ComponentKind, Component, str]]:
    return [(kind, thing, kind.desk_url(thing)) for kind, thing in components_of(phase)]


@staff_may("deciding.change")
def settings(request: PersonRequest, pk: int) -> HttpResponse:
    one = mine(request, pk)
    form = SettingsForm.of(one, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one.change(**form.changes())
        except AlreadyFixed as problem:  # a ballot came in while the form stood open
            form.add_error(problem.what, _("This cannot be changed any more: people rely on it."))
        else:
            messages.success(request, _("Kept."))
            return redirect("deciding:desk-process", pk)
    page = {"process": one, "form": form}
    return render(request, "deciding/desk/process/settings.html", page, status=422 if form.errors else 200)


@staff_may("deciding.see")
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    return shown(request, found(request, pk), is_preview=True)


@require_POST
@staff_may("deciding.change")
def opening(request: PersonRequest, pk: int) -> HttpResponse:
    one = mine(request, pk)
    if any(lack.is_needed for lack in lacks_of(one)):
        messages.error(request, _("Something is still missing: it is listed here."))
        return redirect("deciding:desk-process", pk)
    try:
        with transaction.atomic():
            one.open(by=request.user)
        messages.success(request, _("Open. Everyone who spoke of it is being told."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect("deciding:desk-process", pk)
