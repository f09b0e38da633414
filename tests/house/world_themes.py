"""What stands behind the addresses of the workbench of themes."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rapport.insight.methods.themes.weekly import Line, Week
from rapport.insight.methods.themes.weekly_counts import Cell
from rapport.insight.models import CodingSample, Digest, DigestLine, Round, Suggestion
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


def _line(world: "World") -> DigestLine:
    """A week in which the world's theme rose."""
    today = timezone.localdate()
    line = Line(
        Cell(theme=world.theme.pk), 9, 2.0, 0.001, 0.01, True, False, (2, 1, 9), (0, 0, 0), (5, 5, 5), (world.voice.pk,)
    )
    monday = today - timedelta(days=today.weekday() + 7)
    return Digest.objects.write(monday, Week(30, 50, False, (line,)))[0].lines.get()


THEME_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "digests": lambda world: _line(world).digest_id,
    "lines": lambda world: _line(world).pk,
    "rounds": lambda world: _round(world).pk,
    "sampled": lambda world: _sample(world).sampled.get().pk,
    "samples": lambda world: _sample(world).pk,
    "suggestions": lambda world: _suggestion(world).pk,
}
