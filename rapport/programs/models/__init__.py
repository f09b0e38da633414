from .pilot import Choice, Measure, Pilot, Reading, Verdict
from .program import Delivery, Program, ProgramKind
from .session import Access, Band, Cancellation, Headcount, Session, Setting

__all__ = [
    "Access",
    "Band",
    "Cancellation",
    "Choice",
    "Delivery",
    "Headcount",
    "Measure",
    "Pilot",
    "Program",
    "ProgramKind",
    "Reading",
    "Session",
    "Setting",
    "Verdict",
]
