from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is to the library. A visitor has no account; who has one is a patron; the others are given."""

    VISITOR = "visitor", _("visitor")
    PATRON = "patron", _("patron")
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
