"""The yearly figures: each opens what it was counted from."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.lib.exports import csv_response
from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.counting.forms import ExplanationForm, PeriodForm, this_year
from rapport.programs.counting.ledgers import ledgers
from rapport.programs.counting.opened import entries
from rapport.programs.counting.year import Figures, Line, Period, figures
from rapport.programs.methods.statistics import ElementSet
from rapport.programs.models import Explanation

_ENTRIES = 200


def _asked(request: PersonRequest) -> PeriodForm:
    return PeriodForm({**this_year(), **request.GET.dict()}, auto_id="period-%s")


def _address(elements: ElementSet, period: Period) -> str:
    query = {"elements": elements.name, "first": period.first, "last": period.last}
    return urlencode({**query, "branch": period.branch.slug} if period.branch else query)


@staff_may("programs.see")
def statistics(request: PersonRequest) -> HttpResponseBase:
    form = _asked(request)
    if not form.is_valid():
        return render(request, "programs/desk/statistics/figures.html", {"period_form": form}, status=422)
    found = figures(form.element_set, form.period)
    if request.GET.get("file") == "csv":
        return csv_response(f"{found.elements.name}-{found.period.first}-{found.period.last}", *_table(found))
    template = "print" if "paper" in request.GET else "figures"
    return render(request, f"programs/desk/statistics/{template}.html", _page(form, found))


def _page(form: PeriodForm, found: Figures) -> dict[str, object]:
    period, elements = found.period, found.elements
    return {
        "period_form": form,
        "found": found,
        "period": period,
        "ledgers": ledgers(found),
        "query": _address(elements, period),
        "before": _address(elements, period.before),
        "after": _address(elements, period.after),
    }


def _table(found: Figures) -> tuple[list[str], Iterator[list[object]]]:
    header = [
        _("Number"), _("Name"), _("Element"), _("Figure"), _("Not counted"), _("Count or estimate"),
        _("Year before"), _("Change in %"), _("Why"),
    ]  # fmt: skip
    return header, (
        [
            one.element.number, one.element.name, one.element.title, one.figure.value, len(one.figure.lacking),
            one.figure.mark, one.before.value, one.change, one.explanation.words if one.explanation else "",
        ]
        for one in found.lines
    )  # fmt: skip


def _one(request: PersonRequest, name: str) -> tuple[Figures, Line]:
    form = _asked(request)
    if not form.is_valid() or name not in {one.name for one in form.element_set.elements}:
        raise Http404
    found = figures(form.element_set, form.period)
    return found, found.line(name)


@staff_may("programs.see")
def figure(request: PersonRequest, element: str) -> HttpResponseBase:
    """What one figure counts; `of=lacking` only what nobody counted, `of=estimated` only estimates."""
    found, line = _one(request, element)
    chosen = request.GET.get("of", "")
    keys = {"lacking": line.figure.lacking, "estimated": line.figure.estimated}.get(chosen, line.figure.keys)
    if request.GET.get("file") == "csv":
        header = [_("What"), _("Day"), _("Where"), _("For whom"), _("Dates"), _("Came"), _("Estimate")]
        behind = entries(line.figure, keys, request.user)
        rows = ([one.what, one.day, one.where, one.audience, one.dates, one.people, one.is_estimate] for one in behind)
        return csv_response(f"{element}-{found.period.first}-{found.period.last}", header, rows)
    some = Paginator(keys, _ENTRIES).get_page(request.GET.get("page"))
    page = {
        "found": found,
        "period": found.period,
        "line": line,
        "chosen": chosen,
        "pages": some,
        "entries": entries(line.figure, some.object_list, request.user),
        "query": _address(found.elements, found.period),
        "form": ExplanationForm(initial={"words": line.explanation.words if line.explanation else ""}),
        "may_explain": request.user.has_perm("programs.change"),
    }
    return render(request, "programs/desk/statistics/figure.html", page)


@staff_may("programs.change")
@require_POST
def explanation(request: PersonRequest, element: str) -> HttpResponse:
    found, _line = _one(request, element)
    form = ExplanationForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["words"]
        Explanation.objects.say_why(element, said, by=request.user, elements=found.elements.name, **found.period.key)
        messages.success(request, _("Kept. It stands beside the figure, and in its files."))
    else:
        messages.error(request, _("Write in a few words what was different."))
    where = reverse("programs:desk-figure", args=[element])
    return redirect(f"{where}?{_address(found.elements, found.period)}")
