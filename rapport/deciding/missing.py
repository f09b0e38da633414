"""What a process still lacks before people can see it: what it needs, and what is worth another look."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.deciding.components import components_of
from rapport.deciding.models import PhaseKind, Process

_ACTIVE = {PhaseKind.COLLECT, PhaseKind.SHAPE, PhaseKind.CHOOSE}


@dataclass(frozen=True)
class Lack:
    words: str
    url: str
    is_needed: bool = True


def lacks_of(process: Process) -> list[Lack]:
    settings = reverse("deciding:desk-process-settings", args=[process.decision_id])
    decision, phases = process.decision, list(process.phases.prefetch_related("surveys"))
    found = []
    if not any(decision.question.values()):
        found.append(Lack(_("Write the question."), settings))
    if not any(decision.decider.values()):
        found.append(Lack(_("Say who decides."), settings))
    if not any(decision.open_words.values()):
        found.append(Lack(_("Say what is open: people want to know what they can change."), settings))
    if not any(decision.closed_words.values()):
        found.append(Lack(_("Nothing is named that is not open. Money, law, safety: say it now."), settings, False))
    if decision.question.missing():
        found.append(Lack(_("The question is not yet written in every language."), settings, False))
    if not phases:
        return [*found, Lack(_("Add a phase."), reverse("deciding:desk-phase-new", args=[process.decision_id]))]
    if all(phase.is_over for phase in phases):
        found.append(Lack(_("Every phase is over already. Give them other days."), _url(process, phases[0].pk)))
    for phase in phases:
        is_bare = phase.kind in _ACTIVE and not phase.surveys.all() and not components_of(phase)
        if is_bare:
            words = _("Nothing can be done in “%(phase)s” yet: add something, or a survey.") % {"phase": phase}
            found.append(Lack(words, _url(process, phase.pk), False))
        if phase.kind == PhaseKind.CHOOSE and phase.last_day > decision.by_when:
            found.append(Lack(_("The decision is to be taken before people have chosen."), settings))
    if decision.by_when < timezone.localdate():
        found.append(Lack(_("The day of the decision has passed."), settings))
    if not any(phase.kind == PhaseKind.REPORT for phase in phases):
        found.append(
            Lack(_("There is no phase in which you report back."), _url(process, phases[-1].pk), is_needed=False)
        )
    return found


def _url(process: Process, phase: int) -> str:
    return reverse("deciding:desk-phase", args=[process.decision_id, phase])
