from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK, STAFF
from rapport.people.privacy import Kept, kept
from rapport.surveys import keeping, keeping_invited
from rapport.surveys.asking_now import asked_at_home, is_anything_asked
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

kept.add(
    Kept(
        name="surveys.answers",
        what=_("Answers to surveys that are kept with your name"),
        why=_("So that we can tell you what came of them. Other surveys keep no name, and nothing leads to you"),
        until=_("As each survey says; without your name they may stay longer"),
        export=keeping.export_answers,
        erase=keeping.erase_answers,
        clean=keeping.clean_answers,
    )
)
kept.add(
    Kept(
        name="surveys.sittings",
        what=_("Answers to a survey that you began and did not send"),
        why=_("So that you can go on later"),
        until=_("Until you send them, or a month after you last wrote"),
        export=keeping.export_sittings,
        erase=keeping.erase_sittings,
        clean=keeping.clean_sittings,
        days=lambda: settings.HOUSE.keep_sitting_days,
    )
)
kept.add(
    Kept(
        name="surveys.files",
        what=_("Files of answers that somebody of the library brought and did not finish"),
        why=_("So that the columns can be set right before the answers are taken"),
        until=_("A week, or until the answers are taken"),
        export=lambda person: [],  # nobody is named in them
        erase=lambda person: None,
        clean=keeping.clean_files,
    )
)
kept.add(
    Kept(
        name="surveys.contacts",
        what=_("An address that you left after a survey"),
        why=_("For what you allowed: news, a talk, a draw"),
        until=_("Half a year"),
        export=keeping.export_contacts,
        erase=keeping.erase_contacts,
        clean=keeping.clean_contacts,
        days=lambda: settings.HOUSE.keep_survey_contact_days,
    )
)
kept.add(
    Kept(
        name="surveys.invitations",
        what=_("That we asked you to answer a survey, at which address, and whether you did; never what you said"),
        why=_("So that each is asked once, and reminded only while it makes sense"),
        until=_("Some time after the survey has closed; then names and addresses are removed"),
        export=keeping_invited.export_invited,
        erase=keeping_invited.erase_invited,
        clean=keeping_invited.clean_invited,
        days=lambda: settings.HOUSE.keep_invited_days,
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
nav.add(
    NavItem(
        face="public",
        label=_("Answer a survey"),
        url_name="surveys:surveys",
        icon="clipboard-pen",
        order=15,
        when=is_anything_asked,
    )
)
slots.add("home.after", asked_at_home, order=10)
slots.add("desk.today", surveys_today, order=15)

tabs.add(Tab(label=_("Overview"), url_name="surveys:desk-survey", order=0))
tabs.add(Tab(label=_("Questions"), url_name="surveys:desk-questions", order=10, permission="surveys.change"))
tabs.add(Tab(label=_("Languages"), url_name="surveys:desk-languages", order=20, permission="surveys.change"))
tabs.add(Tab(label=_("Preview"), url_name="surveys:desk-preview", order=30))
tabs.add(Tab(label=_("Links"), url_name="surveys:desk-links", order=40))
tabs.add(Tab(label=_("Invitations"), url_name="surveys:desk-invitations", order=42, permission="surveys.change"))
tabs.add(Tab(label=_("Quotas"), url_name="surveys:desk-quotas", order=44))
tabs.add(Tab(label=_("Paper"), url_name="surveys:desk-paper", order=46, permission="surveys.enter"))
tabs.add(Tab(label=_("Files"), url_name="surveys:desk-form-export", order=48, also=("surveys:desk-answers-import",)))
tabs.add(Tab(label=_("Planner"), url_name="surveys:desk-planner", order=70))
tabs.add(Tab(label=_("Settings"), url_name="surveys:desk-settings", order=80, permission="surveys.change"))
