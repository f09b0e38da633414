from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Promise
from rapport.insight.models import Need
from rapport.places.models import Branch
from rapport.ui.forms import RadioCards, WordsFormField


class DecisionForm(forms.Form):
    """The question, the promise, what is open and what is not, who decides, by when."""

    question = WordsFormField(label=_("What is the question?"), max_length=300)
    need = forms.ModelChoiceField(
        Need.objects.all(),
        label=_("Which need does it answer?"),
        required=False,
        empty_label=_("none that we wrote down"),
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Branch"), required=False, empty_label=_("the whole library")
    )
    promise = forms.ChoiceField(
        label=_("What do we promise?"),
        choices=Promise.choices,
        widget=RadioCards,
        help_text=_("Promise only what you can keep. From “consult” on, the house reminds you to say what it changed."),
    )
    open_words = WordsFormField(label=_("What is open?"), long=True, help_text=_("What people can still change"))
    closed_words = WordsFormField(
        label=_("What is not open?"), long=True, required=False, help_text=_("Money, law, safety: say it now")
    )
    decider = WordsFormField(label=_("Who decides?"), max_length=200)
    by_when = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_by_when(self) -> Any:
        day = self.cleaned_data["by_when"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day


class RulingForm(forms.Form):
    decided = WordsFormField(label=_("What was decided?"), long=True)
    reasons = WordsFormField(label=_("Why?"), long=True)
    goes_ahead = forms.TypedChoiceField(
        label=_("Does it go ahead?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class InfluenceForm(forms.Form):
    said = WordsFormField(
        label=_("How what you said influenced this"),
        long=True,
        help_text=_("What changed because of it, and what did not, and why"),
    )
