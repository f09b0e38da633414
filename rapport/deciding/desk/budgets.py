"""A budget at the desk: its rules, its criteria, what was decided against the count, and what is promised of it."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.budget_promises import AlreadyPromised, promise_what_was_bought
from rapport.deciding.budget_results import result_of
from rapport.deciding.desk.projects import budget_of
from rapport.deciding.forms.projects import BudgetRulesForm, CriterionForm, ExampleForm, OverrideForm, PromisesForm
from rapport.deciding.methods.pabulib_files import UnreadableBudget, in_utf8
from rapport.deciding.models import BudgetExample, Commitment, NotOpen, Override, Poll, RulesFixed
from rapport.people.guards import PersonRequest, staff_may

_MOST_BYTES = 12 * 1024 * 1024


@staff_may("deciding.see")
def budget(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, budget_of(request, pk, "deciding.see"))


def _shown(request: PersonRequest, poll: Poll, **forms: BaseForm) -> HttpResponse:
    decision = poll.process.decision
    page: dict[str, Any] = {
        "poll": poll,
        "process": poll.process,
        "criteria": poll.criteria.all(),
        "rules_form": BudgetRulesForm(instance=poll),
        "criterion_form": CriterionForm(),
        "override_form": OverrideForm(poll=poll),
        "promises_form": PromisesForm(),
        "told": result_of(poll, list(poll.options.select_related("project")), poll.counted.outcome)
        if poll.counted
        else None,
        "promised": Commitment.objects.of(poll),
        "may": request.user.has_perm("deciding.change", decision),
        "may_rule": request.user.has_perm("deciding.rule", decision),
        **forms,
    }
    return render(request, "deciding/desk/budgets/budget.html", page, status=422 if forms else 200)


@require_POST
@staff_may("deciding.change")
def rules(request: PersonRequest, pk: int) -> HttpResponse:
    poll = budget_of(request, pk)
    form = BudgetRulesForm(request.POST, instance=Poll.objects.select_related("phase__process").get(pk=poll.pk))
    if not form.is_valid():
        return _shown(request, poll, rules_form=form)
    try:
        poll.change(**form.cleaned_data)
        messages.success(request, _("The rules are kept. Everybody can read them before they vote."))
    except RulesFixed:
        messages.error(request, _("The first vote is in: the rules stay as they were published."))
    return redirect("deciding:desk-budget", poll.pk)


@require_POST
@staff_may("deciding.change")
def criteria(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a criterion; or take one out (`out`) while no project has been looked at by it."""
    poll = budget_of(request, pk)
    if (out := request.POST.get("out", "")).isdecimal() and len(out) < 12:
        poll.criteria.filter(pk=int(out), checks=None).delete()
        return redirect("deciding:desk-budget", poll.pk)
    form = CriterionForm(request.POST)
    if not form.is_valid():
        return _shown(request, poll, criterion_form=form)
    poll.criteria.create(words=form.cleaned_data["words"], order=poll.criteria.count() + 1)
    return redirect("deciding:desk-budget", poll.pk)


@require_POST
@staff_may("deciding.rule")
def overrides(request: PersonRequest, pk: int) -> HttpResponse:
    poll = budget_of(request, pk, "deciding.rule")
    form = OverrideForm(request.POST, poll=poll)
    if not form.is_valid():
        return _shown(request, poll, override_form=form)
    try:
        with transaction.atomic():
            Override.make(form.cleaned_data["option"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It stands beside the result now, with your reason. The count was not changed."))
    except NotOpen:
        messages.error(request, _("It has not been counted yet. There is nothing to depart from."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect("deciding:desk-budget", poll.pk)


@require_POST
@staff_may("deciding.change")
def promises(request: PersonRequest, pk: int) -> HttpResponse:
    poll = budget_of(request, pk)
    form = PromisesForm(request.POST)
    if not form.is_valid():
        return _shown(request, poll, promises_form=form)
    try:
        promise_what_was_bought(poll, by=request.user, owner=request.user, **form.cleaned_data)
        messages.success(request, _("Promised in public. Those who had the ideas, and all who voted, are being told."))
    except NotOpen:
        messages.error(request, _("It has not been counted yet."))
    except AlreadyPromised:
        messages.info(request, _("It has been promised already. Nothing was changed."))
    return redirect("deciding:desk-budget", poll.pk)


@staff_may("deciding.change")
def examples(request: PersonRequest) -> HttpResponse:
    """Bring a file of Pabulib as a finished budget to learn from."""
    form = ExampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > _MOST_BYTES:
            form.add_error("file", _("This file is larger than 12 MB."))
        else:
            try:
                found = BudgetExample.objects.bring(in_utf8(upload.read()), file_name=upload.name, by=request.user)
                messages.success(request, _("It is being counted."))
                return redirect(found)
            except UnreadableBudget as problem:
                form.add_error("file", _("This file cannot be read: %(why)s") % {"why": problem})
            except ValueError as problem:
                form.add_error("file", str(problem))
    page = {"form": form, "examples": BudgetExample.objects.defer("text", "facts")}
    return render(request, "deciding/desk/budgets/examples.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.change")
def example_removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(BudgetExample, pk=pk).delete()
    messages.success(request, _("Taken away."))
    return redirect("deciding:desk-budget-examples")
