from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.ui.forms import WordsFormField


class ReportForm(forms.Form):
    """You said; we did, or we could not, because."""

    said = WordsFormField(
        label=_("You said"), help_text=_("In the words that people used. They should recognise themselves.")
    )
    could = forms.TypedChoiceField(
        label=_("What came of it"),
        choices=[("yes", _("We did something")), ("no", _("We could not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    did = WordsFormField(label=_("We did"), long=True, required=False)
    because = WordsFormField(
        label=_("Because"), long=True, required=False, help_text=_("Needed where we could not; welcome otherwise.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("could") and not cleaned.get("did"):
            self.add_error("did", _("Tell people what was done, so that they can see it."))
        if cleaned.get("could") is False and not cleaned.get("because"):
            self.add_error("because", _("Tell people why it could not be done."))
        return cleaned
