"""What anyone may read of a survey's answers: what we asked, who answered, and what we heard."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from rapport.insight.models import SurveyPublication
from rapport.people.guards import anyone

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.ui.charts import Plot


@anyone
def results(request: HttpRequest, slug: str) -> HttpResponse:
    from rapport.insight.desk.surveys.results import parts_of
    from rapport.insight.results.drawing import over_time
    from rapport.insight.results.ground import ground_of
    from rapport.insight.results.label import explained

    rows = SurveyPublication.objects.public().select_related("survey__branch", "survey__loop", "by")
    publication = get_object_or_404(rows, survey__slug=slug)
    ground = ground_of(publication.survey, is_weighed=publication.is_weighed)
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
        "time": over_time(ground) if enough and publication.survey.is_over else None,
    }
    return render(request, "insight/survey_results.html", page)


def beside(ground: "Ground") -> "list[Plot]":
    """Who answered beside who lives here, by each dimension that was asked for and is known."""
    import numpy as np

    from rapport.insight.methods.estimating.disclosure import hidden_in_list
    from rapport.insight.results.weights import asked_for, dimensions_of, question_about, targets
    from rapport.surveys.methods import Questionnaire
    from rapport.ui.charts import Bar, bars
    from rapport.ui.fields import with_table

    questionnaire: Questionnaire = ground.columns.questionnaire
    dimensions = dimensions_of(questionnaire, ground.survey.branch)
    known = targets([one.slug for one in dimensions], ground.survey.branch)
    known = {name: asked_for(questionnaire, name, bands) for name, bands in known.items()}
    found = []
    for dimension in dimensions:
        question = question_about(questionnaire, dimension.slug)
        if question is None:
            continue
        codes = ground.columns.codes(question.key)
        names = {band.slug: str(band) for band in dimension.bands.all()}
        chosen = {
            band: [i for i, choice in enumerate(question.choices) if choice.band == band]
            for band in known[dimension.slug]
        }
        counts = np.array([int(np.isin(codes, places).sum()) for places in chosen.values()])
        hidden = hidden_in_list([*counts, int((codes >= 0).sum() - counts.sum())], ground.threshold)
        people, told = sum(known[dimension.slug].values()), max(int(counts.sum()), 1)
        rows = [
            (
                names.get(band, band),
                None if hidden[i] else round(100 * int(counts[i]) / told),
                round(100 * known[dimension.slug][band] / people),
            )
            for i, band in enumerate(chosen)
        ]
        drawn = [
            Bar(words, answered, _("%% · community %(n)s %%") % {"n": community}) for words, answered, community in rows
        ]
        header = (_("Group"), _("Of those who answered, in %"), _("Of all who live here, in %"))
        plot = bars(str(dimension), drawn, summary=f"{ground.label}.", header=(header[0], header[1]), most=100)
        found.append(with_table(plot, header, rows))
    return found
