"""Words that a colleague writes for everybody: what looks personal is named before they go out, once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.listening.methods.masking import find
from rapport.people.models import Person
from rapport.places.models import Branch, Space


def colleagues() -> list[str]:
    return list(Person.objects.staff().values_list("name", flat=True))


def places() -> list[str]:
    """Branches, by their first word too, and rooms, in all languages: people praise them as they praise people."""
    branches = [words for name in Branch.objects.values_list("name", flat=True) for words in _texts(name)]
    rooms = [words for name in Space.objects.values_list("name", flat=True) for words in _texts(name)]
    return [*branches, *(name.split()[0] for name in branches if name), *rooms]


class LookedThrough(forms.Form):
    """A form for words that anyone will read. It asks for a second look only where something looks personal."""

    looked_through = forms.BooleanField(
        label=gettext_lazy("I looked: it may stay as it is"), required=False, widget=forms.HiddenInput
    )

    is_signed = False  # colleagues put their own names below it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        looked = cleaned.pop("looked_through", False)
        personal = self._personal(cleaned) if self.is_for_all(cleaned) else []
        if personal and not looked:
            self.fields["looked_through"].widget = forms.CheckboxInput()
            said = _("Anyone will read this, and it looks personal: %(what)s. Take it out, or say that it may stay.")
            self.add_error("looked_through", said % {"what": " · ".join(dict.fromkeys(personal))})
        return cleaned

    def is_for_all(self, cleaned: dict[str, Any]) -> bool:
        """Whether anyone will read it, where that is chosen in the form."""
        return True

    def _personal(self, cleaned: dict[str, Any]) -> list[str]:
        texts = [text for value in cleaned.values() for text in _texts(value)]
        names, known = (colleagues(), places()) if texts else ([], [])
        signed = {part for name in names for part in (name, name.split(" ")[0])} if self.is_signed else set()
        return [one.text for text in texts for one in find(text, names, known) if one.text not in signed]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value.values() if isinstance(one, str)] if isinstance(value, dict) else []
