"""How many people must answer, whom to ask more, and what it costs: for one survey, or before there is one."""

from dataclasses import fields
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from rapport.community.models import Figure
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.desk.reach import found
from rapport.surveys.methods import Question, say
from rapport.surveys.methods.planner import Effort, Segment, Z, hours, margin, needed, per_segment, to_invite
from rapport.surveys.models import Sampling, Survey
from rapport.ui.charts import Plot, Series, line

_USUAL = Effort()
_MARKS = [50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000]


class PlannerForm(forms.Form):
    sampling = forms.ChoiceField(label=gettext_lazy("Who answers"), choices=Sampling.choices)
    population = forms.IntegerField(
        label=gettext_lazy("How many people it is about"), min_value=2, max_value=1_000_000_000, required=False
    )
    error = forms.FloatField(
        label=gettext_lazy("Off by at most, in percentage points"), min_value=0.5, max_value=30, initial=5
    )
    confidence = forms.TypedChoiceField(
        label=gettext_lazy("How sure"),
        coerce=int,
        choices=[(90, "90 %"), (95, "95 %"), (99, "99 %")],
        initial=95,
    )
    share = forms.FloatField(
        label=gettext_lazy("Expected share, in percent"),
        min_value=1,
        max_value=99,
        initial=50,
        help_text=gettext_lazy("50 if you do not know: it asks for the most people"),
    )
    deff = forms.FloatField(
        label=gettext_lazy("Design effect"),
        min_value=0.5,
        max_value=10,
        initial=1,
        help_text=gettext_lazy("1 for a plain sample; about 1.5 where answers are weighed"),
    )
    rate = forms.FloatField(
        label=gettext_lazy("Of 100 people asked, how many answer"), min_value=1, max_value=100, initial=25
    )
    paper = forms.FloatField(
        label=gettext_lazy("Of 100 answers, how many on paper"), min_value=0, max_value=100, initial=20
    )
    phone = forms.FloatField(label=gettext_lazy("and how many by phone"), min_value=0, max_value=100, initial=0)
    segments = forms.CharField(
        label=gettext_lazy("Groups that you want to see by themselves"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy("One a line: name; people in it; answers so far. Such as: 65 and older; 2000; 74"),
    )
    sheet = forms.FloatField(label=gettext_lazy("Minutes for a sheet of paper"), min_value=0, max_value=600)
    entry = forms.FloatField(label=gettext_lazy("Minutes to enter one"), min_value=0, max_value=600)
    invitation = forms.FloatField(label=gettext_lazy("Minutes for an invitation"), min_value=0, max_value=600)
    call = forms.FloatField(label=gettext_lazy("Minutes for a call"), min_value=0, max_value=600)

    def clean_segments(self) -> list[Segment]:
        return [_segment(text) for text in self.cleaned_data["segments"].splitlines() if text.strip()]


def _segment(text: str) -> Segment:
    name, *numbers = (part.strip() for part in text.replace("\t", ";").split(";"))
    plain = [number.replace(",", "").replace(".", "").replace(" ", "") for number in numbers]
    if not 1 <= len(plain) <= 2 or not all(number.isascii() and number.isdecimal() for number in plain):
        raise forms.ValidationError(
            _("“%(line)s” is not a name and one or two numbers, with semicolons between.") % {"line": text.strip()[:80]}
        )
    return Segment(name, *(int(number) for number in plain))


@require_safe
@staff_may("surveys.see")
def planner(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    survey = found(request, pk) if pk is not None else None
    usual = _usual(survey)
    form = PlannerForm(_filled(request.GET, usual))
    page: dict[str, Any] = {"survey": survey, "form": form}
    if form.is_valid():
        page |= _plan(form.cleaned_data, survey)
    frame = "surveys/desk/page.html" if survey else "ui/desk.html"
    status = 422 if form.errors else 200
    return render(request, "surveys/desk/planner.html", page | {"frame": frame}, status=status)


def _filled(given: QueryDict, usual: dict[str, Any]) -> dict[str, Any]:
    return {**usual, **{name: given[name] for name in usual if name in given}}


def _usual(survey: Survey | None) -> dict[str, Any]:
    found = {name: field.initial for name, field in PlannerForm.base_fields.items()}
    found |= {one.name: getattr(_USUAL, one.name) for one in fields(Effort)}
    found |= {"sampling": Sampling.DRAWN, "segments": ""}
    if survey is not None:
        segments = _segments_of(survey)
        people = survey.population or sum(one.population for one in segments) or None
        words = "\n".join(f"{one.name}; {one.population}; {one.answered}" for one in segments)
        found |= {"sampling": survey.sampling, "population": people, "segments": words}
    return found


def _segments_of(survey: Survey) -> list[Segment]:
    """The groups of the first question about people whose bands the profile of the community knows."""
    edition = survey.edition or survey.editions.last()
    for question in edition.questionnaire.questions() if edition else []:
        bands = Figure.objects.margins({question.dimension}, survey.branch) if question.dimension else {}
        figures = bands.get(question.dimension, {})
        if any(choice.band in figures for choice in question.choices):
            return _counted(survey, question, figures)
    return []


def _counted(survey: Survey, question: Question, figures: dict[str, float]) -> list[Segment]:
    return [
        Segment(
            str(say(choice.words, "", "") or choice.code),
            round(figures[choice.band]),
            survey.responses.filter(**{f"answers__{question.key}": choice.code}).count(),
        )
        for choice in question.choices
        if choice.band in figures
    ]


def _plan(given: dict[str, Any], survey: Survey | None) -> dict[str, Any]:
    z, share, deff = Z[given["confidence"]], given["share"] / 100, given["deff"]
    how: dict[str, Any] = {"share": share, "z": z, "deff": deff}
    n = needed(given["error"] / 100, given["population"], **how)
    sheets, calls = round(n * given["paper"] / 100), round(n * given["phone"] / 100)
    twice = 1 + (survey.doubled_share / 100 if survey else 0)
    is_asked = given["sampling"] != Sampling.CHOSE
    counts = {
        "sheet": sheets,
        "entry": round(sheets * twice),
        "invitation": to_invite(n, given["rate"] / 100) if is_asked else 0,
        "call": calls,
    }
    work = hours(counts, Effort(**{name: given[name] for name in counts}))
    answered = survey.responses.count() if survey else 0
    return {
        "n": n,
        "is_drawn": given["sampling"] == Sampling.DRAWN,
        "is_asked": is_asked,
        "invitations": counts["invitation"],
        "is_too_many": given["population"] is not None and counts["invitation"] > given["population"],
        "answered": answered,
        "lacking": max(n - answered, 0),
        "segments": per_segment(given["segments"], n) if given["segments"] else [],
        "work": [(_KINDS[kind], counts[kind], work[kind]) for kind in counts],
        "hours": sum(work.values()),
        "plot": _plot(given["population"], how) if given["sampling"] == Sampling.DRAWN else None,
        "low": max(round(given["share"] - given["error"]), 0),
        "high": min(round(given["share"] + given["error"]), 100),
    }


_KINDS = {
    "sheet": gettext_lazy("sheets handed out and collected"),
    "entry": gettext_lazy("sheets entered"),
    "invitation": gettext_lazy("invitations"),
    "call": gettext_lazy("calls"),
}


def _plot(population: int | None, how: dict[str, Any]) -> Plot:
    marks = [n for n in _MARKS if population is None or n <= population] or [population or 1]
    values = [round(100 * margin(n, population, **how), 1) for n in marks]
    return line(
        _("How far off a share may be"),
        [number_format(n, use_l10n=True, force_grouping=True) for n in marks],
        [Series(_("percentage points, up or down"), values)],
        summary=_("Twice as many answers do not halve it: for that it takes four times as many."),
        what=_("Answers"),
    )
