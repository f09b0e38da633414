from .profile import Band, Dimension, Figure

__all__ = ["Band", "Dimension", "Figure"]
