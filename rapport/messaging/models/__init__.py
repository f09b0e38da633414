from .letter import Attached, Attachment, Letter, LetterState

__all__ = ["Attached", "Attachment", "Letter", "LetterState"]
