from django.utils.translation import gettext_lazy as _

from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.ui import nav
from rapport.ui.nav import NavItem

allow("practice.change_places", {Role.MANAGER, Role.ADMINISTRATOR})
allow("practice.add_places", {Role.ADMINISTRATOR})
allow("practice.translate", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})

nav.add(
    NavItem(
        face="desk",
        label=_("Branches and hours"),
        url_name="practice:places",
        icon="map-pin",
        stage="house",
        order=20,
        permission="practice.change_places",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Our words"),
        url_name="practice:translations",
        icon="languages",
        stage="house",
        order=30,
        permission="practice.translate",
    )
)
