"""A loop as a story: its knots, and what hangs on its thread, for one face of the house."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.lib.publishing import published
from rapport.loop.models import Heard, Loop, Stage, Step, Strand, Turn
from rapport.loop.things import Face, Thing, label_of, things, things_by_key
from rapport.ui.thread import Knot, State

_AGAINST = {Turn.DECIDED_AGAINST, Turn.COULD_NOT, Turn.STOPPED, Turn.GIVEN_UP}
_OWED: dict[Stage, str | Promise] = {
    Stage.UNDERSTAND: gettext_lazy("We have not yet said what we understood"),
    Stage.DECIDE: gettext_lazy("Nothing has been decided yet"),
    Stage.DELIVER: gettext_lazy("Nothing has been tried yet"),
    Stage.MEASURE: gettext_lazy("We do not know yet how it went"),
    Stage.REPORT: gettext_lazy("We have not yet reported back"),
}


@dataclass(frozen=True)
class Hanging:
    """One thing on the thread, or (where there are many of its kind) all of them."""

    kind: str | Promise
    words: str
    url: str
    is_here: bool = False


@dataclass
class Story:
    """What the pages show of one loop. It asks the database a fixed number of times, however long the story is."""

    loop: Loop
    face: Face
    seen_from: models.Model | None = None
    steps: Sequence[Step] = field(default_factory=list)

    @cached_property
    def knots(self) -> list[Knot]:
        return [self._heard_knot(), *map(self._knot, self._told_steps), *self._owed(), self._told_knot()]

    @property
    def _told_steps(self) -> list[Step]:
        return [step for step in self.steps if step.turn != Turn.HEARD]

    @property
    def _latest(self) -> Step | None:
        return next((step for step in reversed(self.steps) if Turn(step.turn).moves_on), None)

    @property
    def is_closed(self) -> bool:
        return not self.loop.is_open

    def _heard_knot(self) -> Knot:
        url = next((one.url for one in self.hanging if one.kind == self._voice_name), "")
        return Knot(_("We heard this"), "done", self.loop.at, self.heard_words, url, stage=Stage.LISTEN)

    @property
    def _voice_name(self) -> str | Promise:
        return things.get("listening.voice").name if "listening.voice" in things else ""

    def _knot(self, step: Step) -> Knot:
        turn = Turn(step.turn)
        is_latest = step is self._latest and not self.is_closed
        state: State = "declined" if turn in _AGAINST else "present" if is_latest else "done"
        return Knot(turn.label, state, step.at, str(step.words), self._url(step.thing, step.thing_key), turn.stage)

    def _owed(self) -> list[Knot]:
        if self.is_closed:
            return []
        reached = {step.stage for step in self._told_steps}
        last = max((list(Stage).index(stage) for stage in reached), default=0)
        return [
            Knot(words, "owed", stage=stage)
            for stage, words in _OWED.items()
            if stage not in reached and list(Stage).index(stage) > last
        ]

    def _told_knot(self) -> Knot:
        if not self.is_closed:
            return Knot(_("Everyone who spoke is told"), "owed", stage="told")
        return Knot(_("Everyone who spoke was told"), "done", self.loop.closing.at, stage="told")

    @property
    def heard_words(self) -> str:
        """How many spoke. In public, a small number is not told."""
        if self.face == "public" and published(self._voice_count).number is None:
            return _("A few people spoke of this.")
        if not self._voice_count:
            return ""
        return ngettext("%(count)s voice spoke of this.", "%(count)s voices spoke of this.", self._voice_count) % {
            "count": self._voice_count
        }

    @cached_property
    def _counts(self) -> dict[str, int]:
        return dict(self.loop.strands.values_list("thing").annotate(n=Count("pk")))

    @property
    def _voice_count(self) -> int:
        return self._counts.get("listening.voice", 0)

    @cached_property
    def heard_count(self) -> int:
        return Heard.objects.filter(loop=self.loop).count()

    @cached_property
    def hanging(self) -> list[Hanging]:
        """What hangs on this thread, in the order of the loop."""
        row: list[Hanging] = []
        for kind in things:
            if kind.label in self._counts:
                row += [self._all_of(kind)] if kind.is_listed else self._each_of(kind)
        return [one for one in row if one.url or self.face == "desk"]

    def _all_of(self, kind: Thing) -> Hanging:
        words = self.heard_words if kind.label == "listening.voice" else str(self._counts[kind.label])
        return Hanging(kind.name, words, kind.list_url(self.loop, self.face))

    def _each_of(self, kind: Thing) -> list[Hanging]:
        return [
            Hanging(kind.name, str(thing), kind.url(thing, self.face), thing == self.seen_from)
            for thing in self._things[kind.label].values()
        ]

    @cached_property
    def _things(self) -> dict[str, dict[int, models.Model]]:
        keys: dict[str, list[int]] = defaultdict(list)
        named = [kind.label for kind in things if not kind.is_listed]
        for label, key in self.loop.strands.filter(thing__in=named).order_by("pk").values_list("thing", "thing_key"):
            keys[label].append(key)
        return defaultdict(dict, {label: things_by_key(label, these) for label, these in keys.items()})

    def _url(self, label: str, key: int | None) -> str:
        thing = self._things[label].get(key) if key else None
        if thing is None or thing == self.seen_from or label not in things:
            return ""
        return things.get(label).url(thing, self.face)


def story_of(loop: Loop, face: Face, seen_from: models.Model | None = None) -> Story:
    return Story(loop, face, seen_from, list(loop.steps.all()))


def stories_of(thing: models.Model, face: Face, most: int = 3) -> list[Story]:
    """The stories on which this thing hangs, newest first."""
    loops = Loop.objects.of(thing).select_related("closing").prefetch_related("steps")
    if face == "public":
        loops = loops.public()
    return [Story(loop, face, thing, list(loop.steps.all())) for loop in loops[:most]]


def small_threads(loops: Iterable[Loop]) -> dict[int, list[Knot]]:
    """The seven dots of many loops at once (their `steps` prefetched and `closing` selected): no query a loop."""
    return {loop.pk: _dots(loop) for loop in loops}


def _dots(loop: Loop) -> list[Knot]:
    steps = list(loop.steps.all())
    latest = next((step for step in reversed(steps) if Turn(step.turn).moves_on), None)
    knots = [Knot("", "done", stage=Stage.LISTEN), *(_dot(step, loop.is_open and step is latest) for step in steps)]
    return knots if loop.is_open else [*knots, Knot("", "done", stage="told")]


def _dot(step: Step, is_latest: bool) -> Knot:
    turn = Turn(step.turn)
    state: State = "declined" if turn in _AGAINST else "present" if is_latest else "done"
    return Knot("", state, stage=turn.stage)


def loops_of_many(label: str, keys: Iterable[int]) -> dict[int, list[Loop]]:
    """The loops of many things of one kind, in three queries: for lists with a small thread on each row."""
    strands = list(Strand.objects.filter(thing=label, thing_key__in=list(keys)).values_list("thing_key", "loop"))
    loops = Loop.objects.select_related("closing").prefetch_related("steps").in_bulk({loop for _key, loop in strands})
    found: dict[int, list[Loop]] = defaultdict(list)
    for key, loop in strands:
        found[key].append(loops[loop])
    return found


__all__ = ["Hanging", "Story", "label_of", "loops_of_many", "small_threads", "stories_of", "story_of"]
