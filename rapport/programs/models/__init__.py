from .accommodation import AccommodationEcho, AccommodationRequest, AccommodationTask, Aid, AidState, AidStep, Worked
from .offered import FACTS, Access, Band, Form, Setting
from .pilot import Choice, Measure, Pilot, Reading, Verdict
from .presenter import Presenter
from .program import Delivery, Program, ProgramKind
from .registration import TAKING, THERE, Attendee, Registration, Seat, SeatState, SeatTurn, moved
from .rules import RegistrationRules, WaitlistOrder, Way
from .seating import Full, Seating
from .series import Series, hand_down
from .session import Cancellation, Headcount, Session

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
    "Attendee",
    "Band",
    "Cancellation",
    "Choice",
    "Delivery",
    "Form",
    "Full",
    "Headcount",
    "Measure",
    "Pilot",
    "Presenter",
    "Program",
    "ProgramKind",
    "Reading",
    "Registration",
    "RegistrationRules",
    "Seat",
    "SeatState",
    "SeatTurn",
    "Seating",
    "Series",
    "Session",
    "Setting",
    "Verdict",
    "WaitlistOrder",
    "Way",
    "Worked",
    "hand_down",
    "moved",
]
