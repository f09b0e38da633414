from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CODE = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})


class ResumeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Twelve letters and figures, as we showed it to you."),
        widget=CODE,
    )

    def clean_code(self) -> str:
        return "".join(c for c in self.cleaned_data["code"].upper() if c.isalnum())


class AddressForm(forms.Form):
    """Where to send a code to; it is used once and not kept."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NamedForm(forms.Form):
    """Who answers, where answers are kept with who gave them."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("So that we can tell you what came of it."),
    )


class ContactForm(forms.Form):
    """An address left after answering. It is sent by itself and kept apart from the answers."""

    name = forms.CharField(
        label=_("Your name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("or phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    wants_news = forms.BooleanField(label=_("Tell me what came of it"), required=False)
    wants_talk = forms.BooleanField(label=_("You may ask me more"), required=False)
    wants_prize = forms.BooleanField(label=_("I take part in the draw"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("email") and not given.get("phone"):
            raise ValidationError(_("Write one of the two, so that we can reach you."))
        if not self.errors and not any(given.get(wish) for wish in ("wants_news", "wants_talk", "wants_prize")):
            raise ValidationError(_("Say what we may use it for, at least one of the three."))
        return given
