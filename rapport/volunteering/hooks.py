from django.utils.translation import gettext_lazy as _

from rapport.insight.reached import Reached, reached
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK, STAFF
from rapport.ui import nav
from rapport.ui.nav import NavItem
from rapport.volunteering.reached import volunteered

allow("volunteering.see", DESK)
allow("volunteering.report", STAFF)
allow("volunteering.bring", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})

nav.add(
    NavItem(
        face="desk",
        label=_("Volunteer hours"),
        url_name="volunteering:desk-reports",
        icon="hand-heart",
        stage="deliver",
        order=60,
        permission="volunteering.see",
    )
)
reached.add(Reached(name="volunteered", label=_("Volunteered"), order=80, counts=volunteered))
