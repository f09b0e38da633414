from .letter import Letter, LetterState

__all__ = ["Letter", "LetterState"]
