"""What a household is told at each turn, in its language, with an entry for the calendar."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rapport.messaging.models import Attached, Letter
from rapport.programs.models import Registration, Seat, SeatState, SeatTurn, Session
from rapport.programs.registering import entries
from rapport.programs.registering.said import stands

SUBJECTS: dict[str, Callable[[], str]] = {
    SeatState.IN: lambda: _("You have a place"),
    SeatState.ASKED: lambda: _("We have your registration"),
    SeatState.WAITING: lambda: _("You are on the waitlist"),
    SeatState.OFFERED: lambda: _("A place is free for you"),
    SeatState.LEFT: lambda: _("Cancelled"),
    SeatState.LET_GO: lambda: _("Your place was given back"),
    SeatState.REFUSED: lambda: _("About your registration"),
    SeatState.FULL: lambda: _("No place is free"),
}


def tell_sent(registration: Registration) -> None:
    """One letter for the whole form, whatever became of each of its dates."""
    seats = [seat for seat in _seats(registration) if seat.turns.exists()]
    if not seats:
        return
    states = {seat.state for seat in seats}
    subject = SUBJECTS[states.pop()] if len(states) == 1 else SUBJECTS[SeatState.ASKED]
    write(registration, f"registration:{registration.pk}:sent", "sent", subject, seats, entry_of=seats)


def tell_again(registration: Registration) -> None:
    """Somebody filled in the same form again: the link to what is there. At most once a day."""
    once = f"registration:{registration.pk}:again:{timezone.localdate():%Y%m%d}"
    write(registration, once, "sent", lambda: _("You are registered already"), _seats(registration))


def tell_turn(turn: SeatTurn) -> None:
    """Only what still is so; what has changed meanwhile has a letter of its own."""
    [seat] = [seat for seat in _seats(turn.seat.registration) if seat.pk == turn.seat_id]
    if seat.state == turn.state:
        once, subject = f"registration:{seat.registration_id}:turn:{turn.pk}", SUBJECTS[turn.state]
        write(seat.registration, once, "turn", subject, [seat], entry_of=[seat], turn=turn)


def _seats(registration: Registration) -> list[Seat]:
    rows = registration.seats.select_related("seating__rules", "seating__session__program", "seating__session__branch",
                                             "seating__session__space", "seating__session__cancellation",
                                             "seating__series__program", "registration")  # fmt: skip
    return list(rows.order_by("seating__begins_at", "pk"))


def write(
    registration: Registration, once: str, template: str, subject: Callable[[], str], seats: list[Seat],
    *, entry_of: Iterable[Seat] = (), **words: Any,
) -> bool:  # fmt: skip
    """Written once; without an address the letter waits for somebody who calls. Answers whether it is new."""
    if registration.forgotten_at or not (registration.email or registration.phone):
        return False
    if Letter.objects.filter(once=once).exists():
        return False
    with translation.override(registration.language):
        attached = [file for seat in entry_of for file in _entry(seat)]
        facts = {
            "registration": registration, "lines": [(seat, seat.seating.dates, stands(seat)) for seat in seats],
            "url": settings.HOUSE.address + registration.get_absolute_url(), "library": settings.HOUSE.library,
            **words,
        }  # fmt: skip
        text = render_to_string(f"programs/letters/registration_{template}.txt", facts)
        dates = seats[0].seating.dates if seats else []
        Letter.objects.write(
            once, subject=f"{subject()}: {seats[0].seating}", text=text, language=registration.language,
            email=registration.email, branch=dates[0].branch if dates else None, attached=attached,
        )  # fmt: skip
    return True


def _entry(seat: Seat) -> list[Attached]:
    """For who has a place, an entry; for who had one in their calendar and has none any more, its end."""
    coming = [date for date in seat.seating.dates if date.ends_at > timezone.now() or str(date.pk) in seat.told]
    if seat.state == SeatState.IN:
        _next_number(seat, {str(date.pk): facts_of(date) for date in coming})
        return entries.request(seat, coming)
    if seat.told:
        known = [date for date in coming if str(date.pk) in seat.told]
        _next_number(seat, {})
        return entries.cancel(seat, known)
    return []


def _next_number(seat: Seat, told: dict[str, Any]) -> None:
    """Each entry that goes out has a greater number than those before; the first has 0."""
    if seat.told or seat.sequence:
        seat.sequence += 1
    seat.told = told
    Seat.objects.filter(pk=seat.pk).update(sequence=seat.sequence, told=told)


def facts_of(date: Session) -> list[str]:
    """What somebody must be told anew when it changes."""
    return [date.starts_at.isoformat(), date.ends_at.isoformat(), date.where, "off" if date.called_off else ""]
