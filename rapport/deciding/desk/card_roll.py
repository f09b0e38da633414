"""The roll of library cards: a table of numbers comes in, keyed hashes stay."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.deciding.models import Card
from rapport.lib.tables import Table, UnreadableTable
from rapport.people.guards import PersonRequest, staff_may

LARGEST = 30_000_000


class RollForm(forms.Form):
    """One column of numbers; where there are several, its name."""

    file = forms.FileField(
        label=gettext_lazy("The list of cards"),
        help_text=gettext_lazy("CSV or XLSX, with names in the first row, up to 30 MB. Leave out everything else."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    column = forms.CharField(
        label=gettext_lazy("The column with the numbers"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Without a name, the first column"),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is None:
            return given
        if file.size > LARGEST:
            self.add_error("file", _("It is larger than 30 MB. Leave only the column with the numbers."))
            return given
        try:
            given["numbers"] = _numbers(file, given["column"])
        except UnreadableTable as problem:
            self.add_error("file", _("This file cannot be read as a table. %(why)s") % {"why": problem})
        except ValueError:
            self.add_error("column", _("The first row has no such name."))
        return given


def _numbers(file: Any, column: str) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix.lower()[:6]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        table = Table(Path(kept.name))
        name = column.strip() or table.names()[0]
        return [number for number in table.columns([name])[1][name] if number]


@staff_may("deciding.cards")
def card_roll(request: PersonRequest) -> HttpResponse:
    form = RollForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        count = Card.objects.replace_roll(form.cleaned_data["numbers"])
        messages.success(request, _("%(n)s cards are on the roll now. Their numbers are kept nowhere.") % {"n": count})
        return redirect("deciding:desk-card-roll")
    last = Card.objects.order_by("-since").first()
    page = {"form": form, "cards": Card.objects.count(), "since": last.since if last else None}
    return render(request, "deciding/desk/card_roll.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("deciding.cards")
def card_roll_removal(request: PersonRequest) -> HttpResponse:
    Card.objects.all().delete()
    messages.success(request, _("There is no roll any more. Numbers are checked by how they are written."))
    return redirect("deciding:desk-card-roll")
