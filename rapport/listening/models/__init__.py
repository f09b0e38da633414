from .addition import Addition
from .answer import Answer, Note, ReplyTemplate
from .handling import Assignment, Merge, StatusChange
from .kinds import Channel, Deed, Status, VoiceKind
from .promise import AnswerPromise
from .voice import SPAM, Voice, VoiceQuerySet, speakers_of

__all__ = [
    "SPAM",
    "Addition",
    "Answer",
    "AnswerPromise",
    "Assignment",
    "Channel",
    "Deed",
    "Merge",
    "Note",
    "ReplyTemplate",
    "Status",
    "StatusChange",
    "Voice",
    "VoiceKind",
    "VoiceQuerySet",
    "speakers_of",
]
