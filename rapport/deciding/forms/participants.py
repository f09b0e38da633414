from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.deciding.forms.about_you import questions, told_in
from rapport.deciding.models import Card, Process
from rapport.listening.models import Channel
from rapport.places.models import Branch

MOST_CARDS = 500


class JoinForForm(forms.Form):
    """Somebody at the desk, on the phone, or on a sheet of paper."""

    channel = forms.ChoiceField(
        label=_("How did they come?"),
        choices=[
            (Channel.DESK.value, _("At the desk: I see them")),
            (Channel.PHONE.value, _("By phone")),
            (Channel.PAPER.value, _("On paper")),
        ],
        widget=forms.RadioSelect,
        initial=Channel.DESK.value,
    )
    number = forms.CharField(
        label=_("Library card"),
        max_length=40,
        required=False,
        help_text=_("If they have one: so that they count once, whichever way they come. It is checked and not kept."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )
    name = forms.CharField(label=_("Name that others may read"), max_length=80, required=False)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Where"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(process.asks.all())
        self.fields.update(questions(process))

    def told(self) -> dict[Dimension, Band | None]:
        """What they say of themselves, taken out of the rest."""
        said = told_in(self.cleaned_data, self.asked)
        for one in self.asked:
            self.cleaned_data.pop(f"about_{one.slug}", None)
        return {dimension: band for dimension, band in said.items() if band is not None}

    def clean_number(self) -> Any:
        number = self.cleaned_data["number"]
        if number and not Card.objects.knows(number):
            raise forms.ValidationError(_("We do not find this number. Look at the card once more, or leave it empty."))
        return number


class DealForm(forms.Form):
    batch = forms.CharField(
        label=_("For whom?"), max_length=80, help_text=_("Such as “Class 4b”, so that you can stop them together")
    )
    copies = forms.IntegerField(label=_("How many?"), min_value=1, max_value=MOST_CARDS, initial=24)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Where"), required=False, empty_label=_("none"))
