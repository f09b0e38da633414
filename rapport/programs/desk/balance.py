"""Whom our programs are for: one page for the program audit and the balance of what is on."""

from collections.abc import Iterator
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.methods.assessing.representation import Standing
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.balancing.balance import Aspect, Balance, Row
from rapport.programs.balancing.gaps import gaps
from rapport.programs.balancing.letters import ask_by_letter
from rapport.programs.balancing.presenters_say import presenters_say
from rapport.programs.models import Presenter, SelfDescription
from rapport.ui.charts import Bar, Plot, bars
from rapport.ui.listing import Column, Listing

STANDINGS = {
    Standing.MISSING: gettext_lazy("less than their share"),
    Standing.MORE: gettext_lazy("more than their share"),
    Standing.IN_LINE: gettext_lazy("about their share"),
    Standing.UNSURE: gettext_lazy("too close to tell"),
    Standing.TOO_FEW: gettext_lazy("too few dates to tell"),
}


class BalanceForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("to"), widget=forms.DateInput(attrs={"type": "date"}))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), required=False, empty_label=gettext_lazy("any branch")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day is before the first. Choose a later one."))
        return said


@staff_may("programs.see")
def balance(request: PersonRequest) -> HttpResponseBase:
    form, found = _looked_at(request)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return file_response(str(request.GET["export"]), "whom-our-programs-are-for", HEADER, _rows(found))
    across, down = _pair(request, found)
    page = {
        "form": form,
        "balance": found,
        "aspects": [(one, plot(one), [(row, says(row)) for row in one.rows]) for one in found.aspects]
        if found.n
        else [],
        "gaps": list(gaps(found)),
        "across": across,
        "down": down,
        "cross": _table(found, down, across),
        "presenters": presenters_say(),
        "may_plan": request.user.has_perm("programs.change"),
        "query": _query(request),
    }
    return render(request, "programs/desk/balance/balance.html", page, status=422 if form.errors else 200)


def _looked_at(request: HttpRequest) -> tuple[BalanceForm, Balance]:
    """The year until today, unless the address says otherwise."""
    today = timezone.localdate()
    told = {"first": (today - relativedelta(years=1)).isoformat(), "last": today.isoformat()}
    told |= {name: value for name, value in request.GET.items() if name in BalanceForm.base_fields}
    form = BalanceForm(told)
    if form.is_valid():
        return form, Balance(form.cleaned_data["first"], form.cleaned_data["last"], form.cleaned_data["branch"])
    return form, Balance(today - relativedelta(years=1), today)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("export", None)
    return kept.urlencode()


def _pair(request: HttpRequest, found: Balance) -> tuple[Aspect, Aspect]:
    """Which two stand beside each other: audience by language, unless the address says otherwise."""
    named = {one.name: one for one in found.aspects}
    across = named.get(request.GET.get("across", ""), named["audience"])
    down = named.get(request.GET.get("down", ""), named["language"])
    return across, down


def _table(found: Balance, down: Aspect, across: Aspect) -> list[tuple[Row, list[int]]]:
    cross = found.cross(down, across)
    return list(zip(down.rows, map(list, cross.counts), strict=True))


def says(row: Row) -> str:
    return str(STANDINGS[row.beside.standing]) if row.beside else ""


def plot(one: Aspect) -> Plot:
    marks = [Bar(str(row.label), round(row.share), _("%% (%(n)s)") % {"n": row.n}) for row in one.rows]
    most = max(one.rows, key=lambda row: row.n)
    said = _("Most often: %(what)s.") % {"what": most.label}
    return bars(one.label, marks, summary=said, header=(one.label, _("Share of dates in %")), most=100)


HEADER = ["aspect", "value", "dates", "share", "living_here", "index", "low", "high", "standing"]


def _rows(found: Balance) -> Iterator[list[object]]:
    for one in found.aspects:
        for row in one.rows:
            beside = row.beside
            numbers: list[object] = [None] * 4
            if beside:
                numbers = [
                    round(100 * beside.people, 2),
                    *(round(n, 3) for n in (beside.index, beside.low, beside.high)),
                ]
            yield [one.name, str(row.label), row.n, round(row.share, 2), *numbers, says(row)]


COLUMNS = [
    Column("name", gettext_lazy("Presenter"), sort="name"),
    Column("organisation", gettext_lazy("Organisation")),
    Column("asked", gettext_lazy("Asked"), template="programs/desk/balance/asked_cell.html"),
]


@staff_may("programs.change")
def presenters(request: PersonRequest) -> HttpResponseBase:
    """Who has been asked to say who they are; never who has answered."""
    asked = SelfDescription.objects.filter(presenter=OuterRef("pk"))
    rows = Presenter.objects.annotate(is_asked=Exists(asked)).order_by("name", "pk")
    listing = Listing(request, rows, columns=COLUMNS, search=["name", "organisation"], name="presenters-asked")
    if listing.wants_file:
        return listing.file()
    return render(request, "programs/desk/balance/presenters.html", {"listing": listing})


@require_POST
@staff_may("programs.change")
def asking(request: PersonRequest, presenter: int) -> HttpResponse:
    """Those with an address get a letter; for the others the link is shown once, to be handed over on paper."""
    found = get_object_or_404(Presenter, pk=presenter)
    description = SelfDescription.objects.ask(found, by=request.user)
    if found.email or found.person:
        ask_by_letter(description)
        messages.success(request, _("A letter with their own link is on its way."))
        return redirect("programs:balance-presenters")
    return render(request, "programs/desk/balance/slip.html", {"presenter": found, "description": description})
