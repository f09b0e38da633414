from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import rapport.insight.board_hooks  # noqa: F401 - what the needs board offers stands there
from rapport.insight import keeping
from rapport.insight.desk.theme_topics import themes_of_topic
from rapport.insight.models import Assessment, Digest, MissedGroup, Need, Suggestion, Theme, ThemeProposal
from rapport.insight.reached import Count, Open, Reached, reached
from rapport.insight.reading import read_new_voices
from rapport.insight.selection import selection_of
from rapport.lib.later import later
from rapport.listening.models import Voice
from rapport.listening.signals import voices_brought_in
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Person, Role
from rapport.people.models.role import DESK, STAFF
from rapport.people.privacy import Kept, kept
from rapport.surveys.models import Response
from rapport.surveys.tabs import Tab, tabs
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

_REMINDED_BEFORE = 30  # days before the next assessment begins

allow("insight.see", DESK)
allow("insight.note_items", STAFF)
allow("insight.change", {Role.PROGRAMMER, Role.MANAGER, Role.ADMINISTRATOR})

things.add(
    Thing(
        "insight.theme",
        _("theme"),
        public=lambda theme: theme.get_absolute_url() if theme.is_current else "",
        desk=lambda theme: reverse("insight:desk-theme", args=[theme.pk]),
    )
)
things.add(
    Thing(
        "insight.need",
        _("need"),
        public=lambda need: need.get_absolute_url(),
        desk=lambda need: reverse("insight:desk-need", args=[need.pk]),
    )
)

things.add(
    Thing(
        "insight.assessment",
        _("needs assessment"),
        public=lambda one: one.get_absolute_url() if one.is_published else "",
        desk=lambda one: reverse("insight:desk-assessment", args=[one.pk]),
    )
)
kept.add(
    Kept(
        name="insight.assessments",
        what=_("Needs assessments of which you are in the team, and notes of interviews and walks"),
        why=_("So that it is known who works on it; notes show what a finding rests on."),
        until=_("Notes: until the day that their source names. The team: as long as the assessment."),
        export=keeping.export_membership,
        erase=keeping.erase_membership,
        clean=keeping.clean_notes,
    )
)

kept.add(
    Kept(
        name="insight.digest_readers",
        what=_("That you asked for the digest of the week by mail"),
        why=_("So that it comes to those who want it, and to nobody else."),
        until=_("Until you stop it at the desk."),
        export=keeping.export_digest_reader,
        erase=keeping.erase_digest_reader,
    )
)

nav.add(
    NavItem(
        face="desk",
        label=_("Themes"),
        url_name="insight:desk-themes",
        icon="shapes",
        stage="understand",
        order=10,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Needs"),
        url_name="insight:desk-needs",
        icon="sprout",
        stage="understand",
        order=20,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Needs assessments"),
        url_name="insight:desk-assessments",
        icon="telescope",
        stage="understand",
        order=30,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Whom we hear"),
        url_name="insight:desk-hearing",
        icon="ear",
        stage="understand",
        order=6,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Collection audits"),
        url_name="insight:desk-audits",
        icon="library-big",
        stage="understand",
        order=40,
        permission="insight.see",
    )
)
nav.add(NavItem(face="foot", label=_("Whom we hear"), url_name="insight:whom-we-hear", icon="ear", order=27))
nav.add(NavItem(face="foot", label=_("What we found out"), url_name="insight:assessments", icon="telescope", order=26))
nav.add(NavItem(face="foot", label=_("What people need"), url_name="insight:needs", icon="sprout", order=25))


def themes_of_voice(request: HttpRequest | None, voice: Voice) -> str:
    if request is None or not request.user.has_perm("insight.see"):
        return ""
    themes = Theme.objects.current().filter(theme_voices__voice=voice)
    return render_to_string("insight/desk/of_voice.html", {"themes": themes}, request) if themes else ""


def propose_from_inbox(request: HttpRequest | None, listing: object) -> str:
    """The button that lets the house look at the voices which the inbox shows now."""
    if request is None or not request.user.has_perm("insight.change"):
        return ""
    return render_to_string(
        "insight/desk/propose.html", {"query": urlencode(selection_of(request.GET.dict()))}, request
    )


def insight_today(request: HttpRequest | None, person: Person) -> str:
    """Proposals that wait for a decision, and needs that nobody owns or has weighed."""
    if not person.has_perm("insight.change"):
        return ""
    due = Assessment.objects.due_again(timezone.localdate() + timedelta(days=_REMINDED_BEFORE))
    page = {
        "assessments": _reached_by(person, due)[:3],
        "missed": MissedGroup.objects.unheeded()
        .of_branches(person.branches_where("insight.change"))
        .select_related("band", "place")[:4],
        "proposals": ThemeProposal.objects.waiting().seen_by(person)[:3],
        "waiting": Suggestion.objects.open().seen_by(person).count(),
        "needs": _reached_by(person, Need.objects.unowned_or_unweighed())[:4],
    }
    return render_to_string("insight/desk/today.html", page, request)


def digest_today(request: HttpRequest | None, person: Person) -> str:
    """What rose, fell or is new, in a sentence."""
    digest = Digest.objects.first() if person.has_perm("insight.see") else None
    if digest is None:
        return ""
    page = {"digest": digest, "summary": digest.summary(digest.lines_for(person))}
    return render_to_string("insight/desk/digest/today.html", page, request)


def _reached_by(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    branches = person.branches_where("insight.change")
    return rows if branches is None else rows.filter(branch__in=branches)


@receiver(voices_brought_in)
def many_new_voices(**_told: object) -> None:
    later(read_new_voices)


@receiver(post_save, sender=Response)
def answer_was_corrected(instance: Response, created: bool, **_told: object) -> None:
    """New answers are noticed by their number; one that was saved anew is not."""
    if not created:
        from rapport.insight.columns import forget  # numpy only where it works

        forget(instance.survey, instance.on)


def _answered(first: date, last: date) -> Iterable[Count]:
    from rapport.insight.reaching.answers import answered  # NumPy only where it is needed

    return answered(first, last)


def _suggested(first: date, last: date) -> Iterable[Count]:
    from rapport.insight.reaching.answers import suggested

    return suggested(first, last)


def _collected(first: date, last: date) -> Iterable[Count]:
    from rapport.insight.auditing import collected

    return collected(first, last)


def _invited(first: date, last: date) -> Iterable[Count]:
    from rapport.insight.reaching.answers import invited

    return invited(first, last)


def _answering_now() -> Iterable[Open]:
    from rapport.insight.reaching.answers import answering_now

    return answering_now()


reached.add(Reached(name="invited", label=_("Asked by name"), order=10, counts=_invited))
reached.add(Reached(name="answered", label=_("Answered surveys"), order=20, counts=_answered, open_now=_answering_now))
reached.add(Reached(name="suggested", label=_("Told us something"), order=30, counts=_suggested))
reached.add(
    Reached(
        name="collection",
        label=_("Served by the collection sample"),
        order=90,
        counts=_collected,
        counts_people=False,
    )
)
tabs.add(Tab(label=_("Results"), url_name="insight:desk-results", order=60))
slots.add("community.desk_topic.after", themes_of_topic)
slots.add("listening.desk_voice.aside", themes_of_voice)
slots.add("listening.inbox.acts", propose_from_inbox)
slots.add("desk.today", insight_today, order=20)
slots.add("desk.today", digest_today, order=25)
