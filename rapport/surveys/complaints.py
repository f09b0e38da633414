"""What cannot be taken, said kindly and in the reader's language: words for each `Fault`."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.surveys.methods import WRITING, Complaint, Fault, Kind, Question

Said = str


def say_complaint(question: Question, complaint: Complaint, must: str = "") -> Said:
    """`must` are the words of the question's own rule."""
    if complaint.fault == Fault.MUST:
        return must or _("This does not fit with your other answers. Please look at it once more.")
    if complaint.fault == Fault.REQUIRED:
        return _required(question)
    if complaint.fault in {Fault.TOO_FEW, Fault.TOO_MANY, Fault.TOO_SHORT, Fault.TOO_LONG}:
        return _counted(question, complaint)
    return _PLAIN[complaint.fault](complaint.bound)


def _required(question: Question) -> Said:
    if question.kind == Kind.CONSENT:
        return _("We can only go on if you agree.")
    if question.kind == Kind.GRID:
        return _("Please choose an answer in each row.")
    if question.kind in WRITING or question.kind in {Kind.NUMBER, Kind.DATE}:
        return _("Please write an answer here.")
    return _("Please choose an answer here.")


def _counted(question: Question, complaint: Complaint) -> Said:
    n = int(float(complaint.bound or 0))
    if complaint.fault == Fault.TOO_FEW:
        return ngettext("Please choose at least one.", "Please choose at least %(n)s.", n) % {"n": n}
    if complaint.fault == Fault.TOO_MANY:
        return ngettext("Please choose one at most.", "Please choose %(n)s at most.", n) % {"n": n}
    if complaint.fault == Fault.TOO_SHORT:
        return ngettext("Please write at least one letter.", "Please write at least %(n)s letters.", n) % {"n": n}
    return ngettext("Please write one letter at most.", "Please shorten it to %(n)s letters.", n) % {"n": n}


def _number(bound: str) -> Said:
    try:
        value = float(bound)
    except ValueError:
        return bound
    return number_format(int(value) if value == int(value) else value, use_l10n=True)


def _day(bound: str) -> Said:
    try:
        return date_format(date.fromisoformat(bound), "DATE_FORMAT")
    except ValueError:
        return bound


_PLAIN = {
    Fault.NOT_A_CHOICE: lambda bound: _("Please choose one of the answers that are offered."),
    Fault.NOT_ALONE: lambda bound: _("You chose “none of these” together with others. Please choose one or the other."),
    Fault.TWICE: lambda bound: _("Two of them have the same place. Please give each a place of its own."),
    Fault.NOT_A_NUMBER: lambda bound: _("Please write a number in figures, such as 3."),
    Fault.NOT_WHOLE: lambda bound: _("Please write a whole number, without a fraction."),
    Fault.TOO_SMALL: lambda bound: _("Please write a number of at least %(least)s.") % {"least": _number(bound)},
    Fault.TOO_LARGE: lambda bound: _("Please write a number of at most %(most)s.") % {"most": _number(bound)},
    Fault.NOT_A_DATE: lambda bound: _("Please write a date with year, month and day, such as 2026-03-31."),
    Fault.TOO_EARLY: lambda bound: _("Please write a date not before %(day)s.") % {"day": _day(bound)},
    Fault.TOO_LATE: lambda bound: _("Please write a date not after %(day)s.") % {"day": _day(bound)},
}
