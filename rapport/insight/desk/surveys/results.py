"""What was answered, question by question, while the answers come in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from rapport.insight.desk.surveys.reach import head, looked_at, survey_for
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.insight.results.questions import Result
    from rapport.surveys.methods import Question
    from rapport.ui.charts import Plot

_LATER = 25  # answers behind a number, on one page
_MOST_SHOWN = 10_000


@dataclass(frozen=True)
class Part:
    """One question of the page: its plots, and the answers to it as words."""

    question: "Question"
    title: str
    results: "list[tuple[Result, Plot | None]]"
    words: "list[Result]"
    quadrants: "Plot | None" = None


@staff_may("surveys.see")
def results(request: PersonRequest, pk: int) -> HttpResponseBase:
    from rapport.insight.results.drawing import over_time

    survey = survey_for(request, pk)
    ground, narrowing = looked_at(request, survey)
    parts = [] if ground.is_too_few else list(parts_of(ground))
    if request.GET.get("export") in ("csv", "xlsx"):
        return _file(request.GET["export"], ground, parts, narrowing.sentence())
    page = {
        **head(request, survey, "insight:desk-results"),
        **told(ground),
        "narrowing": narrowing,
        "parts": parts,
        "time": over_time(ground) if ground.columns.n and ground.where is None else None,
    }
    return render(request, "insight/desk/surveys/results.html", page)


def told(ground: "Ground") -> dict[str, Any]:
    """What every page with numbers says of them."""
    from rapport.insight.results.label import explained

    return {
        "ground": ground,
        "label": ground.label,
        "explained": explained(ground.survey),
        "n": ground.n,
        "all": ground.columns.n,
        "threshold": ground.threshold,
    }


def parts_of(ground: "Ground", *, is_public: bool = False) -> "list[Part]":
    from rapport.insight.results.drawing import plot_of, quadrant_plot
    from rapport.insight.results.importance import is_about_importance, quadrants
    from rapport.insight.results.questions import results_of

    parts = []
    for question, found in results_of(ground, is_public=is_public):
        drawn = [(one, plot_of(ground, one) if one.n else None) for one in found if not one.is_words]
        four = quadrants(ground, question) if is_about_importance(question) else None
        title = ground.say(question.words) or question.key
        plot = quadrant_plot(ground, title, four) if four else None
        parts.append(Part(question, title, drawn, [one for one in found if one.is_words], plot))
    return parts


def _file(kind: str, ground: "Ground", parts: "list[Part]", sentence: str) -> HttpResponseBase:
    """All shown tables one below the other, the label in each row, so that it is never parted from its numbers."""
    header = [
        _("Question"),
        _("Answer"),
        _("Answers"),
        _("Share in %"),
        _("Weighed share in %"),
        _("Answered"),
        _("Which answers"),
        _("Label"),
    ]
    rows = [
        [one.title, row.words, row.count, _hundred(row.share), _hundred(row.weighed), one.n, sentence, ground.label]
        for part in parts
        for one, _plot in part.results
        for row in one.rows
    ]
    return file_response(kind, f"{ground.survey.slug}-results", header, rows)


def _hundred(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


@staff_may("surveys.see")
def crosstab(request: PersonRequest, pk: int) -> HttpResponseBase:
    from rapport.insight.results.tables import table_of
    from rapport.insight.results.variables import names, variable

    survey = survey_for(request, pk)
    ground, narrowing = looked_at(request, survey)
    offered = list(names(ground))
    rows = variable(ground, request.GET.get("rows", "") or (offered[0][0] if offered else ""))
    by = variable(ground, request.GET.get("by", "") or ":channel")
    table = table_of(ground, rows, by) if rows and by and not ground.is_too_few else None
    if table and request.GET.get("export") in ("csv", "xlsx"):
        header = [table.rows.label, *table.by.words, _("Label")]
        lines = [[words, *(_shown(cell.count) for cell in cells), ground.label] for words, cells in table.cells]
        return file_response(request.GET["export"], f"{survey.slug}-table", header, lines)
    page = {
        **head(request, survey, "insight:desk-crosstab"),
        **told(ground),
        "narrowing": narrowing,
        "offered": offered,
        "rows": rows.name if rows else "",
        "by": by.name if by else "",
        "table": table,
    }
    return render(request, "insight/desk/surveys/crosstab.html", page)


def _shown(count: int | None) -> int | str:
    return _("too few to show") if count is None else count


@staff_may("surveys.see")
def answers(request: PersonRequest, pk: int) -> HttpResponse:
    """The answers behind a number."""
    from rapport.insight.results.behind import TooFew, behind, conditions, read

    survey = survey_for(request, pk)
    ground, narrowing = looked_at(request, survey)
    try:
        where = behind(ground, [*narrowing.parts(), *conditions(ground, request.GET.getlist("is"))])
    except (TooFew, ValueError):
        page = {**head(request, survey, ""), **told(ground), "narrowing": narrowing, "is_too_few": True}
        return render(request, "insight/desk/surveys/answers.html", page)
    keys = ground.columns.keys(where)
    number = _number(request.GET.get("page", "1"), -(-len(keys) // _LATER))
    page = {
        **head(request, survey, ""),
        **told(ground),
        "narrowing": narrowing,
        "found": len(keys),
        "which": _which(ground, request.GET.getlist("is")),
        "answers": read(ground, keys[(number - 1) * _LATER : number * _LATER]),
        "page_number": number,
        "next": number + 1 if number * _LATER < len(keys) else 0,
    }
    return render(request, "insight/desk/surveys/answers.html", page)


def _which(ground: "Ground", asked: list[str]) -> str:
    from rapport.insight.results.variables import variable

    said = []
    for one in asked:
        name, _tilde, level = one.partition("~")
        if by := variable(ground, name):
            said.append(f"{by.label}: {by.words[list(by.levels).index(level)]}")
    return " · ".join(said)


def _number(text: str, most: int) -> int:
    return min(max(1, int(text)), max(1, most)) if text.isdecimal() and len(text) < 9 else 1


@staff_may("surveys.see")
def codebook(request: PersonRequest, pk: int) -> HttpResponseBase:
    from rapport.insight.results.codebook import codebook_of, rows_of
    from rapport.insight.results.files import warned

    survey = survey_for(request, pk)
    ground, _narrowing = looked_at(request, survey)
    book = codebook_of(ground)
    if request.GET.get("export") in ("csv", "xlsx"):
        header, rows = rows_of(ground, book)
        return file_response(request.GET["export"], f"{survey.slug}-codebook", header, rows)
    page = {
        **head(request, survey, "insight:desk-codebook"),
        **told(ground),
        "book": book,
        "warned": warned(ground),
    }
    return render(request, "insight/desk/surveys/codebook.html", page)


@staff_may("surveys.see")
def report(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The numbers as a PDF, in the reader's language."""
    from rapport.insight.results.report import report_of

    survey = survey_for(request, pk)
    ground, _narrowing = looked_at(request, survey)
    pdf = report_of(ground.narrowed(None), parts_of(ground.narrowed(None), is_public=True))
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{survey.slug}-report.pdf"'},
    )


@staff_may("surveys.export")
def file(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """Each answer, in an order by chance, for those who may take them along."""
    from rapport.insight.results.files import KINDS, file_of

    survey = survey_for(request, pk, "surveys.export")
    ground, _narrowing = looked_at(request, survey)
    if kind not in KINDS:
        from django.http import Http404

        raise Http404
    return file_of(ground.narrowed(None), kind)
