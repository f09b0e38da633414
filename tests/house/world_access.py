"""What stands behind the addresses of accommodation: somebody who asked for an interpreter."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.programs.models import AccommodationRequest

if TYPE_CHECKING:
    from tests.house.world import World


def _asked(world: "World") -> AccommodationRequest:
    there = AccommodationRequest.objects.first()
    said = {"email": "rosa@example.org", "language": "en"}
    return there or AccommodationRequest.objects.ask(world.session, ["sign-language"], **said)


ACCESS_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "accommodations": lambda world: _asked(world).pk,
    "accommodations/key": lambda world: _asked(world).key,
    "tasks": lambda world: _asked(world).tasks.get().pk,
}
