"""How many answers of each kind are wanted, how many there are, and whom a quota turns away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys.desk.reach import found, mine
from rapport.surveys.methods import (
    AnyOf,
    Comparison,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Test,
    both,
    condition_as_json,
    condition_from_json,
    say,
)
from rapport.surveys.methods.turning_away import Silence, silences
from rapport.surveys.models import Quota, Survey
from rapport.surveys.tongues import tongues

_COUNTED = {Kind.SINGLE, Kind.MULTIPLE, Kind.PICTURE, Kind.PLACE}
_TOLD = {
    Silence.LATE: gettext_lazy(
        "The question comes late: once it is full, people answer other questions first, and are turned away then. "
        "Move it to the first page."
    ),
    Silence.SKIPPED: gettext_lazy(
        "Nobody has to answer the question: whoever leaves it out is not counted here, and comes in."
    ),
    Silence.FOR_SOME: gettext_lazy("Only some are asked this question: the others are not counted here."),
}


class QuotaForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Who"), max_length=120, help_text=gettext_lazy("Such as “65 and older”; the desk reads it")
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("Those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Several of one question: any of them. Of several questions: one of each"),
    )
    places = forms.IntegerField(label=gettext_lazy("How many are wanted"), min_value=1, max_value=10_000_000)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questionnaire = _questionnaire(survey)
        self.fields["answers"].choices = _answers(questionnaire)  # type: ignore[attr-defined]
        self.fields["branch"] = forms.ModelChoiceField(
            Branch.objects.all(), label=_("At"), required=False, empty_label=_("any library")
        )
        languages = [("", _("any language")), *tongues(questionnaire.languages)]
        self.fields["language"] = forms.ChoiceField(label=_("In"), required=False, choices=languages)
        self.order_fields(["name", "answers", "branch", "language", "places"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not (given["answers"] or given["branch"] or given["language"]):
            raise forms.ValidationError(_("Say who is counted: by an answer, a library or a language."))
        return given

    def quota(self, survey: Survey) -> Quota:
        given = self.cleaned_data
        when = condition_as_json(_condition(given["answers"], _questionnaire(survey))) or {}
        return Quota(
            survey=survey, name=given["name"], when=when, branch=given["branch"], language=given["language"],
            places=given["places"],
        )  # fmt: skip


class PlacesForm(forms.Form):
    places = forms.IntegerField(label=gettext_lazy("How many are wanted"), min_value=1, max_value=10_000_000)


def _questionnaire(survey: Survey) -> Questionnaire:
    edition = survey.edition or survey.editions.last()
    return edition.questionnaire if edition else Questionnaire()


def _answers(questionnaire: Questionnaire) -> list[tuple[str, list[tuple[str, str]]]]:
    first = questionnaire.languages[0]
    return [
        (
            say(question.words, first, first),
            [(f"{question.key}={one.code}", say(one.words, first, first) or one.code) for one in question.choices],
        )
        for question in questionnaire.questions()
        if question.kind in _COUNTED
    ]


def _condition(answers: list[str], questionnaire: Questionnaire) -> Condition | None:
    by_question: dict[str, list[str]] = {}
    for answer in answers:
        key, _equals, code = answer.partition("=")
        by_question.setdefault(key, []).append(code)
    whole: Condition | None = None
    for question in questionnaire.questions():
        if question.key in by_question:
            whole = both(whole, _any_of(question, by_question[question.key]))
    return whole


def _any_of(question: Question, codes: list[str]) -> Condition:
    comparison = Comparison.INCLUDES if question.kind == Kind.MULTIPLE else Comparison.EQUAL
    tests = tuple(Test(question.key, comparison, code) for code in codes)
    return tests[0] if len(tests) == 1 else AnyOf(tests)


@staff_may("surveys.see")
def quotas(request: PersonRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _made(request, mine(request, pk))
    survey = found(request, pk)
    return _shown(request, survey, QuotaForm(survey=survey))


def _shown(request: PersonRequest, survey: Survey, form: QuotaForm, wrong: PlacesForm | None = None) -> HttpResponse:
    questionnaire = _questionnaire(survey)
    page = {
        "survey": survey,
        "quotas": [_row(quota, questionnaire) for quota in survey.quotas.select_related("branch")],
        "form": form,
        "wrong": wrong,
        "may_change": request.user.has_perm("surveys.change", survey),
    }
    return render(request, "surveys/desk/quotas.html", page, status=422 if form.errors or wrong else 200)


def _row(quota: Quota, questionnaire: Questionnaire) -> dict[str, Any]:
    told = silences(condition_from_json(quota.when or None), questionnaire)
    return {
        "quota": quota,
        "warnings": [_TOLD[one] for one in told],
        "form": PlacesForm(initial={"places": quota.places}, auto_id=f"id_{quota.pk}_%s"),
    }


def _made(request: PersonRequest, survey: Survey) -> HttpResponse:
    form = QuotaForm(request.POST, survey=survey)
    if not form.is_valid():
        return _shown(request, survey, form)
    quota = form.quota(survey)
    if not quota.set():
        form.add_error("places", _too_few(quota.taken))
        return _shown(request, survey, form)
    messages.success(request, _("The quota is set."))
    return redirect("surveys:desk-quotas", survey.pk)


def _too_few(taken: int) -> str:
    return _("%(n)s of them have answered already. Want at least as many.") % {"n": taken}


@require_POST
@staff_may("surveys.change")
def quota(request: PersonRequest, pk: int, quota: int) -> HttpResponse:
    """How many are wanted, never less than there are."""
    survey = mine(request, pk)
    row = get_object_or_404(survey.quotas, pk=quota)
    form = PlacesForm(request.POST, auto_id=f"id_{row.pk}_%s")
    if form.is_valid():
        try:
            with transaction.atomic():
                survey.quotas.filter(pk=row.pk).update(places=form.cleaned_data["places"])
        except IntegrityError:
            row.refresh_from_db()
            form.add_error("places", _too_few(row.taken))
    if not form.is_valid():
        form.quota = row  # type: ignore[attr-defined]
        return _shown(request, survey, QuotaForm(survey=survey), wrong=form)
    messages.success(request, _("Saved."))
    return redirect("surveys:desk-quotas", survey.pk)


@require_POST
@staff_may("surveys.change")
def quota_removal(request: PersonRequest, pk: int, quota: int) -> HttpResponse:
    survey = mine(request, pk)
    get_object_or_404(survey.quotas, pk=quota).delete()
    messages.success(request, _("Nobody is turned away by it any more."))
    return redirect("surveys:desk-quotas", survey.pk)
