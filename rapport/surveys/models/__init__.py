from .edition import Edition, Unsound
from .link import Invitation, Link
from .quota import Quota, QuotaFull
from .response import AlreadyAnswered, Contact, Response, Sitting
from .survey import Closing, Opening, Sampling, Survey

__all__ = [
    "AlreadyAnswered",
    "Closing",
    "Contact",
    "Edition",
    "Invitation",
    "Link",
    "Opening",
    "Quota",
    "QuotaFull",
    "Response",
    "Sampling",
    "Sitting",
    "Survey",
    "Unsound",
]
