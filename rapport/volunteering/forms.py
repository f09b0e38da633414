from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import Band, Dimension
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.volunteering.models import Helped, KindOfHelp
from rapport.volunteering.models.helped import MOST_HOURS


def branches_of(person: Person) -> "QuerySet[Branch]":
    keys = person.branches_where("volunteering.report")
    return Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)


class ReportForm(forms.Form):
    branch = forms.ModelChoiceField(Branch.objects.none(), label=gettext_lazy("Where"), empty_label=None)
    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text=gettext_lazy("Such as 2026-10"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of help"), choices=KindOfHelp.choices)
    volunteers = forms.IntegerField(label=gettext_lazy("How many people"), min_value=0, max_value=100_000)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours of all together"), min_value=0, max_digits=9, decimal_places=2, localize=True
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False,
                           help_text=gettext_lazy("No names, please."))  # fmt: skip

    def __init__(self, data: Any = None, *, person: Person, report: Helped | None = None) -> None:
        super().__init__(data, initial=_initial(report))
        self.fields["branch"].queryset = branches_of(person)  # type: ignore[attr-defined]
        if report:
            for name in ("branch", "month", "kind"):
                self.fields[name].disabled = True

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"].replace(day=1)
        if month > timezone.localdate():
            raise forms.ValidationError(_("This month has not begun yet."))
        return month

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if "volunteers" in given and "hours" in given and given["hours"] > given["volunteers"] * MOST_HOURS:
            self.add_error("hours", _("A month does not have so many hours for so many people."))
        return given

    def save(self, *, by: Person) -> Helped:
        return Helped.objects.report(by=by, **self.cleaned_data)


def _initial(report: Helped | None) -> dict[str, Any]:
    if report is None:
        return {"month": timezone.localdate().replace(day=1)}
    return {name: getattr(report, name) for name in ("branch", "month", "kind", "volunteers", "hours", "note")}


class BandsForm(forms.Form):
    """How many said what of themselves, by one dimension: optional, and only where they were asked."""

    def __init__(self, data: Any = None, *, report: Helped) -> None:
        super().__init__(data)
        self.report = report
        said = {one.band_id: one.count for one in report.bands.all()}
        self._bands = list(
            Band.objects.filter(dimension__counts_households=False)
            .select_related("dimension")
            .order_by("dimension__order", "order")
        )
        for band in self._bands:
            self.fields[f"band-{band.pk}"] = forms.IntegerField(
                label=str(band), min_value=0, max_value=100_000, required=False, initial=said.get(band.pk)
            )

    @property
    def groups(self) -> list[tuple[Dimension, list[forms.BoundField], bool]]:
        found: dict[int, tuple[Dimension, list[forms.BoundField]]] = {}
        for band in self._bands:
            found.setdefault(band.dimension_id, (band.dimension, []))[1].append(self[f"band-{band.pk}"])
        return [
            (dimension, fields, any(field.value() or field.errors for field in fields))
            for dimension, fields in found.values()
        ]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        totals: dict[int, int] = {}
        for band in self._bands:
            totals[band.dimension_id] = totals.get(band.dimension_id, 0) + (given.get(f"band-{band.pk}") or 0)
        for band in self._bands:
            if totals[band.dimension_id] > self.report.volunteers:
                said = {"what": band.dimension, "n": self.report.volunteers}
                raise forms.ValidationError(_("%(what)s: these are more than the %(n)s who helped.") % said)
        return given

    def save(self) -> None:
        said = {band: self.cleaned_data.get(f"band-{band.pk}") or 0 for band in self._bands}
        self.report.say_bands(said)
