from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Where sign-in touches the house: kind words, and mail in the language of the one who reads it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not belong together. Please look at both again."),
        "incorrect_code": _("That is not the code that we sent. Please look at the newest mail."),
        "too_many_login_attempts": _("That was tried too often. Please wait five minutes, or let us mail you a code."),
        "rate_limited": _("That was very often in a short time. Please wait a minute."),
    }

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} · {settings.HOUSE.library}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = context.get("user") or Person.objects.filter(email=email.lower()).first()
        language = getattr(person, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        site = {"name": settings.HOUSE.library, "domain": settings.HOUSE.address.split("://")[-1]}
        with translation.override(language):
            words = {**context, "email": email, "current_site": SimpleNamespace(**site)}
            self.render_mail(template_prefix, email, words).send()
