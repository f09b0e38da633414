from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.programs import mine, not_approved, once, page_of, shown
from rapport.programs.forms import MeasureForm, PilotForm, ReadingForm, VerdictForm
from rapport.programs.models import Measure, Pilot, Program
from rapport.programs.models.pilot import Locked, NotBegun, NothingToMeasure


def _trial(request: PersonRequest, pk: int) -> tuple[Program, Pilot]:
    program = mine(request, pk)
    return program, get_object_or_404(Pilot.objects.select_related("program__loop"), program=program)


def _locked(request: PersonRequest, program: Program) -> HttpResponse:
    messages.error(request, _("The trial has begun, so what it is measured by stays as it is."))
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def pilot(request: PersonRequest, pk: int) -> HttpResponse:
    program = mine(request, pk)
    form = PilotForm(request.POST, auto_id="pilot-%s")
    if not form.is_valid():
        return shown(request, program, pilot_form=form)
    said = _("Now say what it is measured by, then start it.")
    return once(request, program, lambda: program.prepare_pilot(**form.cleaned_data), said)


@staff_may("programs.change")
@require_POST
def measures(request: PersonRequest, pk: int) -> HttpResponse:
    program, trial = _trial(request, pk)
    form = MeasureForm(request.POST, auto_id="measure-%s")
    if not form.is_valid():
        return shown(request, program, measure_form=form)
    try:
        trial.add_measure(**form.cleaned_data)
    except Locked:
        return _locked(request, program)
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def measure_removal(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    program, trial = _trial(request, pk)
    try:
        get_object_or_404(Measure, pilot=trial, pk=measure_pk).delete()
    except Locked:
        return _locked(request, program)
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def start(request: PersonRequest, pk: int) -> HttpResponse:
    program, trial = _trial(request, pk)
    if not program.may_be_published_by(request.user):
        return not_approved(request, program)
    try:
        trial.start(by=request.user)
        messages.success(request, _("It has begun. Everyone who spoke of it is being told."))
    except NothingToMeasure:
        messages.error(request, _("First say what it is measured by: one measure is enough."))
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def readings(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    program, trial = _trial(request, pk)
    measure = get_object_or_404(Measure, pilot=trial, pk=measure_pk)
    form = ReadingForm(request.POST, auto_id=f"reading-{measure.pk}-%s")
    if not form.is_valid():
        return shown(request, program, reading_form=form, reading_of=measure)  # type: ignore[arg-type]
    measure.read(by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect(page_of(program))


@staff_may("programs.change")
@require_POST
def verdict(request: PersonRequest, pk: int) -> HttpResponse:
    program, trial = _trial(request, pk)
    form = VerdictForm(request.POST, auto_id="verdict-%s")
    if not form.is_valid():
        return shown(request, program, verdict_form=form)
    try:
        said = _("Decided, and everyone who spoke of it is being told.")
        return once(request, program, lambda: trial.decide(by=request.user, **form.cleaned_data), said)
    except NotBegun:
        messages.error(request, _("A trial is decided by what it showed: it has to begin first."))
        return redirect(page_of(program))
