"""What answers can be sorted by: a question, a number in bands, or what is known of each answer (branch, channel)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from rapport.insight.columns.encoding import Array
from rapport.insight.results.ground import Ground
from rapport.listening.models import Channel
from rapport.places.models import Branch
from rapport.surveys.methods import NOT_APPLICABLE, Column, Kind
from rapport.ui.context import own_name

_PIPED = re.compile(r"\{[A-Za-z_][\w.]*\}")
_MOST_BANDS = 8
FACETS = ("branch", "language", "channel", "edition", "stratum", "doubtful")


@dataclass(frozen=True)
class Variable:
    """Answers in a few levels. `codes` where each answer has one; `chosen` (levels, answers) where it may have several.

    In `chosen` 1 is chosen, 0 not chosen and -1 not answered.
    """

    name: str
    label: str
    levels: Sequence[str]
    words: Sequence[str]
    codes: Array | None = None
    chosen: Array | None = None

    @property
    def is_many(self) -> bool:
        return self.codes is None

    def has(self, level: str) -> NDArray[np.bool_]:
        """Who chose this level. Raises ValueError where there is no such level."""
        place = list(self.levels).index(level)
        found: NDArray[np.bool_] = self.several[place] > 0 if self.codes is None else self.codes == place
        return found

    def answered(self) -> NDArray[np.bool_]:
        there: NDArray[np.bool_] = (self.several[0] if self.codes is None else self.codes) >= 0
        return there

    @property
    def several(self) -> Array:
        if self.chosen is None:
            raise TypeError("Each answer has one level here")
        return self.chosen


def variable(ground: Ground, name: str) -> Variable | None:
    """By its name in an address: a column's name, or `:branch`. None where there is none or it has no levels."""
    if name.startswith(":"):
        return _facet(ground, name[1:]) if name[1:] in FACETS else None
    column = ground.columns.column(name)
    if column is None or column.is_own_words:
        return None
    if column.is_many:
        chosen = np.array([ground.columns.chosen(name, level) for level in column.levels()])
        return Variable(name, title(ground, column), column.levels(), _words(ground, column), chosen=chosen)
    if column.is_coded:
        codes = ground.columns.codes(name)
        return Variable(name, title(ground, column), column.levels(), _words(ground, column), codes)
    if column.question.kind == Kind.DATE:
        return _months(ground, column)
    return _bands(ground, column)


def names(ground: Ground) -> Iterator[tuple[str, str]]:
    """All that answers can be sorted by, with its label."""
    for column in ground.columns.columns():
        if not column.is_own_words:
            yield column.name, title(ground, column)
    yield from ((f":{name}", str(facet_label(name))) for name in FACETS)


def title(ground: Ground, column: Column) -> str:
    """The words of a column, with the rest of a grid after them; a piped answer is left open."""
    words = " – ".join(_PIPED.sub("…", said) for part in column.parts if (said := ground.say(part)))
    if "@" in column.question.key:
        words = _("%(question)s (as it was asked earlier)") % {"question": words}
    return words or column.name


def facet_label(name: str) -> str:
    labels = {"branch": _("Branch"), "language": _("Language"), "channel": _("Channel"), "edition": _("Edition")}
    labels |= {"stratum": _("Part of the sample"), "doubtful": _("May come from a machine")}
    return labels[name]


def facet_words(name: str, levels: Sequence[str]) -> list[str]:
    if name == "branch":
        branches = {str(branch.pk): str(branch) for branch in Branch.objects.filter(pk__in=levels)}
        return [branches.get(level, level) for level in levels]
    if name == "doubtful":
        return [_("yes") if level == "yes" else _("no") for level in levels]
    if name == "language":
        return [own_name(level) for level in levels]
    return [str(dict(Channel.choices).get(level, level)) if name == "channel" else level for level in levels]


def _facet(ground: Ground, name: str) -> Variable:
    facet = ground.columns.facet(name)
    return Variable(f":{name}", facet_label(name), facet.levels, facet_words(name, facet.levels), facet.codes)


def _words(ground: Ground, column: Column) -> list[str]:
    return [level_words(ground, column, level) for level in column.levels()]


def level_words(ground: Ground, column: Column, level: str) -> str:
    said = ground.say(column.level_words(level))
    if column.question.kind == Kind.CONSENT:
        return _("yes") if level == "yes" else _("no")
    if level == NOT_APPLICABLE:
        return said or _("does not apply to me")
    if level.lstrip("-").isdecimal() and column.question.kind in {Kind.SCALE, Kind.SMILEY, Kind.GRID}:
        return f"{localize(int(level))} {said}".strip()
    return said or level


def _bands(ground: Ground, column: Column) -> Variable:
    values = ground.columns.values(column.name)
    edges = band_edges(values)
    codes = np.where(np.isnan(values), -1, np.searchsorted(edges[1:-1], np.nan_to_num(values), side="right"))
    words = [_span(low, high) for low, high in zip(_shown(edges[:-1]), _ends(edges), strict=True)]
    return Variable(
        column.name, title(ground, column), [str(i) for i in range(len(words))], words, codes.astype(np.int16)
    )


def _span(low: float, high: float) -> str:
    return str(localize(low)) if low == high else f"{localize(low)} – {localize(high)}"


def band_edges(values: Array) -> Array:
    """Round edges of at most eight bands of equal width."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.array([0.0, 1.0])
    low, high = float(known.min()), float(known.max())
    step = _round_step((high - low) / _MOST_BANDS)
    start = np.floor(low / step) * step
    return np.arange(start, high + step * 1.001, step)


def _round_step(raw: float) -> float:
    if raw <= 0:
        return 1.0
    size = 10.0 ** np.floor(np.log10(raw))
    step = next(float(one * size) for one in (1, 2, 5, 10) if one * size >= raw - 1e-12)
    return max(step, 1.0) if raw > 0.25 else step


def _shown(edges: Array) -> list[float | int]:
    return [int(edge) if float(edge).is_integer() else round(float(edge), 2) for edge in edges]


def _ends(edges: Array) -> list[float | int]:
    """The last whole number of each band, or its upper edge."""
    whole = all(float(edge).is_integer() for edge in edges)
    return [edge - 1 if whole else edge for edge in _shown(edges[1:])]


def _months(ground: Ground, column: Column) -> Variable:
    """Dates by year, or by month where they lie within two years."""
    days = ground.columns.days(column.name)
    known = np.unique(days[days >= 0])
    dates = [date.fromordinal(int(day)) for day in known]
    by_year = len({day.year for day in dates}) > 2
    levels = [f"{day:%Y}" if by_year else f"{day:%Y-%m}" for day in dates]
    distinct = sorted(set(levels))
    table = np.array([*(distinct.index(level) for level in levels), -1], np.int16)
    codes = np.where(days >= 0, table[np.searchsorted(known, days)], -1)
    words = [one if by_year else date_format(date.fromisoformat(f"{one}-01"), "YEAR_MONTH_FORMAT") for one in distinct]
    return Variable(column.name, title(ground, column), distinct, words, codes)
