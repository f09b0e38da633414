from typing import Any

from allauth.account.fields import PasswordField
from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """With a password, for those who set one, although nobody needs one to join."""

    field_order = ("login", "password", "remember")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["password"] = PasswordField(label=_("Password"), autocomplete="current-password")
        self.fields["remember"] = forms.BooleanField(label=_("Stay signed in on this device"), required=False)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it")
        self.fields["name"].help_text = _("Such as “my phone”, so that you know it again.")
        self.fields["passwordless"].label = _("It alone signs me in")
        self.fields["passwordless"].help_text = _("By the lock of your device: a finger, a face or a number.")
        self.fields["passwordless"].initial = True
