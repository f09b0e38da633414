"""Weighing: by what, how far, what it costs, and what it cannot do."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.community.models import Dimension
from rapport.insight.desk.surveys.reach import head, survey_for
from rapport.insight.desk.surveys.results import told
from rapport.insight.models import Weighing
from rapport.people.guards import PersonRequest, staff_may

if TYPE_CHECKING:
    from rapport.insight.results.ground import Ground
    from rapport.insight.results.weights import Lack, Weighed
    from rapport.surveys.models import Survey


class WeighingForm(forms.Form):
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Weigh by"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Few are better than many: each one more makes the weights lie further apart"),
    )
    high = forms.FloatField(
        label=gettext_lazy("No answer counts more than this many times the mean"),
        required=False,
        min_value=1.1,
        max_value=100,
        help_text=gettext_lazy("3 to 5 is usual; leave it empty for no limit"),
    )
    low = forms.FloatField(
        label=gettext_lazy("and none less than"),
        required=False,
        min_value=0,
        max_value=0.9,
        help_text=gettext_lazy("0.3 is usual; leave it empty for no limit"),
    )
    joins = forms.MultipleChoiceField(
        label=gettext_lazy("Count together"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody of the first group answered, so no answer can stand for it"),
    )

    def __init__(self, *args: Any, dimensions: list[Dimension], joins: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimensions"].choices = [(one.slug, str(one)) for one in dimensions]  # type: ignore[attr-defined]
        self.fields["joins"].choices = joins  # type: ignore[attr-defined]
        if not joins:
            del self.fields["joins"]

    @property
    def pairs(self) -> dict[str, list[list[str]]]:
        pairs: dict[str, list[list[str]]] = {}
        for one in self.cleaned_data.get("joins", []):
            dimension, band, join = one.split(":")
            pairs.setdefault(dimension, []).append([band, join])
        return pairs


@staff_may("surveys.see")
def weighing(request: PersonRequest, pk: int) -> HttpResponseBase:
    from rapport.insight.results.ground import ground_of

    survey = survey_for(request, pk)
    if request.method == "POST":
        return settling(request, pk)
    ground = ground_of(survey, is_weighed=True)
    return _shown(request, survey, ground, _form(ground, Weighing.objects.of(survey)))


@staff_may("surveys.change")
def settling(request: PersonRequest, pk: int) -> HttpResponse:
    from rapport.insight.results.ground import ground_of

    survey = survey_for(request, pk, "surveys.change")
    ground = ground_of(survey, is_weighed=True)
    form = _form(ground, Weighing.objects.of(survey), data=request.POST)
    if form.is_valid() and _fits(ground, form):
        told_of = form.cleaned_data
        caps = {"low": told_of["low"], "high": told_of["high"]}
        Weighing.objects.settle(survey, by=request.user, dimensions=told_of["dimensions"], joins=form.pairs, **caps)
        messages.success(request, _("From now on the answers can be shown weighed, those that still come in too."))
        return redirect("insight:desk-weighing", pk)
    return _shown(request, survey, ground, form)


def _form(ground: "Ground", settled: Weighing | None, data: Any = None) -> WeighingForm:
    from rapport.insight.results.weights import dimensions_of

    dimensions = dimensions_of(ground.columns.questionnaire, ground.survey.branch)
    initial: dict[str, Any] = {"high": 5}
    if settled is not None:
        initial = {"dimensions": settled.dimensions, "high": settled.high, "low": settled.low}
    lacks = _lacks(ground, [one.slug for one in dimensions])
    joins = [(lack.value, _in_words(lack, dimensions)) for lack in lacks]
    initial["joins"] = [lack.value for lack in lacks]
    return WeighingForm(data, initial=initial, dimensions=dimensions, joins=joins)


def _lacks(ground: "Ground", dimensions: list[str]) -> "list[Lack]":
    from rapport.insight.results.weights import CannotWeigh, made

    try:
        made(ground.columns, dimensions, branch=ground.survey.branch)
    except CannotWeigh as lacking:
        return lacking.lacks
    return []


def _in_words(lack: "Lack", dimensions: list[Dimension]) -> str:
    dimension = next(one for one in dimensions if one.slug == lack.dimension)
    names = {band.slug: str(band) for band in dimension.bands.all()}
    said = {"dimension": dimension, "band": names.get(lack.band, lack.band), "join": names.get(lack.join, lack.join)}
    return _("%(dimension)s: %(band)s with %(join)s") % said


def _fits(ground: "Ground", form: WeighingForm) -> bool:
    """Whether the answers can be weighed like this; what is in the way is said at the field."""
    from rapport.insight.results.weights import CannotWeigh, made

    told_of = form.cleaned_data
    caps = {"low": told_of["low"], "high": told_of["high"]}
    try:
        made(ground.columns, told_of["dimensions"], branch=ground.survey.branch, joins=form.pairs, **caps)
    except CannotWeigh as error:
        if error.lacks:
            form.add_error("joins", _("Somebody lives here of whom nobody answered. Count them with their neighbours."))
        elif error.why == "nobody":
            form.add_error(None, _("Nobody has answered yet."))
        else:
            form.add_error("high", _("These limits leave no room to meet the community's shares. Widen them."))
        return False
    return True


def _shown(request: PersonRequest, survey: "Survey", ground: "Ground", form: WeighingForm) -> HttpResponse:
    from rapport.insight.results.drawing import weights_plot

    page = {
        **head(request, survey, "insight:desk-weighing"),
        **told(ground),
        "form": form,
        "can_weigh": bool(form.fields["dimensions"].choices),  # type: ignore[attr-defined]
        "report": ground.weighed.weighting.report() if ground.weighed else None,
        "margins": _margins(ground.weighed) if ground.weighed else [],
        "plot": weights_plot(ground.weights) if ground.weights is not None else None,
    }
    return render(request, "insight/desk/surveys/weighing.html", page, status=422 if form.errors else 200)


def _margins(weighed: "Weighed") -> list[tuple[str, list[tuple[str, float, float, float]]]]:
    """For each dimension its bands: the share among those who answered, in the community, and after weighing."""
    import numpy as np

    dimensions = {one.slug: one for one in Dimension.objects.prefetch_related("bands")}
    found = []
    for margin in weighed.margins:
        dimension = dimensions[margin.name]
        names = {band.slug: str(band) for band in dimension.bands.all()} | {"?": _("not said")}
        answered = np.bincount(margin.codes, minlength=len(margin.levels)) / len(margin.codes)
        after = np.bincount(margin.codes, weighed.weighting.weights, len(margin.levels))
        shares = zip(margin.levels, answered, margin.shares(), after / after.sum(), strict=True)
        rows = [(names.get(level, level), one * 100, two * 100, three * 100) for level, one, two, three in shares]
        found.append((str(dimension), rows))
    return found


@require_POST
@staff_may("surveys.change")
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk, "surveys.change")
    Weighing.objects.filter(survey=survey).delete()
    messages.success(request, _("The answers are shown as they came."))
    return redirect("insight:desk-weighing", pk)
