"""How the desk and the public page say what an assessment lacks, how a group stands, and where a service stands."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.insight.methods.assessing.checklist import Lack
from rapport.insight.methods.assessing.representation import Standing

Words = str | Promise


class Advice(NamedTuple):
    words: Words
    tab: str


LACK_WORDS = {
    Lack.DECISION: Advice(_("Say which decision it informs"), "details"),
    Lack.LEAD: Advice(_("Say who leads it"), "details"),
    Lack.PROFILE: Advice(_("Bring in the community profile of this place, so that you see whom you miss"), "reach"),
    Lack.KINDS: Advice(_("Use at least three kinds of sources"), "sources"),
    Lack.FORMAL: Advice(_("Add something counted: a survey, the census, use data"), "sources"),
    Lack.INFORMAL: Advice(
        _("Add something informal: interviews, a meeting, a walk through the neighbourhood"), "sources"
    ),
    Lack.MISSING: Advice(_("Seek out the groups that are missing among those who answered"), "reach"),
    Lack.LANGUAGES: Advice(_("Ask in the languages that many speak at home"), "sources"),
    Lack.LIMITS: Advice(_("Say of each source what it cannot say"), "sources"),
    Lack.RETENTION: Advice(_("Say until when notes and answers are kept"), "sources"),
    Lack.ASSETS: Advice(_("Begin with gifts: note what the community has already"), "assets"),
    Lack.FINDINGS: Advice(_("Write down what you found, one sentence each"), "findings"),
    Lack.UNSOURCED: Advice(_("Say for each finding which sources it rests on"), "findings"),
    Lack.PRIORITIES: Advice(_("Choose the needs that matter most"), "priorities"),
    Lack.NEXT: Advice(_("Say when the next one begins"), "details"),
}

STANDINGS: dict[Standing, Words] = {
    Standing.MISSING: _("missing: seek them out"),
    Standing.MORE: _("heard more than their share"),
    Standing.IN_LINE: _("about their share"),
    Standing.UNSURE: _("too close to tell"),
    Standing.TOO_FEW: _("too few answers to tell"),
}

OF_ITEMS: dict[Standing, Words] = {
    Standing.MISSING: _("less than their share"),
    Standing.MORE: _("more than their share"),
    Standing.IN_LINE: _("about their share"),
    Standing.UNSURE: _("too close to tell"),
    Standing.TOO_FEW: _("too few items to tell"),
}

QUADRANTS: dict[str, Words] = {
    "CONCENTRATE": _("matters, and could be better: begin here"),
    "KEEP_UP": _("matters, and is good: keep it up"),
    "LOW_PRIORITY": _("matters less, and could be better"),
    "POSSIBLE_OVERKILL": _("matters less, and is good: perhaps too much"),
}
