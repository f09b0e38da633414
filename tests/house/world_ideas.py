"""What stands behind the addresses of proposals."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.deciding.models import Proposal
from rapport.deciding.tests.idea_box import a_whole_idea

if TYPE_CHECKING:
    from tests.house.world import World


def _idea(world: "World") -> Proposal:
    """With a comment, a suggested change and a merging that waits; made once."""
    there = Proposal.objects.order_by("pk").first()
    return there or a_whole_idea(world.decision.process, by=world.ben)


IDEA_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "amendments": lambda world: _idea(world).amendments.get().pk,
    "authors": lambda world: _idea(world).code,
    "collections": lambda world: _idea(world).collection_id,
    "comments": lambda world: _idea(world).comments.get().pk,
    "ideas": lambda world: _idea(world).pk,
    "mergings": lambda world: _idea(world).merging_parts.get().merging_id,
    "moderation": lambda world: "idea",
    "moderation/…": lambda world: _idea(world).pk,
    "writing": lambda world: "words",
}
