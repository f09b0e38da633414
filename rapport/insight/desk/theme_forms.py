from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Definition, Round, Theme
from rapport.insight.models.coding_sample import MOST_SAMPLED
from rapport.places.models import Branch


class DefinitionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Definition
        fields = ["means", "includes", "excludes", "example"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("includes", "excludes", "example")}
        help_texts = {
            "means": _("So that a new colleague would sort as you do"),
            "excludes": _("And where that belongs instead"),
        }


class PlaceForm(forms.Form):
    part_of = forms.ModelChoiceField(
        Theme.objects.none(), label=_("It is a part of"), required=False, empty_label=_("nothing: it stands on its own")
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"part_of": theme.part_of_id}
        others = Theme.objects.current().filter(part_of=None).exclude(pk=theme.pk)
        self.fields["part_of"].queryset = others  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    title = forms.CharField(label=_("What is it called?"), max_length=120)
    size = forms.IntegerField(
        label=_("How many voices?"),
        min_value=5,
        max_value=MOST_SAMPLED,
        initial=50,
        help_text=_("Fifty show whether the definitions hold; two hundred teach the house"),
    )
    since = forms.DateField(label=_("Voices since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Heard at"), required=False, empty_label=_("any branch")
    )

    def __init__(self, *args: Any, branches: set[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if branches is not None:
            field = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True  # type: ignore[attr-defined]


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Round
        fields = ["name", "first", "last", "channel"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("first", "last")}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day is before the first. Choose a later one."))
        return said
