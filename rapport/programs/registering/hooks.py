"""What registering offers the house: the box on a date's page, doors at the desk."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.reached import Reached, reached
from rapport.people.guards import allow
from rapport.people.models.role import STAFF
from rapport.people.privacy import Kept, kept
from rapport.programs.models import Seating, Session, Way
from rapport.programs.registering import keeping
from rapport.programs.registering.mine import my_registrations
from rapport.programs.registering.reached import registered
from rapport.programs.registering.today import registrations_today
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("programs.register", STAFF)


def box(request: HttpRequest | None, session: Session) -> str:
    """On the page of a date: whether one registers, what is free, and the first step."""
    if session.is_over or session.called_off or session.capacity is None or session.rules_id is None:
        return ""
    seating = Seating.objects.open_for(session)
    if seating is None:
        return ""
    page = {
        "session": session,
        "seating": seating,
        "now": timezone.now(),
        "is_open": seating.is_open or seating.is_open_for_cardholders,
        "may_wait": seating.waitlist is None or seating.waiting < seating.waitlist,
        "dates": len(seating.dates) if seating.series_id else 1,
        "has_others": seating.rules.way == Way.EACH,
    }
    return render_to_string("programs/registering/box.html", page, request)


slots.add("programs.session.after", box, order=10)
slots.add("people.my", my_registrations, order=5)
slots.add("desk.today", registrations_today, order=39)
reached.add(Reached(name="registered", label=_("Registered for a program"), order=65, counts=registered))
nav.add(
    NavItem(
        face="desk", label=_("Rules of registration"), url_name="programs:desk-rules", icon="list-checks",
        stage="deliver", order=45, permission="programs.see",
    )
)  # fmt: skip
kept.add(
    Kept(
        name="programs.registration",
        what=_("What you registered for: your name and contact, and the first names and ages of those who come"),
        why=_("So that you have your places, and hear of changes"),
        until=_("Some weeks after the last date. Then only the numbers are kept."),
        days=lambda: settings.HOUSE.keep_registration_days,
        export=keeping.export_registrations,
        erase=keeping.erase_registrations,
        clean=keeping.clean_registrations,
    )
)
