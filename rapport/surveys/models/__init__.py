from .answer_file import AnswerFile
from .bank import BankQuestion
from .contact import Contact
from .edition import Edition, Unsound
from .invitation import Invitation, InvitationQuerySet, LetterWords, Sending
from .link import Link
from .paper import AlreadyEntered, Entry, PaperPrint, Sheet, SheetQuerySet
from .picture import Picture
from .quota import Quota, QuotaFull
from .response import AlreadyAnswered, Response
from .sample import Draw, Stratum
from .sitting import Sitting
from .survey import Closing, Opening, Reopening, Sampling, Survey, SurveyState

__all__ = [
    "AlreadyAnswered",
    "AlreadyEntered",
    "AnswerFile",
    "BankQuestion",
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
    "Picture",
    "Quota",
    "QuotaFull",
    "Reopening",
    "Response",
    "Sampling",
    "Sending",
    "Sheet",
    "SheetQuerySet",
    "Sitting",
    "Stratum",
    "Survey",
    "SurveyState",
    "Unsound",
]
