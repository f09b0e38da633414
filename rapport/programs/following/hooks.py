"""What counting and following up offer upward."""

from django.utils.translation import gettext_lazy as _

from rapport.ui import nav
from rapport.ui.nav import NavItem

nav.add(
    NavItem(
        face="desk", label=_("The yearly figures"), url_name="programs:desk-statistics", icon="sigma",
        stage="measure", order=70, permission="programs.see",
    )
)  # fmt: skip
