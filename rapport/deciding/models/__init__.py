from .decision import Closing, Decision, Influence, Promise, Ruling

__all__ = ["Closing", "Decision", "Influence", "Promise", "Ruling"]
