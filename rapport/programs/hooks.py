from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import rapport.programs.accommodating.hooks
import rapport.programs.balancing.hooks
import rapport.programs.following.hooks
import rapport.programs.planning.hooks
import rapport.programs.registering.hooks  # noqa: F401 - what these offer stands there
from rapport.deciding.models import Decision
from rapport.insight.answering import AnswersNeed, answers_need
from rapport.insight.models import Need
from rapport.insight.reached import Reached, reached
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Person, Role
from rapport.people.models.role import DESK, STAFF
from rapport.people.privacy import Kept, kept
from rapport.programs.answering import programs_answering
from rapport.programs.desk.found import within_reach
from rapport.programs.finding import keeping
from rapport.programs.models import Program, Session
from rapport.programs.reached import attended
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

_ROWS_TODAY = 6

allow("programs.see", DESK)
allow("programs.change", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})
allow("programs.count", STAFF)

nav.add(
    NavItem(
        face="desk",
        label=_("Proposed programs"),
        url_name="programs:desk-proposals",
        icon="lightbulb",
        stage="listen",
        order=60,
        permission="programs.see",
    )
)
nav.add(NavItem(face="foot", label=_("Propose a program"), url_name="programs:propose", icon="lightbulb", order=25))
kept.add(
    Kept(
        name="programs.saved",
        what=_("Sessions that you kept, and the address of your calendar"),
        why=_("So that you find them again"),
        until=_("Until you take them out"),
        export=keeping.export_saved,
        erase=keeping.erase_saved,
    )
)
kept.add(
    Kept(
        name="programs.interest",
        what=_("Programs that you would like to come to"),
        why=_("So that you hear of the first date before others"),
        until=_("Half a year after the list was closed"),
        export=keeping.export_interest,
        erase=keeping.erase_interest,
        clean=keeping.clean_interest,
    )
)

things.add(
    Thing(
        "programs.program",
        _("program"),
        public=lambda program: program.get_absolute_url() if program.is_public else "",
        desk=lambda program: reverse("programs:desk-program", args=[program.pk]),
    )
)

nav.add(
    NavItem(face="public", label=_("What is on"), url_name="programs:calendar", icon="calendar", order=10, thumb=True)
)
nav.add(
    NavItem(
        face="desk",
        label=_("Programs"),
        url_name="programs:desk-programs",
        icon="calendar-days",
        stage="deliver",
        permission="programs.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Sessions to count"),
        url_name="programs:desk-sessions",
        icon="users",
        stage="measure",
        permission="programs.count",
    )
)


def programs_today(request: HttpRequest | None, person: Person) -> str:
    """Trials past their review, sessions that nobody counted, and what is on today."""
    if not person.has_perm("programs.see"):
        return ""
    sessions = within_reach(Session.objects.all(), person, "programs.see")
    sessions = sessions.select_related("program", "branch", "space", "cancellation").with_attendance()
    page = {
        "today": sessions.on_day(timezone.localdate())[: 2 * _ROWS_TODAY],
        "uncounted": _uncounted(person),
        "late": _past_review(person),
        "may_count": person.has_perm("programs.count"),
    }
    return render_to_string("programs/desk/today.html", page, request)


def _uncounted(person: Person) -> list[Session]:
    if not person.has_perm("programs.count"):
        return []
    rows = within_reach(Session.objects.to_be_counted(), person, "programs.count")
    return list(rows.select_related("program", "branch").order_by("-starts_at")[:_ROWS_TODAY])


def _past_review(person: Person) -> list[Program]:
    if not person.has_perm("programs.change"):
        return []
    late = Program.objects.past_review().select_related("pilot").order_by("pilot__review_on")
    return list(within_reach(late, person, "programs.change")[:_ROWS_TODAY])


def programs_of_need(request: HttpRequest | None, need: Need) -> str:
    return _programs(request, Program.objects.filter(need=need), f"?need={need.pk}")


def programs_of_decision(request: HttpRequest | None, decision: Decision) -> str:
    return _programs(request, Program.objects.filter(decision=decision), f"?decision={decision.pk}")


def _programs(request: HttpRequest | None, rows: QuerySet[Program], query: str) -> str:
    if request is None or not request.user.has_perm("programs.see"):
        return ""
    page = {
        "programs": rows.select_related("delivery", "pilot__verdict"),
        "query": query,
        "may": request.user.has_perm("programs.change"),
    }
    return render_to_string("programs/desk/answering.html", page, request)


slots.add("desk.today", programs_today, order=40)
slots.add("insight.desk_need.aside", programs_of_need, order=60)
slots.add("deciding.desk_decision.after", programs_of_decision)
reached.add(Reached(name="attended", label=_("Came to a program"), order=70, counts=attended))
answers_need.add(AnswersNeed(name="programs", label=_("Programs"), order=10, of=programs_answering))
