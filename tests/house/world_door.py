"""What stands behind the address on the poster at a door."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.programs.arriving.roster import door_code

if TYPE_CHECKING:
    from tests.house.world import World


DOOR_SAMPLES: "dict[str, Callable[[World], Any]]" = {"here": lambda world: door_code(world.session)}
