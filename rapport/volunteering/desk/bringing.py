from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.lib.tables import UnreadableTable
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.volunteering.models import KindOfHelp
from rapport.volunteering.table import NEEDED, Read, TooManyOfABand, read, take


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX with a row for each branch, month and kind of help"),
    )
    tries = forms.BooleanField(
        label=gettext_lazy("Only look: tell me what you would take"), required=False, initial=True
    )


@staff_may("volunteering.bring")
def file(request: PersonRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    found: Read | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = read(form.cleaned_data["file"], _branches(request))
        except UnreadableTable as problem:
            form.add_error("file", _("This file cannot be read as a table. %(why)s") % {"why": problem})
        if (
            found
            and found.lines
            and not found.refused
            and not form.cleaned_data["tries"]
            and _taken(request, form, found)
        ):
            return redirect("volunteering:desk-reports")
    page = {"form": form, "found": found, "needed": NEEDED, "kinds": KindOfHelp.choices}
    return render(request, "volunteering/desk/file.html", page, status=422 if form.errors else 200)


def _branches(request: PersonRequest) -> list[Branch]:
    keys = request.user.branches_where("volunteering.bring")
    return list(Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys))


def _taken(request: PersonRequest, form: FileForm, found: Read) -> bool:
    try:
        n = take(found.lines, by=request.user)
    except TooManyOfABand:
        form.add_error("file", _("In a month that is here already more people said something of themselves."))
        return False
    messages.success(request, ngettext("%(n)s row was taken.", "%(n)s rows were taken.", n) % {"n": n})
    return True
