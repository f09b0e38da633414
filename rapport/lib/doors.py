"""Every address says who may open it; a test walks all of them. Doors for roles are in `people.guards`."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"


def anyone(view: View) -> View:
    """Open to all, signed in or not."""
    view.door = ANYONE  # type: ignore[attr-defined]
    return view
