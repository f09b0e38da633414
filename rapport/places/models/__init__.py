from .branch import Branch, Closure, Hours, Space

__all__ = ["Branch", "Closure", "Hours", "Space"]
