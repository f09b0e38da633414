"""Rapport: a library listens, decides with its community, delivers, measures, and reports back."""

__version__ = "0.1.0"
