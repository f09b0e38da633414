"""What stands behind the addresses of opinion maps."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.deciding.models import Conversation

if TYPE_CHECKING:
    from tests.house.world import World


def _opinions(world: "World") -> Conversation:
    """With two statements; made once."""
    phase = world.decision.process.phases.all()[0]
    known = Conversation.objects.filter(phase=phase).first()
    return known or Conversation.objects.begin(phase, "The garden", by=world.ben, statements=["A bench", "Shade"])


OPINION_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "opinions": lambda world: _opinions(world).pk,
    "statements": lambda world: _opinions(world).statements.all()[0].pk,
}
