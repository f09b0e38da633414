"""What whoever books a librarian is told: that we have it, the time, and that it was cancelled."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.messaging.models import Letter
from rapport.programs.models import HelpBooking


def tell_booked(booking: HelpBooking) -> None:
    """The time, or that we look for one. Once for each time."""
    when = int(booking.starts_at.timestamp()) if booking.starts_at else "asked"
    _write(booking, f"help:{booking.pk}:{when}", lambda: _("Your time with a librarian"))


def tell_cancelled(booking: HelpBooking) -> None:
    _write(booking, f"help:{booking.pk}:cancelled", lambda: _("Your time is cancelled"), is_cancelled=True)


def _write(booking: HelpBooking, once: str, subject: Callable[[], str], *, is_cancelled: bool = False) -> None:
    if not booking.email:
        return
    with translation.override(booking.language):
        facts = {
            "booking": booking,
            "is_cancelled": is_cancelled,
            "url": settings.HOUSE.address + booking.get_absolute_url(),
            "library": settings.HOUSE.library,
        }
        text = render_to_string("programs/letters/help.txt", facts)
        Letter.objects.write(
            once, subject=f"{subject()}: {booking.topic}", text=text, language=booking.language,
            email=booking.email, branch=booking.branch,
        )  # fmt: skip
