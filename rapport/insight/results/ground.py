"""The ground on which every number of a survey stands: which answers, how they were drawn, and what each weighs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.conf import settings
from django.utils.translation import get_language
from numpy.typing import NDArray

from rapport.insight.columns import Columns, read_columns
from rapport.insight.methods.weighing.designs import Design
from rapport.insight.models import Cut, Weighing
from rapport.insight.results.label import label_of
from rapport.insight.results.weights import Weighed, weigh
from rapport.surveys.methods import Words, say
from rapport.surveys.models import Survey

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """`where` says which answers are meant (None: all), `earlier` until which days they were counted in what is out."""

    survey: Survey
    columns: Columns
    weighed: Weighed | None = None
    where: Truths | None = None
    earlier: Sequence[int] = ()

    @property
    def everybody(self) -> Truths:
        return np.ones(self.columns.n, dtype=bool)

    @cached_property
    def mask(self) -> Truths:
        return self.everybody if self.where is None else self.where

    @cached_property
    def n(self) -> int:
        return self.columns.n if self.where is None else int(self.where.sum())

    @property
    def threshold(self) -> int:
        return int(settings.HOUSE.threshold)

    @property
    def is_too_few(self) -> bool:
        """A selection of few people, or of all but a few: its numbers would single them out."""
        left = self.columns.n - self.n
        return self.where is not None and (0 < self.n < self.threshold or 0 < left < self.threshold)

    @property
    def label(self) -> str:
        return label_of(self.survey, self.columns.n)

    @property
    def has_margins(self) -> bool:
        """Only people drawn at random have a margin of error."""
        return self.survey.is_probability_sample

    @cached_property
    def design(self) -> Design:
        plain = drawn(self.survey, self.columns)
        return plain.weighed(self.weighed.weighting) if self.weighed else plain

    @cached_property
    def weights(self) -> NDArray[np.float64] | None:
        """What each answer counts, where not all count alike: weighed, or drawn in parts of unequal share."""
        found = self.design.weights
        return None if not len(found) or np.all(found == found[0]) else found

    def narrowed(self, where: Truths | None) -> "Ground":
        return replace(self, where=where)

    def say(self, said: Words) -> str:
        first = self.columns.questionnaire.languages[0]
        return say(said, get_language() or settings.LANGUAGE_CODE, first)


def ground_of(survey: Survey, *, is_weighed: bool = False, cut: Cut | None = None) -> Ground:
    """The answers to a survey, all or until a cut; weighed where that was settled and is wanted."""
    columns = read_columns(survey)
    if cut is not None:
        columns = columns.until(cut.until.toordinal())
    weighing = Weighing.objects.of(survey) if is_weighed else None
    start = drawn(survey, columns).weights if weighing and columns.n else None
    weighed = weigh(weighing, columns, start) if weighing else None
    return Ground(survey, columns, weighed, earlier=[day.toordinal() for day in cut.earlier] if cut else ())


def drawn(survey: Survey, columns: Columns) -> Design:
    """How these answers were drawn: in which parts, and of how many people each."""
    n = columns.n
    if not survey.is_probability_sample or not n:
        return Design(np.ones(n), Design.of(max(n, 1)).stages, is_probability=False)
    sizes = dict(survey.strata.exclude(name="").values_list("name", "size"))
    facet = columns.facet("stratum")
    counts = np.bincount(facet.codes[facet.codes >= 0], minlength=len(facet.levels))
    known = [sizes.get(level, 0) >= counts[place] > 0 for place, level in enumerate(facet.levels)]
    if sizes and (facet.codes >= 0).all() and all(known):
        people = np.array([float(sizes[level]) for level in facet.levels])[facet.codes]
        return Design.of(n, strata=facet.codes, fpc=[people])
    fpc = [np.full(n, float(survey.population))] if survey.population and survey.population >= n else []
    return Design.of(n, fpc=fpc)
