"""A budget in public: what my vote paid for, what the rules do, and budgets of others to learn from."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from rapport.deciding.budget_results import BudgetResult, result_of
from rapport.deciding.methods.budgets import Election, EqualShares, Project, told
from rapport.deciding.models import BudgetExample, Method, Poll
from rapport.lib.limits import at_most
from rapport.people.guards import anyone


@anyone
@sensitive_post_parameters()
@at_most("60/m")
def my_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asks says once more how they voted. It is answered, and neither kept nor sent on."""
    polls = Poll.objects.public().with_process().filter(method=Method.BUDGET, count__isnull=False)
    poll = get_object_or_404(polls, pk=pk)
    options = list(poll.options.select_related("project"))
    form = poll.paper.form(poll, options, request.POST or None)
    page: dict[str, Any] = {"poll": poll, "process": poll.process, "phase": poll.phase, "form": form}
    if request.method == "POST" and form.is_valid():
        result = result_of(poll, options, poll.counted.outcome) if poll.counted else None
        page["mine"] = result.of_ballot(form.marks()) if result else None
    return render(request, "deciding/budgets/my_vote.html", page, status=422 if form.errors else 200)


@anyone
def rules(request: HttpRequest) -> HttpResponse:
    """What both rules do, on a small example and on real ones: to be read before one of them is chosen."""
    may_bring = request.user.is_authenticated and request.user.has_perm("deciding.change")
    page = {"small": _small(), "examples": BudgetExample.objects.defer("text"), "may_bring": may_bring}
    return render(request, "deciding/budgets/rules.html", page)


def _small() -> BudgetResult:
    projects = [Project(key, Fraction(33)) for key in _names()]
    votes = {f"g{n}": {"herbs": 1, "bench": 1, "pond": 1} for n in range(6)} | {
        f"w{n}": {"workshop": 1} for n in range(4)
    }
    facts = told(Election.of(100, projects, votes), EqualShares(completion="none"))
    return BudgetResult(facts, _names())


def _names() -> dict[str, str]:
    return {"herbs": _("herb bed"), "bench": _("bench"), "pond": _("pond"), "workshop": _("workshop")}


@anyone
def example(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BudgetExample.objects.defer("text"), pk=pk)
    result = found.told
    official = found.official
    page = {
        "example": found,
        "told": result,
        "official": [result.titles.get(key, key) for key in official] if result else [],
        "same_as": next((side.name for side in result.sides if _is(result, side, official)), "") if result else "",
    }
    return render(request, "deciding/budgets/example.html", page)


def _is(result: BudgetResult, side: Any, official: list[str]) -> bool:
    return set(result.facts["winners_by"][side.facts["name"]]) == set(official)


@anyone
def example_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(BudgetExample, pk=pk)
    return HttpResponse(
        found.text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="budget-{found.pk}.pb"'},
    )
