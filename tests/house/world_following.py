"""What stands behind the addresses of counting and following up."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.house.world import World


FOLLOWING_SAMPLES: "dict[str, Callable[[World], Any]]" = {"statistics": lambda world: "TOTPRO"}
