"""Understand, as the staff sees it."""
