from .open_days import OpenDays

__all__ = ["OpenDays"]
