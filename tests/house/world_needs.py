"""What stands behind the addresses of the needs board, of assets and of community narratives."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.insight.models import Asset, AssetKind, Narrative, NeedService, NeedSpace, Section, Statement
from rapport.places.models import Space

if TYPE_CHECKING:
    from tests.house.world import World


def _asset(world: "World") -> Asset:
    """Made anew for each, as the walk takes away what it finds."""
    made = {"words": "A yard", "kind": AssetKind.PLACES, "branch": world.riverside}
    return Asset.objects.filter(assessment=None).first() or Asset.objects.create(**made)


def _narrative(world: "World") -> Narrative:
    """Published, and so with a page for everyone."""
    there = Narrative.objects.filter(year=2025).first()
    if there is None:
        there = Narrative.objects.begin(2025, by=world.ben)
        there.gather(
            [Statement(section=Section.HOPES, thing="insight.need", thing_key=world.need.pk, words="A garden")]
        )
        there.publish("A good year", by=world.ben)
    return there


def _space(world: "World") -> NeedSpace:
    space = Space.objects.get(branch=world.riverside, slug="garden")
    return NeedSpace.objects.get_or_create(need=world.need, space=space)[0]


def _service(world: "World") -> NeedService:
    said = {"need": world.need, "survey": world.survey, "question": "services", "line": "books"}
    return NeedService.objects.get_or_create(**said)[0]


NEED_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "assets": lambda world: _asset(world).pk,
    "narratives": lambda world: _narrative(world).pk,
    "parts/section": lambda world: "hopes",
    "rooms/tie": lambda world: _space(world).pk,
    "services": lambda world: _service(world).pk,
    "statements": lambda world: _narrative(world).statements.get().pk,
}
