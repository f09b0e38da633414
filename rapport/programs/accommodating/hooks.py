"""What accommodation offers upward: its door, its place on Today and in the rail, what it keeps."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from rapport.people.guards import allow
from rapport.people.models import Person
from rapport.people.privacy import Kept, kept
from rapport.programs.accommodating import keeping
from rapport.programs.models.accommodation import ARRANGERS, AccommodationTask
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

_ROWS_TODAY = 5

allow("programs.arrange", ARRANGERS)
nav.add(
    NavItem(
        face="desk", label=_("What people need"), url_name="programs:desk-aids", icon="accessibility",
        stage="deliver", order=40, permission="programs.arrange",
    )
)  # fmt: skip
kept.add(
    Kept(
        name="programs.accommodation",
        what=_("What you asked for to take part in a program: an interpreter, captions, a seat"),
        why=_("So that it is arranged. Only those who arrange it read it."),
        until=_("Some weeks after the date. Then only the number of requests is kept."),
        days=lambda: settings.HOUSE.keep_request_days,
        export=keeping.export_requests,
        erase=keeping.erase_requests,
        clean=keeping.clean_requests,
    )
)


def aids_today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("programs.arrange"):
        return ""
    rows = AccommodationTask.objects.open().coming().of_branches(person.branches_where("programs.arrange"))
    tasks = list(rows.select_related("request__session__program")[:_ROWS_TODAY])
    return render_to_string("programs/desk/aid/today.html", {"tasks": tasks}, request) if tasks else ""


slots.add("desk.today", aids_today, order=38)
