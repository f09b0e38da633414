"""What anyone may read of a survey's answers: what we asked, who answered, and what we heard."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from rapport.community.models import Dimension
from rapport.insight.models import SurveyPublication
from rapport.lib.publishing import published
from rapport.people.guards import anyone
from rapport.surveys.methods import Question, Questionnaire

if TYPE_CHECKING:
    from rapport.insight.columns import Columns
    from rapport.insight.results.ground import Ground
    from rapport.ui.charts import Plot


@anyone
def results(request: HttpRequest, slug: str) -> HttpResponse:
    from rapport.insight.desk.surveys.results import parts_of
    from rapport.insight.results.ground import ground_of
    from rapport.insight.results.label import explained

    rows = SurveyPublication.objects.public().select_related(
        "survey__branch", "survey__loop", "survey__closing", "cut", "by"
    )
    publication = get_object_or_404(rows, survey__slug=slug)
    ground = ground_of(
        publication.survey,
        is_weighed=publication.is_weighed,
        cut=publication.cut,
    )
    enough = ground.n >= settings.HOUSE.threshold
    page = {
        "publication": publication,
        "survey": publication.survey,
        "label": ground.label,
        "explained": explained(publication.survey),
        "n": ground.n,
        "threshold": settings.HOUSE.threshold,
        "enough": enough,
        "parts": parts_of(ground, is_public=True) if enough else [],
        "beside": list(beside(ground)) if enough else [],
    }
    return render(request, "insight/survey_results.html", page)


def beside(ground: "Ground") -> "list[Plot]":
    """Who answered beside who lives here, by each dimension that was asked for and is known."""
    from rapport.insight.results.weights import asked_for, dimensions_of, question_about, targets

    questionnaire: Questionnaire = ground.columns.questionnaire
    dimensions = dimensions_of(questionnaire, ground.survey.branch)
    known = targets([one.slug for one in dimensions], ground.survey.branch)
    found = []
    for dimension in dimensions:
        question = question_about(questionnaire, dimension.slug)
        if question is not None:
            people = asked_for(questionnaire, dimension.slug, known[dimension.slug])
            found.append(_plot(ground, dimension, people, _answered(ground, question, people)))
    return found


def _answered(ground: "Ground", question: Question, bands: Mapping[str, float]) -> list[int | None]:
    """Of 100 who said it, how many are of each band; None where few are, or where it would give those away."""
    counts = _counts(ground.columns, question, bands)
    before = [_counts(ground.columns.until(day), question, bands) for day in ground.earlier]
    told = max(sum(counts[:-1]), 1)
    shown = published(counts, before=before).row[:-1]
    return [None if count is None else round(100 * count / told) for count in shown]


def _counts(columns: "Columns", question: Question, bands: Mapping[str, float]) -> list[int]:
    """By band, and at the end whoever said something else."""
    from rapport.insight.results.bands import counted_by_band

    counted = counted_by_band(columns, question)
    counts = [counted[band] for band in bands]
    return [*counts, int((columns.codes(question.key) >= 0).sum()) - sum(counts)]


def _plot(ground: "Ground", dimension: Dimension, bands: Mapping[str, float], answered: Sequence[int | None]) -> "Plot":
    from rapport.ui.charts import Bar, bars
    from rapport.ui.fields import with_table

    names = {band.slug: str(band) for band in dimension.bands.all()}
    people = sum(bands.values())
    rows = [(names.get(b, b), share, round(100 * bands[b] / people)) for b, share in zip(bands, answered, strict=True)]
    drawn = [Bar(words, share, _("%% · community %(n)s %%") % {"n": community}) for words, share, community in rows]
    header = (_("Group"), _("Of those who answered, in %"), _("Of all who live here, in %"))
    plot = bars(str(dimension), drawn, summary=f"{ground.label}.", header=(header[0], header[1]), most=100)
    return with_table(plot, header, rows)
