"""A narrative beside that of the year before: what became of needs, and which themes are spoken of more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapport.insight.methods.assessing.years import compared
from rapport.insight.models import Narrative, Statement

if TYPE_CHECKING:
    from rapport.insight.methods.themes.shares import Share


@dataclass(frozen=True)
class ThemeBeside:
    """One theme in both years; where one of the numbers is small, neither is shown."""

    statement: Statement
    last: "Share"
    this: "Share"
    is_small: bool


@dataclass
class Beside:
    before: Narrative
    new: list[Statement] = field(default_factory=list)
    answered: list[Statement] = field(default_factory=list)
    still: list[Statement] = field(default_factory=list)
    dropped: list[Statement] = field(default_factory=list)
    themes: list[ThemeBeside] = field(default_factory=list)


def beside_last_year(narrative: Narrative, *, threshold: int) -> Beside | None:
    """None where nothing was published for an earlier year. Themes are compared as they were counted in each."""
    before = narrative.before()
    if before is None:
        return None
    this, last = _needs(narrative), _needs(before)
    found = compared(_states(this.values()), _states(last.values()))
    words = last | this
    return Beside(
        before,
        new=[words[key] for key in found.new],
        answered=[words[key] for key in found.answered],
        still=[words[key] for key in found.still],
        dropped=[words[key] for key in found.dropped],
        themes=_themes(narrative, before, threshold),
    )


def _needs(narrative: Narrative) -> dict[int, Statement]:
    """Each need once; what a person left out of a narrative is not spoken of in it."""
    return {
        one.thing_key: one for one in narrative.statements.filter(thing="insight.need", is_out=False).exclude(state="")
    }


def _states(rows: Iterable[Statement]) -> dict[int, str]:
    return {one.thing_key: one.state for one in rows}


def _themes(narrative: Narrative, before: Narrative, threshold: int) -> list[ThemeBeside]:
    from rapport.insight.methods.themes.shares import shares  # NumPy only where it works

    this = {one.thing_key: one for one in narrative.statements.filter(thing="insight.theme", is_out=False)}
    last = {one.thing_key: one for one in before.statements.filter(thing="insight.theme", is_out=False)}
    wholes = [next((one.of or 0 for one in rows.values()), 0) for rows in (last, this)]
    if not all(wholes):
        return []
    keys = [*this, *(key for key in last if key not in this)]
    counts = [[(rows[key].figure or 0) if key in rows else 0 for rows in (last, this)] for key in keys]
    found = shares(counts, wholes)
    return [
        ThemeBeside(this.get(key) or last[key], row[0], row[1], any(0 < n < threshold for n in pair))
        for key, row, pair in zip(keys, found, counts, strict=True)
    ]
