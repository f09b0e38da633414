"""Measure and report back: what came of it, told to each who spoke."""
