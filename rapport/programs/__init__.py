"""Deliver: programs, changes, pilots, sessions and who came."""
