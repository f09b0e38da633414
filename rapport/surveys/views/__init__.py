"""The public face: how anyone answers, on the web, on a screen, within another site, or by a personal link."""

from .later import later
from .sitting import end, response, review, sitting
from .thanks import contact, thanks
from .welcome import invitation, link, refusal, resumption, survey, surveys

__all__ = [
    "contact",
    "end",
    "invitation",
    "later",
    "link",
    "refusal",
    "response",
    "resumption",
    "review",
    "sitting",
    "survey",
    "surveys",
    "thanks",
]
