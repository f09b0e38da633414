"""Answers out of tables that others made: which column is which question, and what each row says."""

from .files import MOST_ROWS, BrokenFile, SavTable
from .matching import DATE, KEY, LANGUAGE, PLACE, SKIP, Match, Target, guess, targets_of
from .rows import Read, ReadRow, read_rows

__all__ = [
    "DATE",
    "KEY",
    "LANGUAGE",
    "MOST_ROWS",
    "PLACE",
    "SKIP",
    "BrokenFile",
    "Match",
    "Read",
    "ReadRow",
    "SavTable",
    "Target",
    "guess",
    "read_rows",
    "targets_of",
]
