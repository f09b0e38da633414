from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK, STAFF
from rapport.surveys.desk.today import surveys_today
from rapport.surveys.tabs import Tab, tabs
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("surveys.see", DESK)
allow("surveys.enter", STAFF)
allow("surveys.change", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})
allow("surveys.export", {Role.MANAGER, Role.ADMINISTRATOR})

things.add(
    Thing(
        "surveys.survey",
        _("survey"),
        public=lambda survey: survey.get_absolute_url() if survey.is_open else "",
        desk=lambda survey: reverse("surveys:desk-survey", args=[survey.pk]),
    )
)

nav.add(
    NavItem(
        face="desk",
        label=_("Surveys"),
        url_name="surveys:desk-surveys",
        icon="clipboard-list",
        stage="listen",
        order=40,
        permission="surveys.see",
    )
)
slots.add("desk.today", surveys_today, order=15)

tabs.add(Tab(label=_("Overview"), url_name="surveys:desk-survey", order=0))
tabs.add(Tab(label=_("Questions"), url_name="surveys:desk-questions", order=10, permission="surveys.change"))
tabs.add(Tab(label=_("Languages"), url_name="surveys:desk-languages", order=20, permission="surveys.change"))
tabs.add(Tab(label=_("Preview"), url_name="surveys:desk-preview", order=30))
tabs.add(Tab(label=_("Settings"), url_name="surveys:desk-settings", order=40, permission="surveys.change"))
