"""What boards and panels offer the house; a part of `hooks.py`, which imports it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.deciding.boards_keeping import (
    DAYS,
    clean_applications,
    clean_terms,
    clean_volunteers,
    erase_applications,
    erase_terms,
    erase_volunteers,
    export_applications,
    export_terms,
    export_volunteers,
)
from rapport.deciding.components import ComponentKind, components
from rapport.deciding.desk.boards_today import boards_today
from rapport.deciding.models import Panel, Phase
from rapport.loop.things import Thing, things
from rapport.people.models import Person
from rapport.people.privacy import Kept, kept
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem


def begin_panel(phase: Phase, title: Any, *, by: Person | None, size: int = 12, **fields: Any) -> Panel:
    """A panel in a part of a process; it takes volunteers until that part closes."""
    branch = phase.process.decision.branch
    return Panel.objects.create(
        phase=phase, title=title, size=size, closes_at=phase.closes_at, branch=branch, by=by, **fields
    )


components.add(
    ComponentKind(
        name="panels",
        label=_("A panel drawn by lot"),
        icon="dices",
        of=lambda phase: Panel.objects.public().filter(phase=phase),  # type: ignore[arg-type,return-value]  # a panel may stand alone
        begin=begin_panel,  # type: ignore[arg-type]
        public_url=lambda panel: panel.get_absolute_url(),
        desk_url=lambda panel: reverse("deciding:desk-panel", args=[panel.pk]),
        order=60,
    )
)
things.add(
    Thing(
        "deciding.advice",
        _("advice"),
        public=lambda advice: advice.get_absolute_url(),
        desk=lambda advice: reverse("deciding:desk-advice", args=[advice.board_id, advice.pk]),
    )
)
nav.add(NavItem(face="foot", label=_("Our boards"), url_name="deciding:boards", icon="users", order=56))
for label, url_name, icon, order in (
    (_("Boards"), "deciding:desk-boards", "users", 75),
    (_("Panels"), "deciding:desk-panels", "dices", 76),
):
    nav.add(
        NavItem(
            face="desk",
            label=label,
            url_name=url_name,
            icon=icon,
            stage="decide",
            order=order,
            permission="deciding.see",
        )
    )
slots.add("desk.today", boards_today, order=32)
kept.add(
    Kept(
        name="deciding.application",
        what=_("Your application for a board"),
        why=_("So that it can be read and answered"),
        until=_("90 days after our answer; a parent’s contact is removed with the answer"),
        export=export_applications,
        erase=erase_applications,
        clean=clean_applications,
        days=lambda: DAYS,
    )
)
kept.add(
    Kept(
        name="deciding.term",
        what=_("Your term on a board, and at which meetings you were there"),
        why=_("So that you are invited, and told what became of your advice"),
        until=_("90 days after it has ended"),
        stays=_("That somebody was there is part of the minutes; who it was is not"),
        export=export_terms,
        erase=erase_terms,
        clean=clean_terms,
        days=lambda: DAYS,
    )
)
kept.add(
    Kept(
        name="deciding.volunteer",
        what=_("That you volunteered for a panel, and the answers that its quotas needed"),
        why=_("So that lots can be drawn, and you are told how they fell"),
        until=_("90 days after the draw; members a year longer"),
        stays=_("The published pot, without names, so that anybody can draw the lots again"),
        export=export_volunteers,
        erase=erase_volunteers,
        clean=clean_volunteers,
        days=lambda: DAYS,
    )
)
