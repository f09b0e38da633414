from django.conf import settings
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def _patron() -> str:
    """Whoever has an account, in the library's own word."""
    words = {
        "patron": gettext("patron"),
        "customer": gettext("customer"),
        "member": gettext("member"),
        "reader": gettext("reader"),
        "user": gettext("user"),
    }
    return words[settings.HOUSE.patron_word]


class Role(models.TextChoices):
    """What somebody is to the library. A visitor has no account; who has one is a patron; the others are given."""

    VISITOR = "visitor", _("visitor")
    PATRON = "patron", lazy(_patron, str)()
    VOLUNTEER = "volunteer", _("volunteer")
    PARTNER = "partner", _("partner contact")
    FRONTLINE = "frontline", _("frontline staff")
    PROGRAMMER = "programmer", _("program staff")
    MANAGER = "manager", _("manager")
    TRUSTEE = "trustee", _("trustee")
    ADMINISTRATOR = "administrator", _("administrator")


GIVEN: list[Role] = [role for role in Role if role not in {Role.VISITOR, Role.PATRON}]
STAFF = frozenset({Role.FRONTLINE, Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})
DESK = STAFF | {Role.TRUSTEE}
MANAGERS_INVITE = [Role.VOLUNTEER, Role.PARTNER, Role.FRONTLINE, Role.PROGRAMMER]
