from .pilot import Measure, Pilot, Reading, Verdict
from .program import Program, ProgramKind
from .session import Band, Cancellation, Headcount, Session, Setting

__all__ = [
    "Band",
    "Cancellation",
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
