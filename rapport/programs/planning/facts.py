"""Changing a plan at the desk: what follows it is shown before it is done."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.desk.found import within_reach
from rapport.programs.desk.programs import mine
from rapport.programs.models import Program, Series, Session, TooFew
from rapport.programs.models.foreseen import Touched, foresee_change
from rapport.programs.planning.facts_forms import (
    DateFactsForm,
    FactsForm,
    ProgramFactsForm,
    SeriesFactsForm,
    label_of_fact,
)


@staff_may("programs.change")
def program_facts(request: PersonRequest, pk: int) -> HttpResponse:
    return _changed(request, mine(request, pk), ProgramFactsForm)


@staff_may("programs.change")
def series_facts(request: PersonRequest, pk: int) -> HttpResponse:
    return _changed(request, series_of(request, pk), SeriesFactsForm)


def series_of(request: PersonRequest, pk: int) -> Series:
    rows = Series.objects.filter(program__in=within_reach(Program.objects.all(), request.user, "programs.change"))
    return get_object_or_404(rows.select_related("program", "branch", "space", "rules"), pk=pk)


def _changed(request: PersonRequest, plan: Program | Series, kind: type[FactsForm]) -> HttpResponse:
    form = kind.of(plan, request.POST or None)
    seen: list[Touched] = []
    if request.method == "POST" and form.is_valid():
        seen = foresee_change(plan, form.facts)
        short = [one for one in seen if one.too_few]
        for one in short[:1]:
            form.add_error("capacity", _too_few(one.session, one.heads))
        if not short and (not seen or "sure" in request.POST):
            if _kept(plan, form):
                messages.success(request, _("Changed. Dates that follow it: %(n)d.") % {"n": len(seen)})
                return redirect(page_of(plan))
            form.add_error("capacity", _("More people registered just now than there would be places."))
    page: dict[str, Any] = {
        "plan": plan, "form": form, "back": page_of(plan), "seen": [] if form.errors else seen,
        "named": [(one, [label_of_fact(name) for name in one.names]) for one in seen],
    }  # fmt: skip
    return render(request, "programs/planning/facts.html", page, status=422 if form.errors else 200)


def _kept(plan: Program | Series, form: FactsForm) -> bool:
    try:
        with transaction.atomic():
            plan.change(form.facts)
            plan.presenters.set(form.leaders())
            if isinstance(plan, Program):
                plan.topics.set(form.cleaned_data["topics"])
    except (TooFew, IntegrityError):
        return False
    return True


def _too_few(session: Session, heads: int) -> str:
    day = date_format(session.starts_at, "DATE_FORMAT")
    words = _("On %(day)s, %(n)d people have a place. Offer at least as many, or cancel some of them first.")
    return words % {"day": day, "n": heads}


def page_of(plan: Program | Series) -> str:
    name = "desk-program" if isinstance(plan, Program) else "desk-series"
    return reverse(f"programs:{name}", args=[plan.pk])


@staff_may("programs.change")
def date_facts(request: PersonRequest, pk: int) -> HttpResponse:
    """One date: what differs from the plan above is its own from now on."""
    rows = within_reach(Session.objects.all(), request.user, "programs.change")
    session = get_object_or_404(rows.select_related("program", "series", "branch", "space", "rules"), pk=pk)
    form = DateFactsForm.of(session, request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(request, session, form):
        messages.success(request, _("Changed."))
        return redirect("programs:desk-session", pk)
    page = {
        "plan": session,
        "form": form,
        "back": reverse("programs:desk-session", args=[pk]),
        "own": own_words(session),
    }
    return render(request, "programs/planning/facts.html", page, status=422 if form.errors else 200)


def _moved(request: HttpRequest, session: Session, form: FactsForm) -> bool:
    assert isinstance(form, DateFactsForm)  # noqa: S101 - for the type checker
    try:
        with transaction.atomic():
            session.move(*form.dates(), why=form.cleaned_data["why"], by=request.user, **form.facts)  # type: ignore[arg-type]
            session.presenters.set(form.leaders())
    except TooFew as short:
        form.add_error("capacity", _too_few(session, short.seating.taken))
        return False
    return True


def own_words(session: Session) -> list[str]:
    """Which facts this date has of its own, for people."""
    return [label_of_fact(name) for name in session.own]
