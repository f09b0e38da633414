from .answer import Answer, Note, ReplyTemplate
from .handling import Assignment, Merge, StatusChange
from .promise import AnswerPromise
from .voice import Channel, Status, Voice, VoiceKind

__all__ = [
    "Answer",
    "AnswerPromise",
    "Assignment",
    "Channel",
    "Merge",
    "Note",
    "ReplyTemplate",
    "Status",
    "StatusChange",
    "Voice",
    "VoiceKind",
]
