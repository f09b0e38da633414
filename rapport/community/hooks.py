from django.utils.translation import gettext_lazy as _

from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK
from rapport.ui import nav
from rapport.ui.nav import NavItem

allow("community.see", DESK)
allow("community.change", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})

nav.add(
    NavItem(
        face="desk",
        label=_("Our community"),
        url_name="community:desk-profile",
        icon="users",
        stage="understand",
        order=5,
        permission="community.see",
    )
)
nav.add(NavItem(face="foot", label=_("Our community in numbers"), url_name="community:profile", icon="users", order=24))
