from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.places.models import Branch
from rapport.programs.counting.year import Period
from rapport.programs.methods.statistics import SETS, ElementSet
from rapport.programs.models import Afar, Basis, Session

_DAY = {"type": "date"}
_MOST_ONLINE = 100_000


class PeriodForm(forms.Form):
    """Which form, which days, which branch."""

    elements = forms.ChoiceField(label=_("Form"), choices=[(one.name, one.title) for one in SETS.values()])
    first = forms.DateField(label=_("From"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=_("Branch"),
        required=False,
        to_field_name="slug",
        empty_label=_("the whole library"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it begins."))
        return cleaned

    @property
    def period(self) -> Period:
        given = self.cleaned_data
        return Period(given["first"], given["last"], given["branch"])

    @property
    def element_set(self) -> ElementSet:
        return SETS[self.cleaned_data["elements"]]


def this_year() -> dict[str, object]:
    """The calendar year so far as a whole, unless somebody asks for another."""
    year = timezone.localdate().year
    return {"elements": next(iter(SETS)), "first": date(year, 1, 1), "last": date(year, 12, 31)}


class ExplanationForm(forms.Form):
    words = forms.CharField(label=_("Why is it so different from the year before?"), max_length=500)


class AfarForm(forms.Form):
    """Who was there from afar, and whether the number is an estimate; beside the tally of the room."""

    online = forms.IntegerField(
        label=_("Online"),
        required=False,
        min_value=0,
        max_value=_MOST_ONLINE,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "tally__number"}),
        help_text=_("A device is one. Who watches later is not counted here. Leave empty what nobody counted."),
    )
    way = forms.ChoiceField(label=_("What was counted"), required=False, choices=Afar.choices)
    basis = forms.ChoiceField(
        label=_("Is the number an estimate?"),
        required=False,
        choices=[("", _("no, it was counted")), *Basis.choices],
        help_text=_("The yearly form marks a count as CT and an estimate as ES."),
    )

    def __init__(self, data: Any = None, *, session: Session, auto_id: str = "afar-%s") -> None:
        afar, estimate = getattr(session, "online_count", None), getattr(session, "estimate", None)
        initial = {
            "online": afar.count if afar else None,
            "way": afar.way if afar else Afar.MEETING,
            "basis": estimate.basis if estimate else "",
        }
        super().__init__(data, initial=initial, auto_id=auto_id)
        self.is_expected = session.is_hybrid or session.setting == "virtual"
        if not self.is_expected and afar is None:
            del self.fields["online"], self.fields["way"]

    def counted(self) -> int | None:
        found: int | None = self.cleaned_data.get("online")
        return found
