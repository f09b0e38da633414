"""What planning offers upward: its doors, its places in the rail and on Today, what it keeps."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from rapport.people.guards import allow
from rapport.people.models import Person, Role
from rapport.people.privacy import Kept, kept
from rapport.programs.desk.found import within_reach
from rapport.programs.models import HelpBooking, HelpTopic, Observance, Program, Recording, Submission
from rapport.programs.models.observance import Coming
from rapport.programs.planning import keeping
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

_ROWS_TODAY = 5

allow("programs.approve", {Role.MANAGER, Role.ADMINISTRATOR})


def is_help_offered() -> bool:
    return HelpTopic.objects.filter(is_offered=True).exists()


nav.add(
    NavItem(
        face="foot", label=_("Book a librarian"), url_name="programs:help", icon="life-buoy", order=14,
        when=is_help_offered,
    )
)  # fmt: skip
for label, url_name, icon, order, permission in (
    (_("Days of the year"), "programs:desk-observances", "calendar-heart", 42, "programs.see"),
    (_("Hours for programs"), "programs:desk-hours", "clock", 43, "programs.see"),
    (_("Help one to one"), "programs:desk-help", "life-buoy", 45, "programs.count"),
    (_("Outreach"), "programs:desk-outreach", "tent", 46, "programs.count"),
):
    nav.add(
        NavItem(
            face="desk", label=label, url_name=url_name, icon=icon, stage="deliver", order=order, permission=permission
        )
    )

kept.add(
    Kept(
        name="programs.help",
        what=_("Who booked a librarian, and what it was about"),
        why=_("So that somebody has time for you, and can tell you."),
        until=_("Some weeks afterwards. Then only the number of people helped is kept."),
        days=lambda: settings.HOUSE.keep_help_days,
        export=keeping.export_bookings,
        erase=keeping.erase_bookings,
        clean=keeping.clean_bookings,
    )
)


def reviews_today(request: HttpRequest | None, person: Person) -> str:
    """Plans to be looked at, and what was said to one's own."""
    page = {"to_review": _to_review(person), "answered": _answered(person)}
    return render_to_string("programs/planning/reviews_today.html", page, request) if any(page.values()) else ""


def planning_today(request: HttpRequest | None, person: Person) -> str:
    """Recordings without views, and days of the year for which planning begins."""
    page = {"recordings": _recordings(person), "observed": _observed(person)}
    return render_to_string("programs/planning/today.html", page, request) if any(page.values()) else ""


def _to_review(person: Person) -> list[Submission]:
    if not person.has_perm("programs.approve"):
        return []
    programs = within_reach(Program.objects.all(), person, "programs.approve")
    rows = Submission.objects.waiting().filter(program__in=programs).select_related("program", "by")
    return list(rows[:_ROWS_TODAY])


def _answered(person: Person) -> list[Submission]:
    """What was said to one's own plans, until they are published or handed in again."""
    if not person.has_perm("programs.change"):
        return []
    later = Submission.objects.filter(program=OuterRef("program"), round__gt=OuterRef("round"))
    rows = Submission.objects.filter(~Exists(later), by=person, review__isnull=False, program__published_at=None)
    return list(rows.select_related("program", "review").order_by("-review__at")[:_ROWS_TODAY])


def _recordings(person: Person) -> list[Recording]:
    if not person.has_perm("programs.count"):
        return []
    programs = within_reach(Program.objects.all(), person, "programs.count")
    return list(Recording.objects.to_be_viewed().filter(program__in=programs)[:_ROWS_TODAY])


def _observed(person: Person) -> list[Coming]:
    """Time to plan, and nothing is planned for it yet."""
    if not person.has_perm("programs.change"):
        return []
    coming = [one for one in Observance.objects.ahead(200) if one.is_time_to_plan]
    if not coming:
        return []
    since = min(one.plan_from for one in coming)
    planned = Program.objects.filter(observance__in=[one.observance for one in coming], at__date__gte=since)
    done = set(planned.order_by().values_list("observance", flat=True))
    return [one for one in coming if one.observance.pk not in done][:_ROWS_TODAY]


def help_today(request: HttpRequest | None, person: Person) -> str:
    """Who asks for a time with a librarian and has none yet."""
    if not person.has_perm("programs.count"):
        return ""
    rows = within_reach(HelpBooking.objects.waiting(), person, "programs.count").select_related("topic")
    asking = list(rows[:_ROWS_TODAY])
    return render_to_string("programs/help/today.html", {"asking": asking}, request) if asking else ""


slots.add("desk.today", reviews_today, order=35)
slots.add("desk.today", planning_today, order=36)
slots.add("desk.today", help_today, order=37)
