"""What was answered to each question: counts, shares, and what else can be said of its kind."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.formats import localize
from django.utils.translation import gettext as _

from rapport.insight.columns.encoding import Array
from rapport.insight.methods.estimating.crosstabs import crosstab
from rapport.insight.methods.estimating.estimates import mean, shares, top_two, wilson
from rapport.insight.methods.estimating.quantiles import quantile
from rapport.insight.results.ground import Ground, Truths
from rapport.insight.results.variables import Variable, title, variable
from rapport.lib.publishing import published
from rapport.surveys.methods import NOT_APPLICABLE, RATING, Column, Kind, Question

_MOST_EXACT = 20_000  # beyond it intervals come from the effective number of answers, which needs one pass only


@dataclass(frozen=True)
class Row:
    """One answer that could be given. What is hidden has no number; `weighed` is None where nothing is weighed."""

    level: str
    words: str
    count: int | None
    share: float | None
    weighed: float | None = None
    interval: tuple[float, float] | None = None
    rank: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.count is None

    @property
    def best(self) -> float | None:
        """The share to draw: the weighed one where there is one."""
        return self.share if self.weighed is None else self.weighed


@dataclass(frozen=True)
class Result:
    """The answers to one column; `n` answered it, `facts` are further numbers with their names."""

    column: Column
    title: str
    n: int
    rows: list[Row] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    is_too_few: bool = False  # so few answered it that it would be somebody; in public `n` is not told either

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def kind(self) -> Kind:
        return self.column.question.kind

    @property
    def is_words(self) -> bool:
        return self.column.is_own_words

    @property
    def has_hidden(self) -> bool:
        return any(row.is_hidden for row in self.rows)


def results_of(ground: Ground, *, is_public: bool = False) -> Iterator[tuple[Question, list[Result]]]:
    """Question by question; a grid has a result for each of its cells."""
    for question in ground.columns.questionnaire.questions():
        if question.asks:
            found = [result_of(ground, one, is_public=is_public) for one in ground.columns.of_question(question)]
            yield question, found


def result_of(ground: Ground, column: Column, *, is_public: bool = False) -> Result:
    """In public, and in a part of the answers, what would single somebody out is hidden."""
    name = title(ground, column)
    there = ground.columns.answered(column.name) & ground.mask
    n = int(there.sum())
    hides = is_public or ground.where is not None
    if hides and n and published(n).number is None:
        return Result(column, name, 0 if is_public else n, is_too_few=True)
    sorted_by = variable(ground, column.name) if n else None
    if sorted_by is None:
        return Result(column, name, n)
    counted = _chosen(ground, sorted_by, there) if sorted_by.is_many else _single(ground, sorted_by, there)
    rows = _hidden(ground, sorted_by, there, counted) if hides else counted
    tells = not (hides and any(row.is_hidden for row in rows)) and not few_since(ground, there)
    facts = list(_facts(ground, column, there)) if tells else []
    return Result(column, name, n, rows, facts)


def _single(ground: Ground, by: Variable, there: Truths) -> list[Row]:
    single = by.codes if by.codes is not None else np.zeros(0, np.int8)
    codes = single[there]
    weights = None if ground.weights is None else ground.weights[there]
    table = crosstab(codes, levels=(len(by.levels), 1), weights=weights)
    plain, weighed = table.counts[:, 0] / len(codes), table.column_shares()[:, 0]
    between = _intervals(ground, single, there, weighed, float(table.n_effective()[0]))
    return [
        Row(
            level,
            words,
            int(table.counts[place, 0]),
            float(plain[place]),
            None if weights is None else float(weighed[place]),
            between[place] if between else None,
        )
        for place, (level, words) in enumerate(zip(by.levels, by.words, strict=True))
    ]


def _intervals(
    ground: Ground, codes: Array, there: Truths, weighed: Array, worth: float
) -> list[tuple[float, float] | None] | None:
    if not ground.has_margins:
        return None
    if ground.columns.n <= _MOST_EXACT:
        return [one.interval() for one in shares(ground.design, codes, len(weighed), where=there)]
    return [wilson(float(share), worth) for share in weighed]


def _chosen(ground: Ground, by: Variable, there: Truths) -> list[Row]:
    """Each choice for itself: the shares of several add up to more than one."""
    chosen = by.several[:, there]
    weights = np.ones(chosen.shape[1]) if ground.weights is None else ground.weights[there]
    worth = float(weights.sum() ** 2 / (weights @ weights))
    return [_choice(ground, by, place, chosen[place], weights, worth=worth) for place in range(len(by.levels))]


def _choice(ground: Ground, by: Variable, place: int, codes: Array, weights: Array, *, worth: float) -> Row:
    said = codes > 0
    share = float(weights @ said / weights.sum())
    return Row(
        by.levels[place],
        by.words[place],
        int(said.sum()),
        float(said.mean()),
        None if ground.weights is None else share,
        wilson(share, worth) if ground.has_margins else None,
        float(np.average(codes[said], weights=weights[said])) if said.any() else None,
    )


def _hidden(ground: Ground, by: Variable, there: Truths, rows: Sequence[Row]) -> list[Row]:
    counts = [row.count or 0 for row in rows]
    earlier = [there & (ground.columns.on <= day) for day in ground.earlier]
    before = [[int((by.has(level) & then).sum()) for level in by.levels] for then in earlier]
    asked = int(there.sum()) if by.is_many else None
    safe = published(counts, asked=asked, before=before, asked_before=[int(then.sum()) for then in earlier])
    hidden = np.array(safe.hides, dtype=bool)
    if ground.where is not None:
        hidden = hidden | _against_the_rest(ground, by, counts)
    return [Row(row.level, row.words, None, None) if hidden[i] else row for i, row in enumerate(rows)]


def _against_the_rest(ground: Ground, by: Variable, counts: Sequence[int]) -> Truths:
    """A part of the answers beside the others: what the others' numbers, and those of all, would give away."""
    every = [int(by.has(level).sum()) for level in by.levels]
    both = published(np.array([counts, np.subtract(every, counts)]).T)
    hidden: Truths = np.array([part is None for part, _rest in both.cells], dtype=bool)
    return hidden


