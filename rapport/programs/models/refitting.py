"""When a plan changes, the places that people already registered for follow it, and nobody loses theirs."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from .rules import RegistrationRules
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
            begins = seating.closes_at + timedelta(hours=seating.rules.closes_hours)
            facts = fitted(seating, session.rules, session.capacity, begins)
            type(seating).objects.filter(pk=seating.pk).update(rules=session.rules, **facts)


def fitted(seating: "Seating", rules: "RegistrationRules", capacity: int, begins: Any) -> dict[str, Any]:
    """How a seating stands under these rules; places kept and the length of the line never push anybody out."""
    opens = begins - timedelta(days=rules.opens_days)
    waitlist = rules.waitlist if rules.waitlist is None else max(rules.waitlist, seating.waiting)
    return {
        "capacity": capacity,
        "kept": max(0, min(rules.walk_ins, capacity - seating.taken)),
        "waitlist": waitlist,
        "opens_first_at": opens,
        "opens_at": opens + timedelta(days=rules.first_days),
        "closes_at": begins - timedelta(hours=rules.closes_hours),
    }
