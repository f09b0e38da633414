"""What stands behind the addresses of counting and following up."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.programs.counting.past_sheets import bring
from rapport.programs.models import Dwindling, PastSheet

if TYPE_CHECKING:
    from tests.house.world import World


def _sheet(world: "World") -> PastSheet:
    """One that waits, made anew where the walk has taken it."""
    grid = [["Title", "Date", "Attendance"], ["Film", "2021-05-04", "7"]]
    return PastSheet.objects.waiting().first() or bring("old.csv", grid, by=world.ben)


def _flag(world: "World") -> Dwindling:
    numbers = {"n": 14, "mean": 13.0, "change": -0.1, "low": -0.12, "high": -0.08}
    return Dwindling.objects.notice(world.program, None, **numbers)


FOLLOWING_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "statistics": lambda world: "TOTPRO",
    "past-counts": lambda world: _sheet(world).pk,
    "dwindling": lambda world: _flag(world).pk,
}
