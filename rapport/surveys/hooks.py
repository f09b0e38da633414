from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import DESK, STAFF

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
