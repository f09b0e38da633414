"""Spreadsheets of earlier years at the desk: bring one, see how it is understood, let it count."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.lib.tables import Table, UnreadableTable
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.counting.past_sheets import (
    ELSEWHERE,
    ONLINE,
    Reading,
    bring,
    read,
    settle,
    take,
    understand,
    unsettled,
)
from rapport.programs.methods.past_rows import NAMES, audience_in
from rapport.programs.models import Band, PastSheet

_LARGEST = 5_000_000
_MOST_CELLS = 500_000
_SHOWN = 20


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A file with one row for each date, or for the dates of a month"),
        help_text=gettext_lazy("CSV or XLSX, at most 5 MB. You see how it is understood before anything counts."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("It is larger than 5 MB. Please bring it in parts."))
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"sheet{Path(file.name).suffix.lower()}"
            path.write_bytes(file.read())
            try:
                self.grid = Table(path).grid(most=_MOST_CELLS)
            except UnreadableTable as problem:
                raise forms.ValidationError(str(problem)) from problem
        return file


_LABELS = {
    "title": gettext_lazy("What it was"),
    "place": gettext_lazy("Branch or place"),
    "day": gettext_lazy("Day"),
    "year": gettext_lazy("Year"),
    "month": gettext_lazy("Month"),
    "audience": gettext_lazy("For whom"),
    "events": gettext_lazy("How many dates"),
    "attendance": gettext_lazy("How many came"),
}


class MappingForm(forms.Form):
    """Which column is what, which place is which branch, and which group is whose: as guessed, to be put right."""

    def __init__(self, data: Any, found: Reading) -> None:
        super().__init__(data, auto_id="map-%s")
        self.sheet, names = found.sheet, [("", "–"), *((name, name) for name in (found.sheet.grid or [[]])[0])]
        for what in NAMES:
            self.fields[f"column-{what}"] = forms.ChoiceField(
                label=_LABELS[what], choices=names, required=False, initial=self.sheet.columns.get(what, "")
            )
        self.fields["in_year"] = forms.IntegerField(
            label=gettext_lazy("Year, if no column says it"), required=False, min_value=1900, max_value=2199,
            initial=self.sheet.columns.get("in_year"),
        )  # fmt: skip
        self._places = self._ask("place", found.places, self.sheet.places, self._where())
        self._audiences = self._ask("audience", found.audiences, self.sheet.audiences, Band.choices)

    @staticmethod
    def _where() -> list[tuple[str, Any]]:
        branches = [(one.slug, str(one)) for one in Branch.objects.all()]
        others = [(ONLINE, gettext_lazy("online")), (ELSEWHERE, gettext_lazy("elsewhere"))]
        return [("", gettext_lazy("at the library, under this name")), *branches, *others]

    def _ask(self, kind: str, said: list[str], known: dict[str, str], choices: Any) -> dict[str, str]:
        asked = {}
        for number, words in enumerate(said):
            note = (
                gettext_lazy("A rule chose this: please look.") if kind == "audience" and audience_in(words)[1] else ""
            )
            self.fields[f"{kind}-{number}"] = forms.ChoiceField(
                label=words or "–", choices=choices, required=False, initial=known.get(words, ""), help_text=note
            )
            asked[f"{kind}-{number}"] = words
        return asked

    def part(self, kind: str) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(kind)]

    @property
    def columns(self) -> list[Any]:
        return [*self.part("column"), self["in_year"]]

    @property
    def places(self) -> list[Any]:
        return self.part("place")

    @property
    def audiences(self) -> list[Any]:
        return self.part("audience")

    def keep(self) -> None:
        given, sheet = self.cleaned_data, self.sheet
        columns = {what: given[f"column-{what}"] for what in NAMES if given.get(f"column-{what}")}
        sheet.columns = columns | ({"in_year": given["in_year"]} if given["in_year"] else {})
        sheet.places |= {words: given[name] for name, words in self._places.items()}
        sheet.audiences |= {words: given[name] for name, words in self._audiences.items() if given[name]}
        understand(sheet)
        sheet.save()


@staff_may("programs.change")
def past_counts(request: PersonRequest) -> HttpResponse:
    form = SheetForm(request.POST or None, request.FILES or None, auto_id="sheet-%s")
    if request.method == "POST" and form.is_valid():
        sheet = bring(Path(form.cleaned_data["file"].name).name[:200], form.grid, by=request.user)
        return redirect("programs:desk-past-sheet", sheet.pk)
    page = {
        "form": form,
        "sheets": PastSheet.objects.select_related("by"),
        "unsettled": unsettled(),
        "bands": Band.choices,
    }
    return render(request, "programs/desk/past/sheets.html", page, status=422 if form.is_bound else 200)


@staff_may("programs.change")
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(PastSheet, pk=pk)
    if one.taken_at:
        return render(
            request,
            "programs/desk/past/taken.html",
            {"sheet": one, "rows": one.counts.select_related("branch")[:_SHOWN]},
        )
    found = read(one)
    form = MappingForm(request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        form.keep()
        messages.success(request, _("Kept. Below is how it is read now."))
        return redirect("programs:desk-past-sheet", one.pk)
    page = {"sheet": one, "found": found, "form": form, "rows": found.rows[:_SHOWN], "refused": found.refused[:_SHOWN],
            "lacks": [_LABELS[what] for what in found.lacks]}  # fmt: skip
    return render(request, "programs/desk/past/sheet.html", page, status=422 if form.is_bound else 200)


@staff_may("programs.change")
@require_POST
def taking(request: PersonRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(PastSheet.objects.waiting(), pk=pk)
    if read(one).lacks:
        messages.error(request, _("Say first which columns hold the title, the day or month, and how many came."))
    else:
        take(one)
        said = _("%(new)d rows count now; %(known)d had come before.")
        messages.success(request, said % {"new": one.taken, "known": one.known})
    return redirect("programs:desk-past-sheet", one.pk)


@staff_may("programs.change")
@require_POST
def settlement(request: PersonRequest) -> HttpResponse:
    """A person says whom dates were for first, where only a rule had said it."""
    band = request.POST.get("band", "")
    if band in Band.values:
        n = settle(request.POST.get("words", ""), Band(band), by=request.user)
        messages.success(request, _("Kept for %(n)d rows.") % {"n": n})
    return redirect("programs:desk-past-counts")
