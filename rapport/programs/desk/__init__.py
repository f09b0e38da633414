"""The staff's face: programs, their trials, their sessions."""
