from .edition import Edition, Unsound
from .invitation import Invitation, InvitationQuerySet, LetterWords, Sending
from .link import Link
from .paper import AlreadyEntered, Entry, PaperPrint, Sheet, SheetQuerySet
from .quota import Quota, QuotaFull
from .response import AlreadyAnswered, Contact, Response, Sitting
from .sample import Draw, Stratum
from .survey import Closing, Opening, Sampling, Survey

__all__ = [
    "AlreadyAnswered",
    "AlreadyEntered",
    "Closing",
    "Contact",
    "Draw",
    "Edition",
    "Entry",
    "Invitation",
    "InvitationQuerySet",
    "LetterWords",
    "Link",
    "Opening",
    "PaperPrint",
    "Quota",
    "QuotaFull",
    "Response",
    "Sampling",
    "Sending",
    "Sheet",
    "SheetQuerySet",
    "Sitting",
    "Stratum",
    "Survey",
    "Unsound",
]
