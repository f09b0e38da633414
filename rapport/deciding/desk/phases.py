"""The phases of a process: their days, their words, the surveys in them."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.components import components_of
from rapport.deciding.desk.reach import mine
from rapport.deciding.forms.processes import PhaseForm
from rapport.deciding.models import Phase, PhaseInUse, Process, WhyNeeded, midnight
from rapport.people.guards import PersonRequest, staff_may


@staff_may("deciding.change")
def phase_new(request: PersonRequest, pk: int) -> HttpResponse:
    process = mine(request, pk)
    form = PhaseForm(request.POST or None, process=process, person=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {name: given[name] for name in ("kind", "title", "about")}
        first, last = given["first"], given["last"]
        made = process.phases.create(**words, opens_at=midnight(first), closes_at=Phase.end_of(last))
        made.surveys.set(given.get("surveys") or [])
        messages.success(request, _("The phase is there."))
        return redirect("deciding:desk-process", pk)
    return _page(request, process, form)


@staff_may("deciding.change")
def phase(request: PersonRequest, pk: int, phase: int) -> HttpResponse:
    process = mine(request, pk)
    one = get_object_or_404(process.phases, pk=phase)
    form = PhaseForm(request.POST or None, process=process, person=request.user, phase=one)
    if request.method == "POST" and form.is_valid() and _kept(one, form, request):
        messages.success(request, _("Kept."))
        return redirect("deciding:desk-process", pk)
    return _page(request, process, form, one)


def _kept(one: Phase, form: PhaseForm, request: PersonRequest) -> bool:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            one.change_days(given["first"], given["last"], by=request.user, why=given.get("why") or "")
            for name in ("kind", "title", "about"):
                setattr(one, name, given[name])
            one.save(update_fields=["kind", "title", "about"])
            if "surveys" in given:
                one.surveys.set(given["surveys"])
    except WhyNeeded:
        form.add_error("why", _("People have seen these days. Tell them why they change."))
        return False
    return True


def _page(request: PersonRequest, process: Process, form: PhaseForm, phase: Phase | None = None) -> HttpResponse:
    page = {
        "process": process,
        "phase": phase,
        "form": form,
        "things": [(kind, thing, kind.desk_url(thing)) for kind, thing in components_of(phase)] if phase else [],
        "may_remove": bool(phase) and not (phase and (phase.has_begun or phase.has_components())),
    }
    return render(request, "deciding/desk/process/phase.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.change")
def phase_removal(request: PersonRequest, pk: int, phase: int) -> HttpResponse:
    process = mine(request, pk)
    try:
        get_object_or_404(process.phases, pk=phase).remove()
        messages.success(request, _("The phase is gone."))
    except PhaseInUse:
        messages.error(request, _("It has begun, or something stands in it: it stays."))
    return redirect("deciding:desk-process", pk)
