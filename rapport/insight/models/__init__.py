from .need import Evidence, Need, NeedKind, NeedTheme, Ownership, Priority, Source
from .proposal import Problem, ProposedTheme, ThemeProposal
from .theme import Deed, Theme, ThemeChange, ThemeVoice

__all__ = [
    "Deed",
    "Evidence",
    "Need",
    "NeedKind",
    "NeedTheme",
    "Ownership",
    "Priority",
    "Problem",
    "ProposedTheme",
    "Source",
    "Theme",
    "ThemeChange",
    "ThemeProposal",
    "ThemeVoice",
]
