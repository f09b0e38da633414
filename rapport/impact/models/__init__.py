from .headline import Headline
from .report import Report

__all__ = ["Headline", "Report"]