def few_since(ground: Ground, there: Truths) -> bool:
    """Whether so few of these came since an earlier publication that two means, or sums, would give them away."""
    since = (int((there & (ground.columns.on > day)).sum()) for day in ground.earlier)
    return any(published(n).number is None for n in since)


def _facts(ground: Ground, column: Column, there: Truths) -> Iterator[tuple[str, str]]:
    """Sums and means of several answers. Beside a hidden one they would give it away: then there are none."""
    question = column.question
    if question.kind in RATING:
        yield from _of_scale(ground, column, there)
    elif question.kind == Kind.NUMBER:
        values = np.where(there, ground.columns.values(column.name), np.nan)
        average = mean(ground.design, values)
        yield _("mean"), _number(average.estimate)
        if average.se is not None:
            yield _("margin of the mean (95 %)"), f"± {_number(average.margin() or math.nan)}"
        for part, words in (
            (0.25, _("a quarter are at most")),
            (0.5, _("median")),
            (0.75, _("three quarters are at most")),
        ):
            yield words, _number(quantile(ground.design, values, part).estimate)


def _of_scale(ground: Ground, column: Column, there: Truths) -> Iterator[tuple[str, str]]:
    """The upper two steps among those to whom it applies, and the middle answer; never a mean of words."""
    steps = column.question.steps
    codes = ground.columns.codes(column.name)
    applies = there & (codes >= 0) & (codes < len(steps))
    if not applies.any():
        return
    high = top_two(ground.design, codes, len(steps), where=applies)
    yield _("upper two steps"), _percent(high.estimate)
    if ground.has_margins:
        worth = _worth(ground, applies)
        low, most = wilson(high.estimate, worth)
        yield _("95 % interval (Wilson)"), f"{_percent(low)} – {_percent(most)}"
    middle = quantile(ground.design, np.where(applies, codes + steps[0], np.nan), 0.5).estimate
    yield _("median"), localize(int(middle))
    if NOT_APPLICABLE in column.levels():
        yield _("applies to"), localize(int(applies.sum()))


def _worth(ground: Ground, where: Truths) -> float:
    weights = ground.design.weights[where]
    return float(weights.sum() ** 2 / (weights @ weights))


def _percent(share: float) -> str:
    return _("%(share)s %%") % {"share": localize(round(share * 100))}


def _number(value: float) -> str:
    return str(localize(round(value, 1)))
