from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing
from rapport.volunteering.forms import BandsForm, ReportForm
from rapport.volunteering.models import Helped, KindOfHelp, TooManyOfABand


class ReportFilters(Sentence):
    kind = forms.ChoiceField(
        label=gettext_lazy("show help"), choices=[("", gettext_lazy("of every kind")), *KindOfHelp.choices]
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    year = forms.IntegerField(label=gettext_lazy("in the year"), min_value=1900, max_value=2200)

    def narrow_year(self, rows: QuerySet[Helped], value: int) -> QuerySet[Helped]:
        return rows.filter(month__year=value)


COLUMNS = [
    Column(
        "month", gettext_lazy("Month"), lambda one: one.month.strftime("%Y-%m"), sort="month", link="get_absolute_url"
    ),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("kind", gettext_lazy("Kind of help"), "get_kind_display"),
    Column("volunteers", gettext_lazy("People"), sort="volunteers"),
    Column("hours", gettext_lazy("Hours"), sort="hours"),
    Column("note", gettext_lazy("Note"), only_in_files=True),
]


def seen_by(person: Person, permission: str = "volunteering.see") -> "QuerySet[Helped]":
    rows = Helped.objects.select_related("branch", "by")
    keys = person.branches_where(permission)
    return rows if keys is None else rows.filter(branch__in=keys)


@staff_may("volunteering.see")
def reports(request: PersonRequest) -> HttpResponseBase:
    rows = seen_by(request.user)
    listing = Listing(request, rows, columns=COLUMNS, filters=ReportFilters, order="-month", name="volunteer-hours")
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "years": Helped.objects.filter(pk__in=rows.values("pk")).by_year(),
        "may_report": request.user.has_perm("volunteering.report"),
        "may_bring": request.user.has_perm("volunteering.bring"),
    }
    return render(request, "volunteering/desk/reports.html", page)


@staff_may("volunteering.report")
def new(request: PersonRequest) -> HttpResponse:
    form = ReportForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        one = _kept(request, form)
        if one is not None:
            return redirect(one)
    return render(request, "volunteering/desk/new.html", {"form": form}, status=422 if form.errors else 200)


def _kept(request: PersonRequest, form: ReportForm) -> Helped | None:
    try:
        one = form.save(by=request.user)
    except TooManyOfABand:
        form.add_error("volunteers", _("More than these said something of themselves. Change that first."))
        return None
    messages.success(request, _("Noted. Thank them from us."))
    return one


@staff_may("volunteering.see")
def report(request: PersonRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(seen_by(request.user), pk=pk)
    may = request.user.has_perm("volunteering.report", one)
    if request.method == "POST":
        if not may:
            raise Http404
        return _changed(request, one)
    return _shown(request, one, may)


def _changed(request: PersonRequest, one: Helped) -> HttpResponse:
    if request.POST.get("part") == "bands":
        bands = BandsForm(request.POST, report=one)
        if not bands.is_valid():
            return _shown(request, one, True, bands=bands)
        bands.save()
        messages.success(request, _("Noted."))
        return redirect(one)
    form = ReportForm(request.POST, person=request.user, report=one)
    if form.is_valid() and _kept(request, form):
        return redirect(one)
    return _shown(request, one, True, form=form)


def _shown(request: PersonRequest, one: Helped, may: bool, **forms: Any) -> HttpResponse:
    page = {
        "report": one,
        "form": ReportForm(person=request.user, report=one),
        "bands": BandsForm(report=one),
        "may_report": may,
        **forms,
    }
    return render(request, "volunteering/desk/report.html", page, status=422 if forms else 200)


@require_POST
@staff_may("volunteering.report")
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(seen_by(request.user, "volunteering.report"), pk=pk).delete()
    messages.success(request, _("Taken out."))
    return redirect("volunteering:desk-reports")
