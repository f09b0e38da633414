"""Bringing in census tables: upload, say which column is what, look at what would come of it, take it in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.community.desk.columns import ColumnsForm
from rapport.community.desk.files import TableField
from rapport.community.desk.reach import MAY, may_change_all, reaching_all
from rapport.community.methods import ACS_TABLES, Unknown
from rapport.community.models import CensusArea, CensusTable, Dimension, Preview
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import Column, Listing

_SHOWN = 50
WHY = {
    Unknown.EMPTY: gettext_lazy("there is no number"),
    Unknown.TOO_FEW: gettext_lazy("too few people were asked to say"),
    Unknown.HIDDEN: gettext_lazy("kept back so that nobody is recognised"),
    Unknown.NOT_APPLICABLE: gettext_lazy("does not apply here"),
    Unknown.BOUND: gettext_lazy("only a bound, not a number"),
    Unknown.BELOW_ZERO: gettext_lazy("below zero"),
    Unknown.UNREADABLE: gettext_lazy("not a number that we can read"),
}


class UploadForm(forms.Form):
    file = TableField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, just as the census office gives it; up to 8 MB"),
    )
    of_day = forms.DateField(
        label=gettext_lazy("As of"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("For five years together, the last day of the last year"),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    vintage = forms.CharField(
        label=gettext_lazy("Vintage"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as “five years, 2019 to 2023”"),
    )

    def clean_of_day(self) -> Any:
        day = self.cleaned_data["of_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day


COLUMNS = [
    Column("file_name", gettext_lazy("File"), link="get_absolute_url", sort="file_name"),
    Column("source", gettext_lazy("Source")),
    Column("vintage", gettext_lazy("Vintage")),
    Column("of_day", gettext_lazy("As of"), sort="of_day"),
    Column("new", gettext_lazy("New figures"), lambda one: one.report.get("new"), number=True),
    Column("taken", gettext_lazy("Taken in"), lambda one: timezone.localdate(one.taken_at) if one.taken_at else None),
    Column("by", gettext_lazy("By"), "by.name"),
]


@staff_may("community.see")
def tables(request: PersonRequest) -> HttpResponseBase:
    rows = CensusTable.objects.defer("grid").select_related("by")
    listing = Listing(request, rows, columns=COLUMNS, search=["file_name", "source"], order="-at", name="census-tables")
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change_all": may_change_all(request.user)}
    return render(request, "community/desk/tables.html", page)


@staff_may(MAY)
@reaching_all
def new(request: PersonRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data.pop("file")
        table = CensusTable(file_name=uploaded.name, grid=uploaded.grid, by=request.user, **form.cleaned_data)
        table.recognise()
        table.save()
        Dimension.objects.ship({dimension for dimension, _band in ACS_TABLES.get(table.table, {})})
        return redirect(table)
    page = {"form": form, "known": sorted(ACS_TABLES)}
    return render(request, "community/desk/table_new.html", page, status=422 if form.errors else 200)


@staff_may("community.see")
def table(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(CensusTable, pk=pk))


def _shown(request: PersonRequest, table: CensusTable, form: ColumnsForm | None = None) -> HttpResponse:
    wrong = form is not None
    open_ = not table.taken_at
    preview = table.preview() if open_ else Preview()
    page = {
        "table": table,
        "preview": preview,
        "refused": [(one.where, WHY[one.why], one.text) for one in preview.refused[:_SHOWN]],
        "was_refused": [
            (one["where"], WHY[Unknown(one["why"])], one["text"]) for one in table.report.get("refused", [])
        ],
        "sample": preview.counted[:_SHOWN],
        "rows": table.grid[:8],
        "lacking": _lacking(preview) if open_ else [],
        "may_change_all": may_change_all(request.user),
        "form": form or (ColumnsForm(table=table) if open_ and not table.is_known else None),
        "any_dimension": Dimension.objects.exists(),
    }
    return render(request, "community/desk/table.html", page, status=422 if wrong else 200)


def _lacking(preview: Preview) -> list[CensusArea]:
    """Areas that a branch serves and of which this table says nothing: its sums would lack them."""
    told = {one.area for one in preview.counted}
    return list(CensusArea.objects.exclude(shares=None).exclude(code__in=told)[:20]) if told else []


def _open(pk: int) -> CensusTable:
    return get_object_or_404(CensusTable, pk=pk, taken_at=None)


@require_POST
@staff_may(MAY)
@reaching_all
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    table = _open(pk)
    form = ColumnsForm(request.POST, table=table)
    if not form.is_valid():
        return _shown(request, table, form)
    table.columns = form.stored()
    table.save(update_fields=["columns"])
    return redirect(table)


@require_POST
@staff_may(MAY)
@reaching_all
def taking(request: PersonRequest, pk: int) -> HttpResponse:
    table = _open(pk)
    taken = table.take_in(by=request.user)
    if taken.anything:
        said = ngettext("%(n)s figure is new or different.", "%(n)s figures are new or different.", taken.anything)
        messages.success(request, said % {"n": taken.anything})
    else:
        messages.info(request, _("All of it was there already: nothing was added."))
    return redirect(table)


@require_POST
@staff_may(MAY)
@reaching_all
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw away a table that was not taken in; what was taken in stays on record."""
    _open(pk).delete()
    messages.success(request, _("Thrown away. Nothing was taken from it."))
    return redirect("community:tables")
