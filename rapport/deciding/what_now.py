"""What a process looks like for somebody who comes to it: its phases, and what can be done now, before and later."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.deciding.components import components_of
from rapport.deciding.models import Participant, Phase, PhaseKind, Poll, Process, Turnout
from rapport.surveys.models import Survey

ICONS = {
    PhaseKind.COLLECT: "lightbulb",
    PhaseKind.SHAPE: "messages-square",
    PhaseKind.CHOOSE: "vote",
    PhaseKind.CARRY_OUT: "hammer",
    PhaseKind.REPORT: "megaphone",
}
_SOON = 45


@dataclass(frozen=True)
class Doing:
    """One thing that people can do, or that came of it, as a card."""

    title: str
    about: str
    url: str
    icon: str
    kind: Any
    is_done: bool = False  # this participant has voted: nobody is asked again


@dataclass
class Part:
    """A phase as a stop of the way."""

    phase: Phase
    state: str  # past, present, ahead
    days: str
    doings: list[Doing] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return ICONS[PhaseKind(self.phase.kind)]


def parts_of(process: Process, participant: Participant | None = None, *, all_of_it: bool = False) -> list[Part]:
    """The phases in their order; what is ahead shows its days only, unless somebody looks at a draft."""
    voted = (
        set(Turnout.objects.filter(participant=participant).values_list("poll", flat=True)) if participant else set()
    )
    parts = []
    for phase in process.phases.prefetch_related("surveys", "lengthenings"):
        phase.process = process  # known already: nobody asks the database for it again
        part = Part(phase, _state(phase), days_of(phase))
        if all_of_it or part.state != "ahead":
            part.doings = [*_doings(phase, voted), *_surveys(phase)]
        parts.append(part)
    return parts


def now_of(parts: list[Part]) -> list[tuple[Part, Doing]]:
    return [(part, doing) for part in parts if part.state == "present" for doing in part.doings]


def _state(phase: Phase) -> str:
    return "past" if phase.is_over else "ahead" if phase.is_ahead else "present"


def _doings(phase: Phase, voted: set[int]) -> list[Doing]:
    return [
        Doing(str(thing), str(thing.about), kind.public_url(thing), kind.icon, kind.label,
              isinstance(thing, Poll) and thing.pk in voted)
        for kind, thing in components_of(phase)
    ]  # fmt: skip


def _surveys(phase: Phase) -> list[Doing]:
    return [_survey(survey) for survey in phase.surveys.all() if survey.is_open]


def _survey(survey: Survey) -> Doing:
    return Doing(str(survey), str(survey.purpose), survey.get_absolute_url(), "clipboard-pen", _("Answer a survey"))


def days_of(phase: Phase) -> str:
    """Its days in words: how long ago, how long still, or how long until it begins."""
    today = timezone.localdate()
    last = date_format(phase.last_day, "MONTH_DAY_FORMAT")
    if phase.is_over:
        return _("ended on %(day)s") % {"day": last}
    if phase.is_ahead:
        first = timezone.localdate(phase.opens_at)
        days, begins = (first - today).days, date_format(first, "MONTH_DAY_FORMAT")
        if days > _SOON:
            return _("from %(day)s") % {"day": begins}
        words = ngettext("in %(n)s day, on %(day)s", "in %(n)s days, on %(day)s", days)
        return words % {"n": days, "day": begins}
    days = (phase.last_day - today).days
    if days == 0:
        return _("today is the last day")
    if days > _SOON:
        return _("until %(day)s") % {"day": last}
    return ngettext("%(n)s day left, until %(day)s", "%(n)s days left, until %(day)s", days) % {"n": days, "day": last}
