"""The register at the desk: who sees to what, and what became of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.forms.commitments import (
    ChangeForm,
    CommitmentForm,
    GivingUpForm,
    KeepingForm,
    MilestoneForm,
    ReachingForm,
)
from rapport.deciding.models import AlreadySettled, Commitment
from rapport.deciding.register import register_of
from rapport.deciding.timelines import timeline_of
from rapport.deciding.views.commitments import COLUMNS, CommitmentFilters, origins_of, with_all
from rapport.loop.things import things, things_by_key
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import Column, Listing


def _page(commitment: Commitment) -> str:
    return reverse("deciding:desk-commitment", args=[commitment.pk])


DESK_COLUMNS = [
    Column("words", gettext_lazy("What we promised"), link=_page),
    Column("owner", gettext_lazy("Who sees to it"), lambda one: one.owner or "", sort="owner__name"),
    *[column for column in COLUMNS if column.name != "words"],
]


@staff_may("deciding.see")
def commitments(request: PersonRequest) -> HttpResponseBase:
    rows = Commitment.objects.reached_by(request.user, "deciding.see")
    listing = Listing(
        request, with_all(rows).select_related("owner"), columns=DESK_COLUMNS, filters=CommitmentFilters,
        search=["words", "owner__name"], order="due", name="commitments",
    )  # fmt: skip
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "register": register_of(rows),
        "may_promise": request.user.has_perm("deciding.change"),
    }
    return render(request, "deciding/desk/commitments/commitments.html", page)


@staff_may("deciding.change")
def new(request: PersonRequest) -> HttpResponse:
    start = {"decision": request.GET.get("decision", ""), "owner": request.user.pk}
    form = CommitmentForm(request.POST or None, by=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        made = Commitment.objects.make(
            told.pop("said"), by=request.user, milestones=told.pop("steps"), because_of=_because(request), **told
        )
        messages.success(request, _("Promised. It stands in the public register now."))
        return redirect(_page(made))
    return render(request, "deciding/desk/commitments/new.html", {"form": form}, status=422 if form.errors else 200)


def _because(request: PersonRequest) -> list[models.Model]:
    """The page from which one came may name a thing: `?because=deciding.advice:7`."""
    label, _colon, key = request.GET.get("because", "").rpartition(":")
    return list(things_by_key(label, [int(key)]).values()) if label in things and key.isdecimal() else []


@staff_may("deciding.see")
def commitment(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk))


def _found(request: PersonRequest, pk: int) -> Commitment:
    rows = with_all(Commitment.objects.reached_by(request.user, "deciding.see"))
    rows = rows.select_related("owner", "loop").prefetch_related("changes")
    found: Commitment = get_object_or_404(rows, pk=pk)
    return found


def _to_write(request: PersonRequest, pk: int) -> Commitment:
    found = _found(request, pk)
    if not found.may_be_written_by(request.user):
        raise PermissionDenied
    return found


def _shown(request: PersonRequest, commitment: Commitment, **forms: Form) -> HttpResponse:
    page: dict[str, Any] = {
        "commitment": commitment,
        "knots": timeline_of(commitment),
        "origins": origins_of(commitment, "desk"),
        "heard": commitment.loop.heard.to_be_told().count(),
        "may_write": commitment.may_be_written_by(request.user),
        "keeping_form": KeepingForm(prefix="keeping"),
        "change_form": ChangeForm(prefix="change"),
        "giving_up_form": GivingUpForm(prefix="giving-up"),
        "milestone_form": MilestoneForm(prefix="milestone"),
        **forms,
    }
    return render(request, "deciding/desk/commitments/commitment.html", page, status=422 if forms else 200)


@staff_may("deciding.see")
@require_POST
def milestones(request: PersonRequest, pk: int) -> HttpResponse:
    found = _to_write(request, pk)
    form = MilestoneForm(request.POST, prefix="milestone")
    if not form.is_valid():
        return _shown(request, found, milestone_form=form)
    found.milestones.create(
        words=form.cleaned_data["said"], due=form.cleaned_data["due"], order=found.milestones.count()
    )
    messages.success(request, _("The step is on the list."))
    return redirect(_page(found))


@staff_may("deciding.see")
def reaching(request: PersonRequest, pk: int, milestone: int) -> HttpResponse:
    found = _found(request, pk)
    step = get_object_or_404(found.milestones, pk=milestone)
    form = ReachingForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not found.may_be_written_by(request.user):
            raise PermissionDenied
        if form.is_valid():
            done = _("Noted. Everyone who was heard is being told.")
            return _once(request, found, lambda: step.reach(by=request.user, **_with_picture(form)), done)
    page = {"commitment": found, "milestone": step, "form": form, "may_write": found.may_be_written_by(request.user)}
    return render(request, "deciding/desk/commitments/reaching.html", page, status=422 if form.errors else 200)


def _with_picture(form: ReachingForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    if told["picture"]:
        told["picture"].name = "milestone.webp"
    else:
        del told["picture"]
    return told


@staff_may("deciding.see")
@require_POST
def keeping(request: PersonRequest, pk: int) -> HttpResponse:
    found = _to_write(request, pk)
    form = KeepingForm(request.POST, prefix="keeping")
    if not form.is_valid():
        return _shown(request, found, keeping_form=form)
    done = _("A promise kept. Everyone who was heard is being told.")
    return _once(request, found, lambda: found.keep(by=request.user, **form.cleaned_data), done)


@staff_may("deciding.see")
@require_POST
def changes(request: PersonRequest, pk: int) -> HttpResponse:
    found = _to_write(request, pk)
    form = ChangeForm(request.POST, prefix="change")
    if not form.is_valid():
        return _shown(request, found, change_form=form)
    done = _("Changed, with your reason. What was promised before stays readable.")
    return _once(request, found, lambda: found.change(by=request.user, **form.cleaned_data), done)


@staff_may("deciding.see")
@require_POST
def giving_up(request: PersonRequest, pk: int) -> HttpResponse:
    found = _to_write(request, pk)
    form = GivingUpForm(request.POST, prefix="giving-up")
    if not form.is_valid():
        return _shown(request, found, giving_up_form=form)
    done = _("Said in public, with your reason. Everyone who was heard is being told.")
    return _once(request, found, lambda: found.give_up(by=request.user, **form.cleaned_data), done)


def _once(request: PersonRequest, commitment: Commitment, act: Callable[[], object], done: str) -> HttpResponse:
    """Two colleagues may press at the same moment: the first is kept, and the second is told so."""
    try:
        with transaction.atomic():
            act()
        messages.success(request, done)
    except (AlreadySettled, IntegrityError):
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(_page(commitment))
