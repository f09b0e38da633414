"""What a process remembers of a conversation for a moment, so that a vote costs few questions to the database."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from rapport.deciding.methods.opinion_map import next_statement, priorities
from rapport.deciding.methods.opinion_map.space import Space
from rapport.deciding.methods.opinion_map.statements import Tally
from rapport.deciding.methods.opinion_map.votes import Floats
from rapport.deciding.models import Conversation, MapDrawing, Statement
from rapport.deciding.models.conversation import REDRAWN_AFTER

REMEMBERED_FOR = 0.0 if settings.TEST else 1.0  # seconds
ENOUGH_FOR_A_PLACE = 7
_NOTHING = np.zeros((1, 1))
NEW = float(priorities(Tally(_NOTHING, _NOTHING, _NOTHING), np.zeros(1))[0])  # the odds of what nobody has seen
_chance = np.random.default_rng()


@dataclass(frozen=True)
class Place:
    x: float  # from -1 to 1, as the outlines
    y: float
    group: int | None


@dataclass(frozen=True)
class Snapshot:
    conversation: Conversation
    statements: list[Statement]  # those that people can vote on
    drawing: MapDrawing | None
    until: float
    by_key: dict[int, Statement] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    odds: Floats = field(default_factory=lambda: np.zeros(0))
    space: Space | None = None
    asked_until: list[datetime] = field(default_factory=list)

    @property
    def drawn(self) -> dict[str, Any]:
        return self.drawing.drawn if self.drawing else {}

    @property
    def enough_for_a_place(self) -> int:
        return min(ENOUGH_FOR_A_PLACE, len(self.statements)) or ENOUGH_FOR_A_PLACE

    def next_for(self, seen: Collection[int]) -> Statement | None:
        """One that this person has not voted on, drawn by how much is learnt from it."""
        found = next_statement(self.odds, self.names, {str(key) for key in seen}, _chance)
        return None if found is None else self.by_key[int(found)]

    def place(self, votes: Mapping[int, int]) -> Place | None:
        """Where somebody with these votes stands on the map as it was drawn last."""
        if self.space is None:
            return None
        column_of = {name: at for at, name in enumerate(self.drawn["odds"])}
        known = {str(self.by_key[key].number): vote for key, vote in votes.items() if key in self.by_key}
        columns = np.array([column_of[name] for name in known if name in column_of], dtype=np.intp)
        if len(columns) < min(self.enough_for_a_place, len(column_of)):
            return None
        cast = np.array([vote for name, vote in known.items() if name in column_of], dtype=np.float64)
        x, y = self.space.place_one(columns, cast)
        apart = [np.hypot(x - cx, y - cy) for cx, cy in self.drawn["space"]["centres"]]
        reach = self.drawn["reach"]
        return Place(_within(x / reach), _within(y / reach), int(np.argmin(apart)) if apart else None)

    def voted(self) -> None:
        """Somebody voted: have the map drawn anew, unless that has been asked for and not begun."""
        now = timezone.now()
        if self.asked_until and now < self.asked_until[0]:
            return
        if self.conversation.ask_for_drawing(seconds=self.drawing.seconds if self.drawing else 0):
            self.asked_until[:] = [now + timedelta(seconds=REDRAWN_AFTER)]  # it is not begun before
        else:  # another process asked
            self.asked_until[:] = [now + timedelta(seconds=REMEMBERED_FOR)]


def _within(value: float) -> float:
    return float(min(1.0, max(-1.0, value)))


_remembered: dict[int, Snapshot] = {}


def snapshot_of(pk: int) -> Snapshot | None:
    """The public conversation with this key as it was a moment ago, or nothing where there is none."""
    known, now = _remembered.get(pk), time.monotonic()
    if known is not None and now < known.until:
        return known
    conversation = Conversation.objects.public().with_all_above().select_related("drawing").filter(pk=pk).first()
    if conversation is None:
        _remembered.pop(pk, None)
        return None
    fresh = snapshot(conversation, until=now + REMEMBERED_FOR)
    if REMEMBERED_FOR:
        _remembered[pk] = fresh
    return fresh


def snapshot(conversation: Conversation, *, until: float = 0.0) -> Snapshot:
    statements = list(Statement.objects.shown_in(conversation).defer("taken_by", "taken_at"))
    for one in statements:
        one.conversation = conversation
    drawing = getattr(conversation, "drawing", None)
    drawn = drawing.drawn if drawing else {}
    odds = drawn.get("odds", {})
    space = drawn.get("space")
    asked = conversation.asked_at
    return Snapshot(
        conversation=conversation,
        statements=statements,
        drawing=drawing,
        until=until,
        by_key={one.pk: one for one in statements},
        names=[str(one.pk) for one in statements],
        odds=np.array([odds.get(str(one.number), NEW) for one in statements]),
        space=Space(np.array(space["mean"]), np.array(space["axes"]), np.zeros(2), space["width"], 0)
        if space
        else None,
        asked_until=[asked + timedelta(seconds=REDRAWN_AFTER)] if asked else [],
    )
