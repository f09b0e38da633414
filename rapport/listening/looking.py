"""Words that a colleague writes for everybody: what looks personal is named before they go out, once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.listening.methods.masking import find


class LookedThrough(forms.Form):
    """A form for words that anyone will read. It asks for a second look only where something looks personal."""

    looked_through = forms.BooleanField(
        label=gettext_lazy("I looked: it may stay as it is"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        looked = cleaned.pop("looked_through", False)
        personal = [one.text for value in cleaned.values() for text in _texts(value) for one in find(text)]
        if personal and not looked:
            self.fields["looked_through"].widget = forms.CheckboxInput()
            said = _("Anyone will read this, and it looks personal: %(what)s. Take it out, or say that it may stay.")
            self.add_error("looked_through", said % {"what": " · ".join(dict.fromkeys(personal))})
        return cleaned


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value.values() if isinstance(one, str)] if isinstance(value, dict) else []
