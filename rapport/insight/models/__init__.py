from .need import Evidence, Need, NeedTheme, Priority
from .proposal import ProposedTheme, ThemeProposal
from .theme import Theme, ThemeVoice

__all__ = ["Evidence", "Need", "NeedTheme", "Priority", "ProposedTheme", "Theme", "ThemeProposal", "ThemeVoice"]
