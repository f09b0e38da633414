"""How it stands with the places of a household, in a sentence for them: the same on their page and in letters."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.programs.models import TAKING, Seat, SeatState


def stands(seat: Seat) -> str:
    if seat.state == SeatState.WAITING:
        return _waiting(seat)
    if seat.state in TAKING:
        return _taken(seat) % {"n": seat.heads, "until": _moment(seat)}
    return {
        SeatState.LEFT: _("This is cancelled."),
        SeatState.LET_GO: _("Your place was given back, as we did not hear from you in time."),
        SeatState.REFUSED: _("We could not give you a place."),
        SeatState.FULL: _("All places are taken, and the waitlist is full."),
    }.get(SeatState(seat.state), _("The form is not sent yet."))


def _taken(seat: Seat) -> str:
    if seat.state == SeatState.ASKED:
        return ngettext(
            "We keep %(n)d place for you and tell you soon whether it is yours.",
            "We keep %(n)d places for you and tell you soon whether they are yours.",
            seat.heads,
        )
    if seat.state == SeatState.OFFERED:
        return ngettext(
            "%(n)d place is free for you. We keep it until %(until)s.",
            "%(n)d places are free for you. We keep them until %(until)s.",
            seat.heads,
        )
    return ngettext("You have %(n)d place.", "You have %(n)d places.", seat.heads)


def _moment(seat: Seat) -> str:
    return date_format(timezone.localtime(seat.until), "DATETIME_FORMAT") if seat.until else ""


def _waiting(seat: Seat) -> str:
    if seat.seating.waits_for_draw:
        return _("You take part in the draw. We write to you when it is done.")
    said = _("You are on the waitlist, in place %(n)d.") % {"n": seat.position or 1}
    if seat.passed_over:
        said += " " + ngettext(
            "%(n)d time places came free, but fewer than you need together. You keep your place in line.",
            "%(n)d times places came free, but fewer than you need together. You keep your place in line.",
            seat.passed_over,
        ) % {"n": seat.passed_over}
    return said
