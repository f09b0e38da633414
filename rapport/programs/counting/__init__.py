"""Counts for the official statistics, out of what was noted on the day."""
