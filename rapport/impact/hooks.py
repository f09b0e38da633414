from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.impact.telling import tell_everyone
from rapport.loop.models import Step
from rapport.loop.signals import step_recorded
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("impact.see_today", DESK)
allow("impact.report", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})


def when_step_recorded(step: Step, **_kwargs: Any) -> None:
    tell_everyone(step)


step_recorded.connect(when_step_recorded, dispatch_uid="impact.telling")

things.add(
    Thing(
        "impact.report",
        _("report"),
        public=lambda report: reverse("impact:reports"),
        desk=lambda report: reverse("impact:desk-loop", args=[report.loop_id]),
    )
)

nav.add(NavItem(face="foot", label=_("The numbers"), url_name="impact:numbers", icon="chart-line", order=60))
nav.add(
    NavItem(
        face="public", label=_("You said, we did"), url_name="impact:reports", icon="message-circle-reply", order=35
    )
)
nav.add(NavItem(face="public", label=_("Branches"), url_name="impact:branches", icon="map-pin", order=60))
nav.add(
    NavItem(
        face="desk",
        label=_("Today"),
        url_name="impact:today",
        icon="sun",
        order=1,
        exact=True,
        permission="impact.see_today",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Loops"),
        url_name="impact:desk-loops",
        icon="route",
        order=5,
        permission="impact.see_today",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Reports"),
        url_name="impact:desk-reports",
        icon="message-circle-reply",
        stage="report",
        permission="impact.see_today",
    )
)

slots.add("desk.search", "impact/desk/search_box.html")
