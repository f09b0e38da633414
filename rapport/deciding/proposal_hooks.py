"""What proposals offer the rest of the house: a kind of component, a thing on threads, a tab, a way from a voice."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.deciding import proposal_keeping
from rapport.deciding.components import ComponentKind, components
from rapport.deciding.models import Collection, Comment, Phase, Process, Proposal
from rapport.deciding.tabs import Tab, tabs
from rapport.lib.translated import words
from rapport.listening.models import Voice
from rapport.loop.models import Loop
from rapport.loop.things import Thing, things
from rapport.people.models import Person
from rapport.people.privacy import Kept, kept
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem


def _of(phase: Phase) -> Iterable[Collection]:
    return Collection.objects.filter(phase=phase).select_related("phase__process")


def _begin(phase: Phase, title: Any, *, by: Person | None, categories: Iterable[Any] = (), **rules: Any) -> Collection:
    collection = Collection.objects.create(phase=phase, title=words(title), by=by, **rules)
    for order, label in enumerate(categories):
        collection.categories.create(label=words(label), order=order)
    return collection


def _page_of(loop: Loop, name: str) -> str:
    """The list of those that hang on the thread of a process; a proposal's own story leads to itself."""
    key = Process.objects.filter(decision__loop=loop).values_list("decision", flat=True).first()
    return reverse(f"deciding:{name}", args=[key]) if key else ""


components.add(
    ComponentKind(
        name="proposals",
        label=_("Proposals"),
        icon="lightbulb",
        of=_of,
        begin=_begin,
        public_url=lambda collection: reverse("deciding:collection", args=[collection.pk]),
        desk_url=lambda collection: reverse("deciding:desk-collection", args=[collection.pk]),
        order=10,
    )
)
things.add(
    Thing(
        "deciding.proposal",
        _("proposals"),
        public=lambda proposal: proposal.get_absolute_url() if proposal.is_readable else "",
        desk=lambda proposal: reverse("deciding:desk-proposal", args=[proposal.pk]),
        all_public=lambda loop: _page_of(loop, "proposals-of"),
        all_desk=lambda loop: _page_of(loop, "desk-proposals-of"),
    )
)
tabs.add(
    Tab(
        label=_("Proposals"),
        url_name="deciding:desk-proposals-of",
        order=20,
        when=lambda process: Collection.objects.filter(phase__process=process).exists(),
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Proposals"),
        url_name="deciding:desk-collections",
        icon="lightbulb",
        stage="decide",
        order=20,
        permission="deciding.see",
    )
)
kept.add(
    Kept(
        name="deciding.proposals",
        what=_("Proposals, comments and support that you gave while you were signed in"),
        why=_("So that each counts once, and you hear what comes of it"),
        until=_("As long as the process is public; without your name they may stay longer"),
        export=proposal_keeping.export_proposals,
        erase=proposal_keeping.erase_proposals,
    )
)


def proposal_of_voice(request: HttpRequest | None, voice: Voice) -> str:
    """Where somebody told the library an idea: the open collections into which it can be put."""
    if request is None or not isinstance(request.user, Person) or not request.user.has_perm("deciding.enter"):
        return ""
    processes = Process.objects.reached_by(request.user, "deciding.enter")
    open_now = [
        one
        for one in Collection.objects.filter(phase__in=Phase.objects.open(), phase__process__in=processes)
        .select_related("phase__process__decision__closing", "phase__process__opening")
        .order_by("-pk")[:5]
        if one.is_open
    ]
    born = list(Proposal.objects.at_the_desk().filter(voice=voice)[:5])
    if not (open_now or born):
        return ""
    page = {"voice": voice, "collections": open_now, "born": born}
    return render_to_string("deciding/desk/proposals/of_voice.html", page, request)


def proposals_today(request: HttpRequest | None, person: Person) -> str:
    """What waits to be read, and what has enough supporters and no answer."""
    if not person.has_perm("deciding.see"):
        return ""
    seen = Proposal.objects.reached_by(person, "deciding.see")
    page = {
        "waiting": seen.waiting().count() if person.has_perm("deciding.change") else 0,
        "reported": _reported(person),
        "owed": seen.public().filter(outcome="", enough_at__isnull=False).order_by("enough_at")[:5],
    }
    return render_to_string("deciding/desk/proposals/today.html", page, request)


def _reported(person: Person) -> int:
    if not person.has_perm("deciding.change"):
        return 0
    processes = Process.objects.reached_by(person, "deciding.change")
    return Comment.objects.reported().filter(proposal__collection__phase__process__in=processes).count()


slots.add("listening.desk_voice.aside", proposal_of_voice, order=30)
slots.add("desk.today", proposals_today, order=28)
