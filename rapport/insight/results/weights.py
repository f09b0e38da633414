"""Weights that make the answers look like the community: from its profile, the answers, and what was settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rapport.community.models import Dimension, Figure
from rapport.insight.columns import Columns
from rapport.insight.methods.weighing.designs import Floats
from rapport.insight.methods.weighing.margins import EmptyLevel, LevelWithoutPeople, Margin
from rapport.insight.methods.weighing.weighting import Caps, Weighting, rake
from rapport.insight.models import Weighing
from rapport.places.models import Branch
from rapport.surveys.methods import CHOOSING, Kind, Question, Questionnaire

UNKNOWN = "?"
Joins = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Weighed:
    """The weights, and what each dimension was weighed to."""

    weighting: Weighting
    margins: list[Margin]


@dataclass(frozen=True)
class Lack:
    """A band in which people live but nobody answered, and the one it might be counted with."""

    dimension: str
    band: str
    join: str

    @property
    def value(self) -> str:
        return f"{self.dimension}:{self.band}:{self.join}"


@dataclass
class CannotWeigh(ValueError):
    """The answers cannot be weighed like this; `lacks` says which bands would have to be joined."""

    lacks: list[Lack] = field(default_factory=list)
    why: str = ""


def question_about(questionnaire: Questionnaire, dimension: str) -> Question | None:
    """The question that tells somebody's band."""
    one_of_several = CHOOSING - {Kind.MULTIPLE, Kind.RANKING}
    asked = (question for question in questionnaire.questions() if question.dimension == dimension)
    return next((question for question in asked if question.kind in one_of_several), None)


def dimensions_of(questionnaire: Questionnaire, branch: Branch | None) -> list[Dimension]:
    """What the answers can be weighed by: asked for here, and known of the community."""
    asked = [one for one in Dimension.objects.all() if question_about(questionnaire, one.slug)]
    known = targets([one.slug for one in asked], branch)
    return [one for one in asked if one.slug in known]


def targets(dimensions: Iterable[str], branch: Branch | None) -> dict[str, dict[str, float]]:
    """The newest figures of the branch's service area; of the whole library where the branch has none of its own."""
    names = list(dimensions)
    own = Figure.objects.margins(names, branch) if branch else {}
    return Figure.objects.margins([name for name in names if name not in own], None) | own


def asked_for(questionnaire: Questionnaire, dimension: str, known: Mapping[str, float]) -> dict[str, float]:
    """Those bands that somebody could choose: a survey of those over 15 is about no others."""
    question = question_about(questionnaire, dimension)
    offered = {choice.band for choice in question.choices} if question else set()
    return {band: people for band, people in known.items() if band in offered}


def weigh(weighing: Weighing, columns: Columns, start: Floats | None = None) -> Weighed | None:
    """The weights as they were settled, for the answers as they are; None where they cannot be made (any more)."""
    try:
        return made(
            columns,
            weighing.dimensions,
            branch=weighing.survey.branch,
            joins=weighing.joins,
            low=weighing.low,
            high=weighing.high,
            start=start,
        )
    except (CannotWeigh, ValueError):
        return None


def made(
    columns: Columns,
    dimensions: Sequence[str],
    *,
    branch: Branch | None,
    joins: Joins | None = None,
    low: float | None = None,
    high: float | None = None,
    start: Floats | None = None,
) -> Weighed:
    """Rake the answers to the community (a single dimension is post-stratified). Raises CannotWeigh."""
    if not columns.n:
        raise CannotWeigh(why="nobody")
    known = targets(dimensions, branch)
    known = {name: asked_for(columns.questionnaire, name, bands) for name, bands in known.items()}
    margins = [
        _margin(columns, name, known[name], (joins or {}).get(name, ())) for name in dimensions if known.get(name)
    ]
    if not margins:
        raise CannotWeigh(why="nothing known")
    if lacks := [lack for margin in margins for lack in lacks_of(margin)]:
        raise CannotWeigh(lacks)
    caps = Caps(low=low or 0.0, high=high or np.inf) if low or high else None
    try:
        return Weighed(rake(np.ones(columns.n) if start is None else start, margins, caps=caps), margins)
    except (EmptyLevel, LevelWithoutPeople, ValueError) as error:
        raise CannotWeigh(why=str(error)) from error


def lacks_of(margin: Margin) -> list[Lack]:
    """Empty bands, each with the neighbour that has answers; bands such as ages stand in order."""
    counts = np.bincount(margin.codes, minlength=len(margin.levels))
    wanted = np.asarray(margin.targets) > 0
    there = [place for place in np.flatnonzero(counts) if margin.levels[place] != UNKNOWN]
    empty = list(np.flatnonzero((counts == 0) & wanted)) if there else []
    return [
        Lack(margin.name, margin.levels[place], margin.levels[min(there, key=lambda one: abs(one - place))])
        for place in empty
    ]


def _margin(columns: Columns, dimension: str, known: Mapping[str, float], joins: Sequence[Sequence[str]]) -> Margin:
    """Each answer's band and how many people each has. Who did not say is a level of its own and keeps its share."""
    into = {pair[0]: pair[1] for pair in joins}
    bands = [band for band in known if band not in into]
    people = dict.fromkeys(bands, 0.0)
    for band, count in known.items():
        people[_end(into, band)] += count
    question = question_about(columns.questionnaire, dimension)
    codes = np.full(columns.n, len(bands))
    if question is not None:
        places = [_place(bands, into, people, choice.band) for choice in question.choices]
        codes = np.array([*places, len(bands)])[columns.codes(question.key)]
    unknown = float((codes == len(bands)).mean())
    known_sum = sum(people.values())
    shares = [people[band] / known_sum * (1 - unknown) for band in bands]
    if not unknown:
        return Margin(dimension, codes, shares, tuple(bands))
    return Margin(dimension, codes, [*shares, unknown], (*bands, UNKNOWN))


def _place(bands: Sequence[str], into: Mapping[str, str], people: Mapping[str, float], band: str) -> int:
    """Where a choice's band stands; beyond the last where the community's figures do not know it."""
    band = _end(into, band)
    return bands.index(band) if people.get(band) else len(bands)


def _end(into: Mapping[str, str], band: str) -> str:
    for _step in into:
        band = into.get(band, band)
    return band
