from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import rapport.deciding.opinions_hooks
import rapport.deciding.proposal_hooks
import rapport.deciding.reached_hooks  # noqa: F401 - what these offer stands there
from rapport.deciding import (
    boards_hooks,  # noqa: F401  # what boards and panels offer
    keeping,
)
from rapport.deciding.budgets_here import begin_budget, budgets_of, budgets_today
from rapport.deciding.components import ComponentKind, components
from rapport.deciding.desk.promises import commitments_at_desk, commitments_of_decision, commitments_today
from rapport.deciding.late import waiting_for
from rapport.deciding.models import Decision
from rapport.deciding.polls_here import begin_poll, polls_of, polls_today
from rapport.deciding.promised import promised_for_needs
from rapport.deciding.tabs import Tab, tabs
from rapport.insight.answering import PromisedFor, promised_for
from rapport.insight.models import Need
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Person, Role
from rapport.people.models.role import DESK, STAFF
from rapport.people.privacy import Kept, kept
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("deciding.see", DESK)
allow("deciding.enter", STAFF)
allow("deciding.change", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})
allow("deciding.cards", {Role.MANAGER, Role.ADMINISTRATOR})
allow("deciding.rule", {Role.MANAGER, Role.TRUSTEE, Role.ADMINISTRATOR})

things.add(
    Thing(
        "deciding.decision",
        _("decision"),
        public=lambda decision: decision.get_absolute_url(),
        desk=lambda decision: reverse("deciding:desk-decision", args=[decision.pk]),
    )
)

things.add(
    Thing(
        "deciding.project",
        _("project"),
        public=lambda project: project.get_absolute_url(),
        desk=lambda project: project.get_desk_url(),
    )
)

things.add(
    Thing(
        "deciding.commitment",
        _("promise"),
        public=lambda commitment: commitment.get_absolute_url(),
        desk=lambda commitment: reverse("deciding:desk-commitment", args=[commitment.pk]),
    )
)

nav.add(NavItem(face="foot", label=_("What we promised"), url_name="deciding:commitments", icon="handshake", order=55))
nav.add(
    NavItem(
        face="desk",
        label=_("Promises"),
        url_name="deciding:desk-commitments",
        icon="handshake",
        stage="decide",
        order=70,
        permission="deciding.see",
    )
)
nav.add(NavItem(face="public", label=_("Decide with us"), url_name="deciding:decisions", icon="scale", order=30))
nav.add(
    NavItem(
        face="desk",
        label=_("Decisions"),
        url_name="deciding:desk-decisions",
        icon="scale",
        stage="decide",
        permission="deciding.see",
    )
)


def decisions_today(request: HttpRequest | None, person: Person) -> str:
    """Decisions that are late, and promises that are owed."""
    if not person.has_perm("deciding.see"):
        return ""
    page = {"late": Decision.objects.overdue()[:5], "owed": Decision.objects.owing_influence()[:5]}
    return render_to_string("deciding/desk/today.html", page, request)


def decisions_of_need(request: HttpRequest | None, need: Need) -> str:
    if request is None or not request.user.has_perm("deciding.see"):
        return ""
    page = {
        "need": need,
        "decisions": Decision.objects.filter(need=need),
        "may": request.user.has_perm("deciding.change"),
    }
    return render_to_string("deciding/desk/of_need.html", page, request)


slots.add("desk.today", decisions_today, order=30)
slots.add("insight.desk_need.aside", decisions_of_need)
slots.add("desk.today", commitments_today, order=31)
slots.add("deciding.decision.after", commitments_of_decision, order=1)
slots.add("deciding.desk_decision.after", commitments_at_desk, order=1)

tabs.add(Tab(label=_("Process"), url_name="deciding:desk-process", order=0))
tabs.add(
    Tab(
        label=_("Participants"),
        url_name="deciding:desk-participants",
        order=60,
        permission="deciding.enter",
        also=("deciding:desk-code-cards",),
    )
)
tabs.add(Tab(label=_("Documents"), url_name="deciding:desk-process-documents", order=70))
tabs.add(Tab(label=_("Settings"), url_name="deciding:desk-process-settings", order=80, permission="deciding.change"))
tabs.add(Tab(label=_("Decision"), url_name="deciding:desk-decision", order=90))

components.add(
    ComponentKind(
        name="polls",
        label=_("Vote"),
        icon="vote",
        of=polls_of,
        begin=begin_poll,
        public_url=lambda poll: poll.get_absolute_url(),
        desk_url=lambda poll: poll.get_desk_url(),
        order=40,
    )
)
things.add(
    Thing(
        "deciding.poll",
        _("vote"),
        public=lambda poll: poll.get_absolute_url(),
        desk=lambda poll: poll.get_desk_url(),
    )
)
slots.add("desk.today", polls_today, order=32)
nav.add(
    NavItem(
        face="desk",
        label=_("Votes"),
        url_name="deciding:desk-polls",
        icon="vote",
        stage="decide",
        order=20,
        permission="deciding.see",
    )
)


def processes_today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("deciding.change"):
        return ""
    page = waiting_for(person)
    return render_to_string("deciding/desk/process/today.html", page, request) if any(page.values()) else ""


slots.add("desk.today", processes_today, order=29)

kept.add(
    Kept(
        name="deciding.participants",
        what=_("That you take part in a process, and what you showed for it, as a hash"),
        why=_("So that everybody counts once"),
        until=_("Some time after the process has been put away; then proofs, names and codes go, and the numbers stay"),
        stays=_("The hash of what you showed, until then: otherwise one could vote, be erased, and vote again"),
        export=keeping.export_participation,
        erase=keeping.erase_participation,
        clean=keeping.clean_participation,
        days=lambda: settings.HOUSE.keep_participant_days,
    )
)
kept.add(
    Kept(
        name="deciding.mail_codes",
        what=_("An address to which we sent a code, so that you could take part"),
        why=_("So that we know that it is yours"),
        until=_("A day"),
        export=keeping.export_mail_codes,
        erase=keeping.erase_mail_codes,
        clean=keeping.clean_mail_codes,
    )
)
components.add(
    ComponentKind(
        name="budgets",
        label=_("Budget"),
        icon="wallet",
        of=budgets_of,
        begin=begin_budget,
        public_url=lambda poll: poll.get_absolute_url(),
        desk_url=lambda poll: reverse("deciding:desk-budget", args=[poll.pk]),
        order=50,
    )
)
slots.add("desk.today", budgets_today, order=33)
promised_for.add(PromisedFor(name="commitments", order=10, of=promised_for_needs))
