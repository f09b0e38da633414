"""When a plan changes, the places that people already registered for follow it, and nobody loses theirs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from .seating import Seating
    from .session import Session


class TooFew(Exception):
    """Fewer places than people who have one; `seating` says where."""

    def __init__(self, seating: "Seating") -> None:
        super().__init__(seating.pk)
        self.seating = seating


def seating_of(session: "Session") -> "Seating | None":
    """What people registered for to come to this date, if anybody could yet."""
    rows = apps.get_model("programs.seating").objects
    own: Seating | None = rows.filter(session=session).first()
    return own or (rows.filter(series=session.series_id).first() if session.series_id else None)


def refit(sessions: "Iterable[Session]") -> None:
    """Let what is open follow its date's rules and number of places. Raises TooFew before anybody would lose theirs."""
    for session in sessions:
        seating = seating_of(session)
        if seating and session.rules and session.capacity:
            if session.capacity < seating.taken:
                raise TooFew(seating)
            type(seating).objects.open_for(session)
