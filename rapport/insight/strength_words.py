"""How the strength of evidence is said, and why it is what it is."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.insight.methods.assessing.strength import MANY, RECENT, Check, Grade, Strength
from rapport.insight.models import EvidenceKind

Words = str | Promise

GRADES: dict[Grade, Words] = {
    Grade.STRONG: gettext_lazy("strong"),
    Grade.FAIR: gettext_lazy("fair"),
    Grade.WEAK: gettext_lazy("weak"),
    Grade.DISPUTED: gettext_lazy("disputed"),
    Grade.UNKNOWN: gettext_lazy("nothing noted"),
}
TONES = {
    Grade.STRONG: "done",
    Grade.FAIR: "present",
    Grade.WEAK: "owed",
    Grade.DISPUTED: "declined",
    Grade.UNKNOWN: "owed",
}


@dataclass(frozen=True)
class Reason:
    is_yes: bool
    question: str
    words: str


def reasons(found: Strength, *, is_exact: bool = True, threshold: int = 10) -> list[Reason]:
    """The four questions with their answers; in public a small number is only called small."""
    known = found.known
    kinds = ", ".join(kind.short for kind in EvidenceKind if kind in known.kinds) or _("none")
    people = str(known.people)
    if not is_exact and 0 < known.people < threshold:
        people = _("fewer than %(n)s") % {"n": threshold}
    newest = date_format(known.newest, "DATE_FORMAT") if known.newest else _("no day is known")
    like = {
        True: _("yes, none is missing, or they were drawn by chance"),
        False: _("no, a group is missing"),
        None: _("nobody can say yet"),
    }[known.is_like]
    years = RECENT // 365
    return [
        Reason(found.is_yes(Check.KINDS), _("Do two kinds of evidence agree?"), kinds),
        Reason(found.is_yes(Check.MANY), _("Did at least %(n)s people say it?") % {"n": MANY}, people),
        Reason(
            found.is_yes(Check.RECENT),
            ngettext("Is some of it from the last year?", "Is some of it from the last %(n)s years?", years)
            % {"n": years},
            newest,
        ),
        Reason(found.is_yes(Check.LIKE), _("Are those who were asked like those who live here?"), like),
    ]


@dataclass(frozen=True)
class Said:
    """The grade in words, its tone for a mark, and its reasons."""

    grade: Words
    tone: str
    reasons: list[Reason]
    against: int


def said(found: Strength, *, is_exact: bool = True, threshold: int = 10) -> Said:
    told = reasons(found, is_exact=is_exact, threshold=threshold)
    return Said(GRADES[found.grade], TONES[found.grade], told, found.known.against)
