"""Grids that ask how much something matters and how good it is: what to work on first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from rapport.insight.columns.encoding import Array
from rapport.insight.methods.estimating.gaps import Gap, Gaps, Quadrant, gaps
from rapport.insight.results.ground import Ground
from rapport.insight.results.questions import few_since
from rapport.surveys.methods import Kind, Line, Question

QUADRANTS = {
    Quadrant.CONCENTRATE: lambda: _("work on this first"),
    Quadrant.KEEP_UP: lambda: _("keep it up"),
    Quadrant.LOW_PRIORITY: lambda: _("can wait"),
    Quadrant.POSSIBLE_OVERKILL: lambda: _("perhaps more than is needed"),
}


@dataclass(frozen=True)
class Service:
    """A row of the grid in words, with its gap; `n` are those who rated both."""

    words: str
    gap: Gap
    n: int

    @property
    def quadrant(self) -> str:
        return QUADRANTS[self.gap.quadrant]()


@dataclass(frozen=True)
class Quadrants:
    importance: str
    performance: str
    whole: Gaps
    services: list[Service]


def is_about_importance(question: Question) -> bool:
    return question.kind == Kind.GRID and len(question.aspects) == 2 and len(question.rows) >= 2


def quadrants(ground: Ground, question: Question) -> Quadrants | None:
    """None where too few answered to say anything about a row; such rows are left out."""
    rated = {row.key: (_rated(ground, question, row, 0), _rated(ground, question, row, 1)) for row in question.rows}
    enough = {key: pair for key, pair in rated.items() if _is_told(ground, pair)}
    if len(enough) < 2:
        return None
    words: Mapping[str, str] = {row.key: ground.say(row.words) or row.key for row in question.rows}
    found = gaps(ground.design, enough)
    services = [Service(words[one.name], one, _both(enough[one.name])) for one in found.services]
    return Quadrants(ground.say(question.aspects[0].words), ground.say(question.aspects[1].words), found, services)


def _rated(ground: Ground, question: Question, row: Line, aspect: int) -> Array:
    codes = ground.columns.codes(f"{question.key}.{row.key}.{question.aspects[aspect].key}")
    inside = (codes >= 0) & (codes < len(question.steps)) & ground.mask
    return np.where(inside, codes + question.low, np.nan)


def _is_told(ground: Ground, pair: tuple[Array, Array]) -> bool:
    both = ~np.isnan(pair[0]) & ~np.isnan(pair[1])
    return bool(both.sum() >= ground.threshold) and not few_since(ground, both)


def _both(pair: tuple[Array, Array]) -> int:
    return int((~np.isnan(pair[0]) & ~np.isnan(pair[1])).sum())
