"""What an assessment's sources say together: who was heard beside who lives here, gaps, and what is still missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from rapport.community.models import Band, Figure
from rapport.insight.methods.assessing.checklist import Gathered, Lack, lacks
from rapport.insight.methods.assessing.representation import Represented, Standing, publishable, representation
from rapport.insight.models import Assessment, AssessmentSource
from rapport.surveys.methods import Kind, Line, Question, level_of
from rapport.surveys.models import Survey

if TYPE_CHECKING:
    from rapport.insight.methods.estimating.gaps import Gap, Gaps

OTHER = "other"
_ASPECTS = {"importance", "performance"}


@dataclass(frozen=True)
class Heard:
    """One question of one survey that asks for a dimension of the profile, and how its answers stand beside it."""

    source: AssessmentSource
    question: Question
    rows: list[tuple[str, Represented]]  # the band's name
    figure: Figure

    @property
    def missing(self) -> list[str]:
        return [name for name, row in self.rows if row.standing == Standing.MISSING]


def heard_of(assessment: Assessment) -> list[Heard]:
    """Whoever answered the assessment's surveys, beside the profile of its place."""
    return [heard for source in _asked(assessment) for heard in _heard(source, assessment)]


def _asked(assessment: Assessment) -> Iterable[AssessmentSource]:
    return assessment.sources.exclude(survey=None).select_related("survey")


def questions_of(survey: Survey) -> Iterator[Question]:
    edition = survey.edition
    yield from edition.questionnaire.questions() if edition else ()


def _heard(source: AssessmentSource, assessment: Assessment) -> Iterator[Heard]:
    survey = source.survey
    for question in questions_of(survey) if survey else ():
        if not question.dimension or question.kind != Kind.SINGLE:
            continue
        figures = Figure.objects.newest(question.dimension, assessment.branch)
        figures = figures or Figure.objects.newest(question.dimension)
        counted = _counted(survey, question) if survey and figures else {}
        names = {band.slug: str(band) for band in Band.objects.filter(dimension__slug=question.dimension)}
        rows = representation(counted, _people(figures, counted))
        if rows:
            yield Heard(source, question, [(names[row.band], row) for row in rows], figures[0])


def _people(figures: list[Figure], counted: Mapping[str, int]) -> dict[str, float]:
    """How many live in each band; where a survey offers "other", whatever it does not name belongs to that."""
    people = {one.band.slug: one.estimate for one in figures}
    if OTHER in counted:
        people[OTHER] = sum(estimate for slug, estimate in people.items() if slug == OTHER or slug not in counted)
    return people


def _counted(survey: Survey, question: Question) -> dict[str, int]:
    """How many answered each band; choices that are no band ("I would rather not say") count nowhere."""
    bands = {choice.code: choice.band for choice in question.choices if choice.band}
    answers = survey.responses.annotate(code=KeyTextTransform(question.key, "answers")).order_by()
    found: Counter[str] = Counter(dict.fromkeys(bands.values(), 0))
    for code, count in answers.values_list("code").annotate(n=Count("pk")):
        if code in bands:
            found[bands[code]] += count
    return dict(found)


@dataclass(frozen=True)
class Rated:
    """A survey's grid of services, each rated by how much it matters and how good it is."""

    source: AssessmentSource
    question: Question
    gaps: "Gaps"
    names: Mapping[str, Line]
    label: str

    def services(self) -> list[dict[str, Any]]:
        """The gaps as plain values, as pages and publications have them."""
        return [
            {
                "words": dict(self.names[one.name].words),
                "importance": round(one.importance.estimate, 2),
                "performance": round(one.performance.estimate, 2),
                "gap": round(one.gap.estimate, 2),
                "interval": [round(end, 2) for end in one.gap.interval() or ()],
                "n": answers_to(one),
                "quadrant": one.quadrant.name.lower(),
                "opportunity": round(one.opportunity, 2),
            }
            for one in self.gaps.services
        ]


def answers_to(gap: "Gap") -> int:
    """How many answered at least the rarer of the two questions."""
    return min(gap.importance.n, gap.performance.n)


def rated_in(assessment: Assessment) -> list[Rated]:
    return [rated for source in _asked(assessment) for rated in _rated(source)]


