"""Questionnaires out of files that others made: what was understood, and what was not."""

from .books import Book, Sheet, open_book
from .remarks import Form, FormRefused, Reason, Remark

__all__ = ["Book", "Form", "FormRefused", "Reason", "Remark", "Sheet", "open_book"]
