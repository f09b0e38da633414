from .helped import Helped, HelpedBand, KindOfHelp, TooManyOfABand

__all__ = ["Helped", "HelpedBand", "KindOfHelp", "TooManyOfABand"]