def _rated(source: AssessmentSource) -> Iterator[Rated]:
    from rapport.insight.methods.estimating.gaps import gaps
    from rapport.insight.methods.weighing.designs import Design  # NumPy only where it is needed

    survey = source.survey
    for question in questions_of(survey) if survey else ():
        if question.kind != Kind.GRID or not {aspect.key for aspect in question.aspects} >= _ASPECTS:
            continue
        columns = {line.key: _ratings(survey, question, line) for line in question.rows} if survey else {}
        answered = {key: pair for key, pair in columns.items() if all(not all(map(isnan, side)) for side in pair)}
        if not answered or survey is None:
            continue
        design = Design.of(len(next(iter(answered.values()))[0]), is_probability=survey.is_probability_sample)
        names = {line.key: line for line in question.rows}
        yield Rated(source, question, gaps(design, answered), names, design.label)


def _ratings(survey: Survey, question: Question, line: Line) -> tuple[list[float], list[float]]:
    """Importance and performance of one service, a pair for each response; what is not a number is missing."""
    names = [f"{question.key}.{line.key}.{aspect}" for aspect in ("importance", "performance")]
    pairs = survey.responses.annotate(
        first=KeyTextTransform(names[0], "answers"), second=KeyTextTransform(names[1], "answers")
    ).order_by("pk")
    rows = list(pairs.values_list("first", "second"))
    return [_number(first) for first, _second in rows], [_number(second) for _first, second in rows]


def _number(value: Any) -> float:
    text = level_of(value)
    return float(text) if text.lstrip("-").isdecimal() else float("nan")


def lacks_of(assessment: Assessment, heard: Iterable[Heard]) -> list[Lack]:
    sources = list(assessment.sources.all())
    asking = [source for source in sources if source.asks_people]
    asked_in = {code for source in asking for code in source.languages}
    profile = Figure.objects.filter(branch=assessment.branch).exists() or Figure.objects.filter(branch=None).exists()
    findings = assessment.findings.annotate(told=Count("sources"))
    return lacks(
        Gathered(
            has_decision=bool(assessment.decision),
            has_lead=assessment.lead_id is not None,
            kinds=frozenset(source.kind for source in sources),
            formal=sum(source.is_formal for source in sources),
            informal=sum(not source.is_formal for source in sources),
            has_profile=profile,
            missing_bands=sum(len(one.missing) for one in heard),
            languages_at_home=_languages(assessment),
            languages_asked=len(asked_in),
            without_limits=sum(not source.limits for source in sources),
            without_retention=sum(source.keep_until is None for source in asking),
            assets=assessment.assets.count(),
            findings=len(findings),
            unsourced=sum(not finding.told for finding in findings),
            priorities=assessment.priorities.count(),
            has_next=assessment.next_on is not None,
        )
    )


def _languages(assessment: Assessment) -> int:
    """How many languages beside the first many speak at home."""
    figures = Figure.objects.newest("language", assessment.branch) or Figure.objects.newest("language")
    total = sum(one.estimate for one in figures)
    house = settings.HOUSE
    many = [one for one in figures if one.estimate >= min(total * house.language_share, house.language_people)]
    return len([one for one in many if one.band.slug != settings.LANGUAGE_CODE]) if total else 0


def tables_of(assessment: Assessment) -> dict[str, Any]:
    """The numbers of today as anyone may read them, kept with the publication: small groups are hidden."""
    return {
        "heard": [_heard_table(one) for one in heard_of(assessment)],
        "rated": [
            {"words": dict(one.question.words), "label": one.label, "services": one.services()}
            for one in rated_in(assessment)
            if all(service["n"] >= settings.HOUSE.threshold for service in one.services())
        ],
    }


def _heard_table(heard: Heard) -> dict[str, Any]:
    shown = publishable([row for _name, row in heard.rows], settings.HOUSE.threshold)
    bands = Band.objects.filter(dimension__slug=heard.question.dimension)
    names = {band.slug: dict(band.name) for band in bands}
    rows = [
        {"words": names[row.band], "share": None, "people": round(100 * row.people, 1), "standing": ""}
        if public is None
        else {
            "words": names[row.band],
            "share": round(100 * row.share, 1),
            "people": round(100 * row.people, 1),
            "standing": row.standing.name.lower(),
        }
        for (_name, row), public in zip(heard.rows, shown, strict=True)
    ]
    return {"words": dict(heard.question.words), "rows": rows, "source": heard.figure.source}
