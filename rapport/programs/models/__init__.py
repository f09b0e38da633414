from .accommodation import AccommodationEcho, AccommodationRequest, AccommodationTask, Aid, AidState, AidStep, Worked
from .arrival import Arrival, How, WalkIn
from .brought import Brought, CalendarFile, Outcome
from .counting import Afar, Basis, Estimate, Explanation, OnlineCount
from .draw import Draw
from .dwindling import Dwindling, Remedy, RemedyChoice
from .effort import Effort, HoursThere
from .feedback import Feedback, FeedbackAnswer, FollowUp, Wave
from .foreseen import Foreseen, foresee
from .helping import HelpBooking, HelpEnd, HelpOutcome, HelpSlot, HelpTopic, Taken
from .interest import HeadStart, Interest, InterestList
from .kept import OwnCalendar, SavedSession
from .no_show import NoShow, Pause
from .observance import Observance, ObservanceDate, When
from .offered import FACTS, Access, Band, Form, Setting
from .outreach import Outreach
from .past_counts import PastCount, PastSheet
from .pilot import Choice, Measure, Pilot, Reading, Verdict
from .presenter import Presenter
from .program import Delivery, Program, ProgramKind
from .proposal import ProgramProposal, ProposalRefusal
from .recording import Recording, RecordingViews
from .refitting import TooFew
from .registration import AlreadyThere, Attendee, Registration
from .reviewing import Review, Submission
from .rules import RegistrationRules, WaitlistOrder, Way
from .seat import TAKING, THERE, Seat, SeatState, SeatTurn, moved
from .seating import Full, Seating
from .self_description import SelfDescription, SelfSaid
from .series import Series, hand_down
from .session import Cancellation, Headcount, Moved, Session
from .skip import Skip
from .template import ProgramTemplate, copy

__all__ = [
    "FACTS",
    "TAKING",
    "THERE",
    "Access",
    "AccommodationEcho",
    "AccommodationRequest",
    "AccommodationTask",
    "Afar",
    "Aid",
    "AidState",
    "AidStep",
    "AlreadyThere",
    "Arrival",
    "Attendee",
    "Band",
    "Basis",
    "Brought",
    "CalendarFile",
    "Cancellation",
    "Choice",
    "Delivery",
    "Draw",
    "Dwindling",
    "Effort",
    "Estimate",
    "Explanation",
    "Feedback",
    "FeedbackAnswer",
    "FollowUp",
    "Foreseen",
    "Form",
    "Full",
    "HeadStart",
    "Headcount",
    "HelpBooking",
    "HelpEnd",
    "HelpOutcome",
    "HelpSlot",
    "HelpTopic",
    "HoursThere",
    "How",
    "Interest",
    "InterestList",
    "Measure",
    "Moved",
    "NoShow",
    "Observance",
    "ObservanceDate",
    "OnlineCount",
    "Outcome",
    "Outreach",
    "OwnCalendar",
    "PastCount",
    "PastSheet",
    "Pause",
    "Pilot",
    "Presenter",
    "Program",
    "ProgramKind",
    "ProgramProposal",
    "ProgramTemplate",
    "ProposalRefusal",
    "Reading",
    "Recording",
    "RecordingViews",
    "Registration",
    "RegistrationRules",
    "Remedy",
    "RemedyChoice",
    "Review",
    "SavedSession",
    "Seat",
    "SeatState",
    "SeatTurn",
    "Seating",
    "SelfDescription",
    "SelfSaid",
    "Series",
    "Session",
    "Setting",
    "Skip",
    "Submission",
    "Taken",
    "TooFew",
    "Verdict",
    "WaitlistOrder",
    "WalkIn",
    "Wave",
    "Way",
    "When",
    "Worked",
    "copy",
    "foresee",
    "hand_down",
    "moved",
]
