"""Series at the desk: their dates are looked at before they are made, added and left out one by one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.programs import mine
from rapport.programs.models import Observance, Program, Series
from rapport.programs.models.effort import too_much
from rapport.programs.models.foreseen import days_there, foresee, leave_out, make_dates, on_closed_days
from rapport.programs.planning.facts import series_of
from rapport.programs.planning.series_forms import NewSeriesForm, RuleForm, SingleDateForm, SkipForm, days_of


@staff_may("programs.change")
def new_series(request: PersonRequest, pk: int) -> HttpResponse:
    """A title and a rule; its facts are those of the program until somebody changes them."""
    program = mine(request, pk)
    series = Series(program=program, by=request.user)
    series.take_over(program)
    form = NewSeriesForm(request.POST or None)
    if not program.language or not program.audience:
        messages.info(request, _("First say in which language it is and for whom first: its dates take this over."))
        return redirect("programs:program-facts", pk)
    if form.is_valid():
        series.title = form.cleaned_data["title"]
        series.own = ["title"] if series.title else []
    return _planned(request, series, form)


@staff_may("programs.change")
def dates(request: PersonRequest, pk: int) -> HttpResponse:
    """More dates of a series, by its rule or another one."""
    series = series_of(request, pk)
    return _planned(request, series, RuleForm(request.POST or None, series=series))


def _planned(request: PersonRequest, series: Series, form: RuleForm) -> HttpResponse:
    page: dict[str, Any] = {"series": series, "program": series.program, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        times = {"starts": said["starts"], "ends": said["ends"]}
        there = days_there(series) if series.pk else set()
        seen = foresee(series, form.rule().days(said["first"]), there=there, **times)
        kept = days_of(request.POST.getlist("keep"))
        if "sure" in request.POST:
            return _made(request, series, form, left_out={one.day for one in seen} - kept)
        new = [one.day for one in seen if one.is_made]
        page |= {
            "seen": seen, "many": len(new), "too_much": too_much(series.branch, new, series.staff_hours),
            "observed": [one for one in Observance.objects.ahead() if one.day in new],
        }  # fmt: skip
    return render(request, "programs/planning/series_new.html", page, status=422 if form.errors else 200)


def _made(request: PersonRequest, series: Series, form: RuleForm, left_out: set[Any]) -> HttpResponse:
    said = form.cleaned_data
    with transaction.atomic():
        if series.pk is None:
            series.save()
            series.presenters.set(series.program.presenters.all())
        made = make_dates(
            series, form.rule(), said["first"], said["starts"], said["ends"], by=request.user, left_out=left_out
        )
    messages.success(request, _("Dates made: %(n)d.") % {"n": len(made)})
    return redirect("programs:desk-series", series.pk)


@staff_may("programs.see")
def series_page(request: PersonRequest, pk: int) -> HttpResponse:
    rows = Series.objects.select_related("program__branch", "branch", "space", "rules")
    return _shown(request, get_object_or_404(rows, pk=pk))


def _shown(request: PersonRequest, series: Series, **forms: Form) -> HttpResponse:
    rows = series.sessions.select_related("program", "branch", "space", "cancellation").prefetch_related("moves")
    sessions = list(rows.with_attendance().order_by("starts_at"))
    closed = on_closed_days(series, [one for one in sessions if not one.is_over and not one.called_off])
    lines = [(timezone.localdate(one.starts_at), one, None, closed.get(one.pk)) for one in sessions]
    skipped = [(one.day, None, one, None) for one in series.skips.all()]
    page: dict[str, Any] = {
        "series": series, "program": series.program,
        "lines": sorted([*lines, *skipped], key=lambda line: line[0]),
        "may_change": request.user.has_perm("programs.change", series.program),
        "single_form": SingleDateForm(auto_id="single-%s"), "skip_form": SkipForm(auto_id="skip-%s"), **forms,
    }  # fmt: skip
    return render(request, "programs/planning/series.html", page, status=422 if forms else 200)


@staff_may("programs.change")
@require_POST
def single_date(request: PersonRequest, pk: int) -> HttpResponse:
    """One date more, beside the rule."""
    series = series_of(request, pk)
    form = SingleDateForm(request.POST, auto_id="single-%s")
    if not form.is_valid():
        return _shown(request, series, single_form=form)
    said = form.cleaned_data
    [seen] = foresee(series, [said["day"]], said["starts"], said["ends"])
    if seen.closure:
        form.add_error("day", _("On this day it is closed: %(why)s") % {"why": seen.closed})
        return _shown(request, series, single_form=form)
    series.program.add_dates([(seen.starts_at, seen.ends_at)], series=series)
    messages.success(request, _("Added: %(n)d.") % {"n": 1})
    return redirect("programs:desk-series", pk)


@staff_may("programs.change")
@require_POST
def skipped_day(request: PersonRequest, pk: int) -> HttpResponse:
    """Not on that day: what is public is cancelled and stays readable, what nobody saw is a line with its reason."""
    series = series_of(request, pk)
    form = SkipForm(request.POST, auto_id="skip-%s")
    if not form.is_valid():
        return _shown(request, series, skip_form=form)
    leave_out(series, form.cleaned_data["day"], form.cleaned_data["why"], by=request.user)
    messages.success(request, _("Left out. The reason stays beside it."))
    return redirect("programs:desk-series", pk)


def series_for(program: Program) -> list[Series]:
    """The series of a program with how many of their dates are still to come."""
    found = list(program.series.all())
    for one in found:
        one.coming = one.sessions.coming().count()  # type: ignore[attr-defined]
    return found
