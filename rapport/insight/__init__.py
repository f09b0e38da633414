"""Understand: themes, needs and their evidence."""
