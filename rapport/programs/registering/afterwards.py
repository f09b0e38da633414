"""Where somebody who came can say how it was: another part of the house says at which address."""

from collections.abc import Callable
from dataclasses import dataclass

from rapport.lib.registry import Registry
from rapport.programs.models import Seat, Session


@dataclass(frozen=True)
class Feedback:
    """`url` answers with a whole address for this household and date, or "" where nothing is asked."""

    name: str
    url: Callable[[Session, Seat], str]


feedback: Registry[Feedback] = Registry("programs.feedback", key=lambda one: one.name)


def feedback_url(session: Session, seat: Seat) -> str:
    return next((url for one in feedback if (url := one.url(session, seat))), "")
