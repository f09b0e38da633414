"""Decide together: a question, a promise, a decision and how what was said influenced it."""
