from .accommodation import AccommodationEcho, AccommodationRequest, AccommodationTask, Aid, AidState, AidStep, Worked
from .arrival import Arrival, How, WalkIn
from .effort import Effort, HoursThere
from .foreseen import Foreseen, foresee
from .helping import HelpBooking, HelpEnd, HelpOutcome, HelpSlot, HelpTopic, Taken
from .observance import Observance, ObservanceDate, When
from .offered import FACTS, Access, Band, Form, Setting
from .outreach import Outreach
from .pilot import Choice, Measure, Pilot, Reading, Verdict
from .presenter import Presenter
from .program import Delivery, Program, ProgramKind
from .recording import Recording, RecordingViews
from .refitting import TooFew
from .registration import TAKING, THERE, Attendee, Registration, Seat, SeatState, SeatTurn, moved
from .reviewing import Review, Submission
from .rules import RegistrationRules, WaitlistOrder, Way
from .seating import Full, Seating
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
    "Aid",
    "AidState",
    "AidStep",
    "Arrival",
    "Attendee",
    "Band",
    "Cancellation",
    "Choice",
    "Delivery",
    "Effort",
    "Foreseen",
    "Form",
    "Full",
    "Headcount",
    "HelpBooking",
    "HelpEnd",
    "HelpOutcome",
    "HelpSlot",
    "HelpTopic",
    "HoursThere",
    "How",
    "Measure",
    "Moved",
    "Observance",
    "ObservanceDate",
    "Outreach",
    "Pilot",
    "Presenter",
    "Program",
    "ProgramKind",
    "ProgramTemplate",
    "Reading",
    "Recording",
    "RecordingViews",
    "Registration",
    "RegistrationRules",
    "Review",
    "Seat",
    "SeatState",
    "SeatTurn",
    "Seating",
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
    "Way",
    "When",
    "Worked",
    "copy",
    "foresee",
    "hand_down",
    "moved",
]
