"""Bringing dates in from another calendar: what the file holds, what it would change, and then doing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.programs.bringing.entries import UnreadableFile
from rapport.programs.bringing.reading import map_columns, read
from rapport.programs.bringing.table import FIELDS, NEEDED, lacking
from rapport.programs.desk.found import within_reach
from rapport.programs.forms import languages
from rapport.programs.models import CalendarFile

SHOWN = 60


class CalendarFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("iCalendar (.ics), or a table (CSV, XLSX) as LibCal, Communico and others put it out"),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,.csv,.tsv,.txt,.xlsx,text/calendar,text/csv"}),
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Branch, where the file names none"), required=False, empty_label="–"
    )
    language = forms.ChoiceField(label=gettext_lazy("Language, where the file names none"))
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Such as “LibCal”. Under the same name the same dates are changed and not doubled."),
    )

    def __init__(self, *args: Any, branches: set[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        if branches is not None:
            self.fields["branch"].queryset = Branch.objects.filter(pk__in=branches)  # type: ignore[attr-defined]
            self.fields["branch"].required = True


class ColumnsForm(forms.Form):
    """Which column of the table is what."""

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *[(name, name) for name in names if name]]
        for field, (label, _usual) in FIELDS.items():
            self.fields[field] = forms.ChoiceField(
                label=str(label).capitalize(), choices=choices, required=field in NEEDED
            )


def _mine(request: PersonRequest) -> QuerySet[CalendarFile]:
    rows = CalendarFile.objects.select_related("branch", "by")
    return within_reach(rows, request.user, "programs.change")


@staff_may("programs.change")
def calendar_files(request: PersonRequest) -> HttpResponse:
    reach = request.user.branches_where("programs.change")
    form = CalendarFileForm(request.POST or None, request.FILES or None, branches=reach)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        upload = given.pop("file")
        try:
            return redirect(read(upload.read(), upload.name, by=request.user, **given))
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
    page = {"form": form, "files": _mine(request)[:20]}
    return render(request, "programs/desk/calendar_files.html", page, status=422 if form.errors else 200)


@staff_may("programs.change")
def calendar_file(request: PersonRequest, pk: int) -> HttpResponse:
    """What it would bring. Sending the mapping of columns reads it anew."""
    file = get_object_or_404(_mine(request), pk=pk)
    names = [str(name).strip() for name in file.grid[0]] if file.grid else []
    form = ColumnsForm(request.POST or None, names=names, initial=file.columns) if names else None
    if request.method == "POST" and form is not None and form.is_valid():
        map_columns(file, {field: column for field, column in form.cleaned_data.items() if column})
        file.save()
        return redirect(file)
    page = {
        "file": file,
        "form": form,
        "lacks": file.kind == "csv" and bool(lacking(file.columns)),
        "outcome": file.preview() if not file.taken_at else None,
        "shown": file.entries[:SHOWN],
        "more": max(0, len(file.entries) - SHOWN),
        "refused": file.refused[:SHOWN],
        "more_refused": max(0, len(file.refused) - SHOWN),
    }
    return render(request, "programs/desk/calendar_file.html", page, status=422 if form and form.errors else 200)


@staff_may("programs.change")
@require_POST
def taking(request: PersonRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(_mine(request), pk=pk)
    if file.taken_at:
        messages.info(request, _("It was brought in already. Nothing was changed."))
        return redirect(file)
    outcome = file.take_in(by=request.user)
    said = _("New: %(new)d. Changed: %(changed)d. Cancelled: %(cancelled)d. As before: %(same)d.")
    messages.success(request, said % vars(outcome))
    return redirect(file)
