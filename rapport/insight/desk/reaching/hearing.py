from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.desk.assessment_words import STANDINGS
from rapport.insight.models import MissedGroup, Segment
from rapport.insight.reached import PLACE
from rapport.insight.reaching.drawing import beside_their_share
from rapport.insight.reaching.people import dimensions_known
from rapport.insight.reaching.portrait import Cell, Portrait, Step, portrait
from rapport.lib.exports import csv_response, xlsx_response
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.charts import Plot, Series, line
from rapport.ui.forms import Sentence

_MOST_LINES = 5
_A_YEAR = 365


class HearingFilters(Sentence):
    by = forms.ChoiceField(label=gettext_lazy("show people by"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("who came"), choices=[("", gettext_lazy("by any way")), *Channel.choices]
    )
    since = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("to"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("This day lies before the first one."))
        return given


def looked_at(request: HttpRequest) -> tuple[HearingFilters, Portrait, str]:
    """What the address asks for: by age (or what is known first), everywhere, in a year, unless it says otherwise."""
    known = dimensions_known()
    form = HearingFilters(request.GET)
    form.fields["by"].choices = known  # type: ignore[attr-defined]
    chosen = form.cleaned_data if form.is_valid() else {}
    by = str(chosen.get("by") or known[0][0])
    last = chosen.get("until") or timezone.localdate()
    first = chosen.get("since") or (last - timedelta(days=_A_YEAR)).replace(day=1)
    return form, portrait(by, chosen.get("branch"), first, last, channel=chosen.get("channel") or ""), by


@staff_may("insight.see")
def hearing(request: PersonRequest) -> HttpResponseBase:
    form, found, by = looked_at(request)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return _file(request, found)
    branches = request.user.branches_where("insight.see")
    page: dict[str, Any] = {
        "form": form,
        "portrait": found,
        "rows": [(name, share, [(cell, says(cell)) for cell in cells]) for name, share, cells in found.rows],
        "plots": [plot(step, found) for step in found.steps if any(cell.row for cell in step.cells)],
        "over_time": [drawn for step in found.steps if (drawn := over_time(step, found))],
        "is_place": by == PLACE,
        "missed": MissedGroup.objects.current().of_branches(branches).to_be_shown(),
        "segments": Segment.objects.select_related("band", "branch"),
        "first": found.first,
        "last": found.last,
        "ways": found.ways,
        "query": request.GET.urlencode(),
    }
    return render(request, "insight/desk/reaching/hearing.html", page)


def says(cell: Cell) -> str:
    if cell.row is None:
        return _("too few to show") if cell.is_known else _("not asked")
    return str(STANDINGS[cell.row.standing])


def plot(step: Step, found: Portrait) -> Plot:
    """For each 100 that would have been their share: what a trustee reads without knowing what an index is."""
    named = zip(found.bands, step.cells, strict=True)
    return beside_their_share(step.label, [(name, cell.row, says(cell)) for (_s, name, _p), cell in named])


def over_time(step: Step, found: Portrait) -> Plot | None:
    """The share of each band by quarter; of many bands those whose index is lowest."""
    if len(step.quarters) < 2:
        return None
    known = [i for i, cell in enumerate(step.cells) if cell.is_known]
    order = sorted(known, key=lambda i: step.cells[i].row.index if step.cells[i].row else 9.0)  # type: ignore[union-attr]
    lines = [Series(found.bands[i][1], [shares[i] for _day, shares in step.quarters]) for i in order[:_MOST_LINES]]
    if all(value is None for one in lines for value in one.values):
        return None
    marks = [date_format(day, "M Y") for day, _shares in step.quarters]
    title = _("%(step)s: their share by quarter, in percent") % {"step": step.label}
    return line(title, marks, lines, summary=_("A gap means: too few to show."), what=_("From"))


def _file(request: HttpRequest, found: Portrait) -> HttpResponseBase:
    header = ["step", "band", "n", "share", "share_living_here", "index", "low", "high", "standing"]
    rows = [
        [step.name, name, *_numbers(cell, share), says(cell)]
        for step in found.steps
        for (_slug, name, share), cell in zip(found.bands, step.cells, strict=True)
    ]
    answer = csv_response if request.GET["export"] == "csv" else xlsx_response
    return answer("whom-we-hear", header, rows)


def _numbers(cell: Cell, living: float) -> list[object]:
    row = cell.row
    if row is None:
        return [None, None, round(living, 2), None, None, None]
    return [
        row.heard,
        round(100 * row.share, 2),
        round(living, 2),
        *(round(one, 3) for one in (row.index, row.low, row.high)),
    ]
