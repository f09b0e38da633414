"""What an assessment's sources say together: who was heard beside who lives here, gaps, and what is still missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count

from rapport.community.models import Band, Figure
from rapport.insight.methods.assessing.checklist import Gathered, Lack, lacks
from rapport.insight.methods.assessing.representation import Represented, Standing, representation
from rapport.insight.models import Assessment, AssessmentSource, Cut
from rapport.insight.results.label import asked_by
from rapport.lib.publishing import published
from rapport.surveys.methods import Question
from rapport.surveys.models import Survey

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.insight.results.importance import Quadrants, Service

OTHER = "other"
Cuts = Mapping[int, Cut]  # of each survey, by its key, the day until which its answers are counted
_NONE: Cuts = {}


@dataclass(frozen=True)
class Heard:
    """One question of one survey that asks for a dimension of the profile, and how its answers stand beside it."""

    source: AssessmentSource
    question: Question
    rows: list[tuple[str, Represented]]  # the band's name
    figure: Figure
    before: list[list[int]] = field(default_factory=list)  # the counts as they went out earlier

    @property
    def missing(self) -> list[str]:
        return [name for name, row in self.rows if row.standing == Standing.MISSING]


def heard_of(assessment: Assessment, cuts: Cuts = _NONE) -> list[Heard]:
    """Whoever answered the assessment's surveys, beside the profile of its place; all, or until the day of a cut."""
    return [
        heard
        for source, survey in _asked(assessment)
        for heard in _heard(source, survey, assessment, cuts.get(survey.pk))
    ]


def _asked(assessment: Assessment) -> Iterator[tuple[AssessmentSource, Survey]]:
    for source in assessment.sources.exclude(survey=None).select_related("survey"):
        if source.survey:
            yield source, source.survey


def _heard(source: AssessmentSource, survey: Survey, assessment: Assessment, cut: Cut | None) -> Iterator[Heard]:
    from rapport.insight.results.bands import counted_by_band  # NumPy only where it is needed
    from rapport.insight.results.ground import ground_of
    from rapport.insight.results.weights import question_about

    ground = ground_of(survey, cut=cut)
    columns = ground.columns
    for dimension in dict.fromkeys(question.dimension for question in columns.questionnaire.questions()):
        question = question_about(columns.questionnaire, dimension) if dimension else None
        if question is None:
            continue
        figures = Figure.objects.newest(dimension, assessment.branch) or Figure.objects.newest(dimension)
        counted = counted_by_band(columns, question) if figures else {}
        names = {band.slug: str(band) for band in Band.objects.filter(dimension__slug=dimension)}
        rows = representation(counted, _people(figures, counted))
        if rows:
            earlier = [counted_by_band(columns.until(day), question) for day in ground.earlier]
            before = [[counts.get(row.band, 0) for row in rows] for counts in earlier]
            yield Heard(source, question, [(names[row.band], row) for row in rows], figures[0], before)


def _people(figures: list[Figure], counted: Mapping[str, int]) -> dict[str, float]:
    """How many live in each band; where a survey offers "other", whatever it does not name belongs to that."""
    people = {one.band.slug: one.estimate for one in figures}
    if OTHER in counted:
        people[OTHER] = sum(estimate for slug, estimate in people.items() if slug == OTHER or slug not in counted)
    return people


@dataclass(frozen=True)
class Rated:
    """A survey's grid of services, each rated by how much it matters and how good it is."""

    source: AssessmentSource
    question: Question
    found: "Quadrants"
    ground: "Ground"

    @property
    def label(self) -> str:
        return self.ground.label

    def table(self) -> dict[str, Any]:
        """The gaps as plain values, as publications keep them: words in all their languages."""
        names = {line.key: dict(line.words) for line in self.question.rows}
        survey = self.ground.survey
        return {
            "words": dict(self.question.words),
            "sampling": survey.sampling,
            "answered": self.ground.n,
            "asked": asked_by(survey),
            "services": [{"words": names[one.gap.name], **_numbers(one)} for one in self.found.services],
        }


def _numbers(service: "Service") -> dict[str, Any]:
    gap = service.gap
    return {
        "importance": round(gap.importance.estimate, 2),
        "performance": round(gap.performance.estimate, 2),
        "gap": round(gap.gap.estimate, 2),
        "interval": [round(end, 2) for end in gap.gap.interval() or ()],
        "n": service.n,
        "quadrant": gap.quadrant.name.lower(),
        "opportunity": round(gap.opportunity, 2),
    }


def rated_in(assessment: Assessment, cuts: Cuts = _NONE) -> list[Rated]:
    return [rated for source, survey in _asked(assessment) for rated in _rated(source, survey, cuts.get(survey.pk))]


def _rated(source: AssessmentSource, survey: Survey, cut: Cut | None) -> Iterator[Rated]:
    from rapport.insight.results.ground import ground_of  # NumPy only where it is needed
    from rapport.insight.results.importance import is_about_importance, quadrants

    ground = ground_of(survey, cut=cut)
    for question in ground.columns.questionnaire.questions():
        found = quadrants(ground, question) if is_about_importance(question) else None
        if found:
            yield Rated(source, question, found, ground)


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
    cuts = {survey.pk: Cut.objects.take(survey) for _source, survey in _asked(assessment)}
    return {
        "heard": [_heard_table(one) for one in heard_of(assessment, cuts)],
        "rated": [one.table() for one in rated_in(assessment, cuts)],
    }


def _heard_table(heard: Heard) -> dict[str, Any]:
    hidden = published([row.heard for _name, row in heard.rows], before=heard.before).hides
    bands = Band.objects.filter(dimension__slug=heard.question.dimension)
    names = {band.slug: dict(band.name) for band in bands}
    rows = [
        {"words": names[row.band], "share": None, "people": round(100 * row.people, 1), "standing": ""}
        if is_hidden
        else {
            "words": names[row.band],
            "share": round(100 * row.share, 1),
            "people": round(100 * row.people, 1),
            "standing": row.standing.name.lower(),
        }
        for (_name, row), is_hidden in zip(heard.rows, hidden, strict=True)
    ]
    return {"words": dict(heard.question.words), "rows": rows, "source": heard.figure.source}
