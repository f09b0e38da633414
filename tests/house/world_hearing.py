"""What stands behind the addresses of volunteer hours."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rapport.volunteering.models import Helped, KindOfHelp

if TYPE_CHECKING:
    from tests.house.world import World


def some_help(world: "World") -> Helped:
    """Made anew, as the walk takes it away."""
    day = timezone.localdate()
    return Helped.objects.report(
        world.riverside, day, KindOfHelp.PROGRAMS, volunteers=12, hours=Decimal(30), by=world.ben
    )


HEARING_SAMPLES: "dict[str, Callable[[World], Any]]" = {"volunteering": lambda world: some_help(world).pk}
