"""Who answered surveys, as they said it there; and who spoke, by the branch that they spoke of."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Case, Q, Value, When
from django.db.models import Count as CountRows
from django.db.models.functions import TruncMonth
from django.utils import timezone

from rapport.insight.reached import PLACE, Count, Open
from rapport.listening.models import Channel, Voice
from rapport.places.models import Branch
from rapport.surveys.models import Invitation, Survey


def answered(first: date, last: date) -> Iterator[Count]:
    surveys = Survey.objects.exclude(opening=None).filter(Q(closing=None) | Q(closing__at__date__gte=first))
    for survey in surveys:
        yield from _of_survey(survey, first, last)


def _of_survey(survey: Survey, first: date, last: date) -> Iterator[Count]:
    import numpy as np  # only where somebody looks

    from rapport.insight.columns import read_columns
    from rapport.insight.results.weights import question_about

    columns = read_columns(survey)
    asked = {one.dimension for one in columns.questionnaire.questions() if one.dimension}
    if not asked or not columns.n:
        return
    days = columns.on
    inside = (days >= first.toordinal()) & (days <= last.toordinal())
    facet, ways = columns.facet("branch"), columns.facet("channel")
    for dimension in sorted(asked):
        question = question_about(columns.questionnaire, dimension)
        if question is None:
            continue
        for choice in question.choices:
            if choice.band:
                yield Count(dimension, choice.band, 0, survey.branch_id, first)
        codes = columns.codes(question.key)
        table = np.stack([codes, facet.codes, days, ways.codes], axis=1)[inside & (codes >= 0)]
        rows, counts = np.unique(table, axis=0, return_counts=True)
        for (code, branch, day, way), n in zip(rows.tolist(), counts.tolist(), strict=True):
            band = question.choices[code].band if code < len(question.choices) else ""
            if band:
                where = int(facet.levels[branch]) if branch >= 0 and facet.levels[branch] else survey.branch_id
                channel = ways.levels[way] if way >= 0 else ""
                yield Count(dimension, band, n, where, date.fromordinal(day).replace(day=1), channel)


def answering_now() -> Iterator[Open]:
    for survey in Survey.objects.open():
        counts = counts_of(survey)
        if counts:
            yield Open("surveys.survey", survey.pk, survey.title, survey.branch_id, counts)


def counts_of(survey: Survey) -> dict[str, dict[str, int]]:
    """Who has answered so far, by each dimension that it asks for; a band that it offers and nobody chose counts 0."""
    from rapport.insight.columns import read_columns
    from rapport.insight.results.bands import counted_by_band
    from rapport.insight.results.weights import question_about

    columns = read_columns(survey)
    asked = {one.dimension for one in columns.questionnaire.questions() if one.dimension}
    questions = {one: question_about(columns.questionnaire, one) for one in sorted(asked)}
    return {one: counted_by_band(columns, question) for one, question in questions.items() if question}


def suggested(first: date, last: date) -> Iterator[Count]:
    """Voices by their branch; those out of surveys are counted there."""
    begins, ends = (timezone.make_aware(datetime.combine(day, at)) for day, at in ((first, time.min), (last, time.max)))
    voices = Voice.objects.filter(spoken_at__range=(begins, ends), held_at=None).exclude(channel=Channel.SURVEY)
    rows = voices.exclude(branch=None).order_by().annotate(month=TruncMonth("spoken_at"))
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    yield from (Count(PLACE, slug, 0, branch, first) for branch, slug in slugs.items())
    for branch, month, channel, n in rows.values_list("branch", "month", "channel").annotate(n=CountRows("pk")):
        yield Count(PLACE, slugs[branch], n, branch, timezone.localdate(month), channel)


def invited(first: date, last: date) -> Iterator[Count]:
    """Who was asked by name, drawn or from a list, by the branch that the list has for them."""
    asked = (
        Invitation.objects.filter(invited_on__range=(first, last)).order_by().annotate(month=TruncMonth("invited_on"))
    )
    way = Case(When(email="", then=Value(Channel.PAPER.value)), default=Value(Channel.MAIL.value))
    rows = asked.annotate(way=way).values_list
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    if asked.exclude(branch=None).exists():
        yield from (Count(PLACE, slug, 0, branch, first) for branch, slug in slugs.items())
    for branch, month, channel, n in rows("branch", "month", "way").exclude(branch=None).annotate(n=CountRows("pk")):
        yield Count(PLACE, slugs[branch], n, branch, month, channel)
