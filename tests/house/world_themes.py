"""What stands behind the addresses of the workbench of themes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rapport.insight.models import CodingSample, Round, Suggestion
from rapport.listening.models import Voice

if TYPE_CHECKING:
    from tests.house.world import World


def _round(world: "World") -> Round:
    """Made anew for each, as the walk takes away what it finds."""
    today = timezone.localdate()
    return Round.objects.get_or_create(name="This year", defaults={"first": today, "last": today, "by": world.ben})[0]


def _sample(world: "World") -> CodingSample:
    there = CodingSample.objects.first()
    voices = Voice.objects.filter(pk=world.voice.pk)
    return there or CodingSample.objects.draw("Two of us", voices, size=1, by=world.ben, branch=world.riverside)


def _suggestion(world: "World") -> Suggestion:
    said = {"theme": world.theme, "sureness": 0.5, "confidence": 0.5}
    return Suggestion.objects.get_or_create(voice=world.voice, defaults=said)[0]


THEME_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "rounds": lambda world: _round(world).pk,
    "sampled": lambda world: _sample(world).sampled.get().pk,
    "samples": lambda world: _sample(world).pk,
    "suggestions": lambda world: _suggestion(world).pk,
}
