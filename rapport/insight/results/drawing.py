"""Results as plots: each with the very table that it draws, and with the label of whom it speaks for."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from rapport.insight.methods.estimating.gaps import Quadrant
from rapport.insight.results.ground import Ground
from rapport.insight.results.importance import QUADRANTS, Quadrants
from rapport.insight.results.questions import Result, Row
from rapport.surveys.methods import Kind
from rapport.ui.charts import Bar, Number, Plot, Series, Words, bars, line
from rapport.ui.fields import Point, Region, areas, quadrants, with_table

_MOST_DAYS = 62


def plot_of(ground: Ground, result: Result) -> Plot:
    """Bars for the answers to one question; a map where places were chosen."""
    summary = _answered(ground, result.n)
    if result.kind == Kind.PLACE and any(choice.shape for choice in result.column.question.choices):
        shapes = {choice.code: choice.shape for choice in result.column.question.choices}
        regions = [Region(row.words, shapes.get(row.level, []), _percent(row.best)) for row in result.rows]
        plot = areas(result.title, regions, summary=summary, header=(_("Place"), _("%")), unit=" %")
    else:
        plot = bars(
            result.title, [_bar(ground, row) for row in result.rows], summary=summary, header=(_("Answer"), _("%"))
        )
    return with_table(plot, *_table(ground, result))


def _answered(ground: Ground, n: int) -> str:
    said = ngettext("%(n)s answered.", "%(n)s answered.", n) % {"n": localize(n)}
    weighed = " " + _("Weighed to the community.") if ground.weighed else ""
    return f"{said}{weighed} {ground.label}."


def _bar(ground: Ground, row: Row) -> Bar:
    if row.is_hidden:
        return Bar(row.words, None, _("too few to show"))
    return Bar(row.words, _percent(row.best), f"% · {localize(row.count)}")


def _percent(share: float | None) -> Number:
    return None if share is None else round(share * 100)


def _table(ground: Ground, result: Result) -> tuple[list[Words], list[list[Words | Number]]]:
    """Counts and shares, and what else there is of each answer."""
    header: list[Words] = [_("Answer"), _("Answers"), _("Share in %")]
    header += [_("Weighed share in %")] if ground.weights is not None else []
    header += [_("95 % interval")] if ground.has_margins else []
    header += [_("Mean rank")] if result.kind == Kind.RANKING else []
    hidden: list[Words | Number] = [_("too few to show")] * (len(header) - 1)
    return header, [[row.words, *hidden] if row.is_hidden else _line(ground, result, row) for row in result.rows]


def _line(ground: Ground, result: Result, row: Row) -> list[Words | Number]:
    cells: list[Words | Number] = [row.words, row.count, _one_place(row.share)]
    cells += [_one_place(row.weighed)] if ground.weights is not None else []
    cells += [_between(row.interval)] if ground.has_margins else []
    cells += [None if row.rank is None else round(row.rank, 1)] if result.kind == Kind.RANKING else []
    return cells


def _one_place(share: float | None) -> Number:
    return None if share is None else round(share * 100, 1)


def _between(interval: tuple[float, float] | None) -> Words | None:
    return f"{localize(round(interval[0] * 100, 1))} – {localize(round(interval[1] * 100, 1))}" if interval else None


def over_time(ground: Ground) -> Plot:
    """How many answered on each day; by week where it took longer than two months."""
    days = sorted(ground.columns.per_day)
    spans = list(_spans(days))
    counts = [sum(n for day, n in ground.columns.per_day.items() if first <= day < last) for first, last in spans]
    marks = [date_format(date.fromordinal(first), "SHORT_DATE_FORMAT") for first, _last in spans]
    return line(
        _("When the answers came"),
        marks,
        [Series(_("Answers"), counts)],
        summary=_("%(n)s answers so far.") % {"n": localize(ground.columns.n)} + f" {ground.label}.",
        what=_("Day") if len(days) < 2 or days[-1] - days[0] < _MOST_DAYS else _("Week from"),
    )


def _spans(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Days, or weeks that begin on Monday; those on which nobody answered belong to it too."""
    if not days:
        return
    step = 1 if days[-1] - days[0] < _MOST_DAYS else 7
    at = date.fromordinal(days[0])
    at = at - timedelta(days=at.weekday()) if step == 7 else at
    for first in range(at.toordinal(), days[-1] + 1, step):
        yield first, first + step


def quadrant_plot(ground: Ground, title: str, found: Quadrants) -> Plot:
    """Importance upward, performance to the right."""
    header: list[Words] = [_("Service"), found.importance, found.performance, _("Gap")]
    header += [_("95 % interval of the gap")] if ground.has_margins else []
    header += [_("Opportunity"), _("Rated both"), _("So")]
    rows = []
    for one in found.services:
        gap = one.gap
        row: list[Words | Number] = [one.words, _to_one(gap.importance.estimate), _to_one(gap.performance.estimate)]
        row += [_to_one(gap.gap.estimate)]
        row += [_range(gap.gap.interval())] if ground.has_margins else []
        rows.append([*row, _to_one(gap.opportunity), one.n, one.quadrant])
    corners = (Quadrant.CONCENTRATE, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.POSSIBLE_OVERKILL)
    return quadrants(
        title,
        [Point(one.words, one.gap.performance.estimate, one.gap.importance.estimate) for one in found.services],
        middle=(found.whole.performance, found.whole.importance),
        across=found.performance,
        upward=found.importance,
        corners=[QUADRANTS[corner]() for corner in corners],
        summary=_("The lines are the means of all services: they compare the services with each other.")
        + f" {ground.label}.",
        header=header,
        rows=rows,
    )


def _to_one(value: float) -> Number:
    return round(value, 1)


def _range(interval: tuple[float, float] | None) -> str | None:
    return f"{localize(round(interval[0], 1))} – {localize(round(interval[1], 1))}" if interval else None


def weights_plot(weights: NDArray[np.float64]) -> Plot:
    """How many answers have which weight, as a multiple of the mean."""
    edges = [0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, np.inf]
    counts = np.histogram(weights / weights.mean(), edges)[0]
    last = int(np.flatnonzero(counts)[-1])
    found = [Bar(_span(low, high), int(n)) for low, high, n in zip(edges, edges[1:], counts, strict=False)][: last + 1]
    summary = _("1 is the mean weight. The further the weights lie apart, the fewer answers they are worth.")
    return bars(_("The weights"), found, summary=summary, header=(_("Weight"), _("Answers")))


def _span(low: float, high: float) -> str:
    return _("%(low)s and more") % {"low": localize(low)} if np.isinf(high) else f"{localize(low)} – {localize(high)}"
