"""The forms of the needs board: weights, dissent, groups, spaces, services, and assets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.models import Asset, Need, Segment, Weights
from rapport.insight.models.weights import MOST, SCORES
from rapport.insight.rating import services_to_choose
from rapport.places.models import Branch, Space
from rapport.ui.forms import WordsFormField


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    why = WordsFormField(
        label=gettext_lazy("Why"),
        max_length=600,
        long=True,
        help_text=gettext_lazy("Everyone reads this beside the weights"),
    )

    class Meta:
        model = Weights
        fields = [*SCORES, "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SCORES:
            field = self.fields[name]
            field.widget.attrs |= {"min": 0, "max": MOST}
            field.help_text = _("0 to %(most)s; 0 leaves it out") % {"most": MOST}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if all(told.get(name) == 0 for name in SCORES):
            raise forms.ValidationError(_("Something has to count. Give at least one score a weight."))
        return told


class DissentForm(forms.Form):
    who = WordsFormField(
        label=gettext_lazy("Who sees it otherwise"),
        max_length=200,
        help_text=gettext_lazy("A group or a role. Name a person only if they want that: anyone can read it"),
    )
    why = WordsFormField(label=gettext_lazy("Why"), max_length=1000, long=True)


class TouchesForm(forms.Form):
    segments = forms.ModelMultipleChoiceField(
        Segment.objects.all(),
        label=gettext_lazy("Groups that it touches most"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SpaceForm(forms.Form):
    space = forms.ModelChoiceField(Space.objects.none(), label=gettext_lazy("Space"))
    words = WordsFormField(label=gettext_lazy("How it answers"), max_length=300, required=False)

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Space.objects.select_related("branch").exclude(pk__in=need.spaces.values("space"))
        self.fields["space"].queryset = rows  # type: ignore[attr-defined]


class ServiceForm(forms.Form):
    service = forms.ChoiceField(label=gettext_lazy("A service that people rated"))

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {f"{one.survey_id}:{one.question}:{one.line}" for one in need.services.all()}
        rows = [pair for pair in services_to_choose() if pair[0] not in there]
        self.fields["service"].choices = [("", _("choose one")), *rows]  # type: ignore[attr-defined]


class AssetForm(forms.ModelForm):  # type: ignore[type-arg]
    words = WordsFormField(
        label=gettext_lazy("What there is"),
        max_length=200,
        help_text=gettext_lazy("Do not name a person who has not said that they want it"),
    )
    about = WordsFormField(label=gettext_lazy("What it gives, or could give"), required=False, long=True)
    where = WordsFormField(label=gettext_lazy("Where it is found"), max_length=200, required=False)

    class Meta:
        model = Asset
        fields = ["kind", "words", "about", "where", "branch", "needs", "is_public"]
        widgets = {"needs": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, branches: set[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branch: Any = self.fields["branch"]
        branch.label, branch.empty_label = _("Near which branch"), _("the whole community")
        needs: Any = self.fields["needs"]
        needs.label, needs.queryset = _("Needs that it could help to meet"), Need.objects.filter(loop__closing=None)
        if branches is not None:
            branch.queryset, branch.required = Branch.objects.filter(pk__in=branches), True
            needs.queryset = needs.queryset.filter(branch__in=branches) | needs.queryset.filter(branch=None)
