"""LimeSurvey's own files of surveys (.lss), read."""

from .reading import read_lss

__all__ = ["read_lss"]
