"""Entering the profile of one service area by hand, all its bands on one page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.community.desk.reach import MAY
from rapport.community.models import Band, Dimension, Figure
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch

Counts = dict[Band, tuple[float, float | None]]


class FiguresForm(forms.Form):
    """A table of bands: how many people, and the margin. What is left empty is unknown and stays as it was."""

    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Whom"), required=False, empty_label=gettext_lazy("the whole library")
    )
    of_day = forms.DateField(label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("Who published it, and in which table, so that anyone can look it up"),
    )
    vintage = forms.CharField(
        label=gettext_lazy("Vintage"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as “five years, 2019 to 2023”"),
    )

    def __init__(self, *args: Any, branches: set[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if branches is not None:
            field = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True  # type: ignore[attr-defined]
        self.dimensions = list(Dimension.objects.prefetch_related("bands"))
        for band in self._bands():
            self.fields[f"people_{band.pk}"] = self._number(_("%(band)s: how many") % {"band": band})
            self.fields[f"margin_{band.pk}"] = self._number(_("%(band)s: margin of error") % {"band": band})

    def _bands(self) -> list[Band]:
        return [band for dimension in self.dimensions for band in dimension.bands.all()]

    def _number(self, label: str) -> forms.FloatField:
        return forms.FloatField(label=label, min_value=0, max_value=1e9, required=False)

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("branch", "of_day", "source", "vintage")]

    def sheet(self) -> list[tuple[Dimension, list[tuple[Band, forms.BoundField, forms.BoundField]]]]:
        return [
            (one, [(band, self[f"people_{band.pk}"], self[f"margin_{band.pk}"]) for band in one.bands.all()])
            for one in self.dimensions
        ]

    def clean_of_day(self) -> Any:
        day = self.cleaned_data["of_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        for band in self._bands():
            number, margin = (self.cleaned_data.get(f"{name}_{band.pk}") for name in ("people", "margin"))
            if number is None and margin is not None:
                self.add_error(f"people_{band.pk}", _("There is a margin, but no number. Please enter both."))
        if not self.errors and not self.counts():
            raise forms.ValidationError(
                _("No number has been entered yet. One is enough; what is unknown stays empty.")
            )
        return self.cleaned_data

    def counts(self) -> Counts:
        found = self.cleaned_data
        return {
            band: (found[f"people_{band.pk}"], found.get(f"margin_{band.pk}"))
            for band in self._bands()
            if found.get(f"people_{band.pk}") is not None
        }


@staff_may(MAY)
def entry(request: PersonRequest) -> HttpResponse:
    branches = request.user.branches_where(MAY)
    form = FiguresForm(request.POST or None, branches=branches, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        head = {name: form.cleaned_data[name] for name in ("branch", "of_day", "source", "vintage")}
        changed = Figure.objects.write(form.counts(), by=request.user, **head)
        said = ngettext("%(n)s figure is new or different.", "%(n)s figures are new or different.", changed)
        messages.success(request, said % {"n": changed})
        branch = head["branch"]
        return redirect(reverse("community:desk-branch", args=[branch.slug]) if branch else "community:desk-profile")
    return render(request, "community/desk/entry.html", {"form": form}, status=422 if form.errors else 200)


def _known(request: PersonRequest) -> dict[str, Any]:
    """What stands there already for the branch and day of the address, so that one can mend it."""
    branch = Branch.objects.filter(slug=request.GET.get("branch", "")).first()
    head: dict[str, Any] = {"branch": branch, "of_day": timezone.localdate().replace(month=1, day=1)}
    figures = Figure.objects.filter(branch=branch)
    newest = figures.order_by("-of_day").first() if "branch" in request.GET else None
    if newest is None:
        return head
    numbers: dict[str, Any] = {"of_day": newest.of_day, "source": newest.source, "vintage": newest.vintage}
    for one in figures.filter(of_day=newest.of_day):
        numbers |= {f"people_{one.band_id}": one.estimate, f"margin_{one.band_id}": one.margin_of_error}
    return head | numbers
