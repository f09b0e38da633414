"""A correction of a survey that is being answered: what changed, whether it still means the same, and since when."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.desk.reach import mine
from rapport.surveys.desk.wording import change_in_words
from rapport.surveys.methods import Question, Questionnaire, changes, editing, say
from rapport.surveys.models import Edition, Survey, Unsound

SAME, ANEW = "same", "anew"


class PublishingForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What was changed, and why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands beside the results, so that whoever reads them knows"),
    )


@dataclass(frozen=True)
class Changed:
    """A question that differs from the edition in use; `asks` where a person has to say what that means."""

    key: str
    before: str
    after: str
    told: str
    asks: bool
    is_anew: bool


@staff_may("surveys.change")
def publishing(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    draft, live = survey.editions.drafts().first(), survey.edition
    if draft is None or live is None or draft.definition == live.definition:
        messages.info(request, _("There is nothing to publish: the questions are as people see them."))
        return redirect("surveys:desk-questions", pk)
    form = PublishingForm(request.POST or None)
    changed = _changed(live.questionnaire, draft.questionnaire, request)
    if request.method == "POST" and form.is_valid():
        return _published(request, survey, live, changed, form.cleaned_data["note"])
    page = {"survey": survey, "form": form, "changed": changed, "live": live, "answers": live.responses.count()}
    return render(request, "surveys/desk/publishing.html", page, status=422 if form.errors else 200)


def _changed(before: Questionnaire, after: Questionnaire, request: PersonRequest) -> list[Changed]:
    found = []
    for change in changes(before, after):
        old, new = before.question(change.key), after.question(change.key)
        asks = bool(old and new and (old.kind, old.low, old.high) == (new.kind, new.low, new.high))
        default = ANEW if change.what == "changed" else SAME
        is_anew = request.POST.get(f"meaning_{change.key}", default) == ANEW
        told = change_in_words(change, before, after)
        found.append(Changed(change.key, _said(old, before), _said(new, after), told, asks, is_anew))
    return found


def _said(question: Question | None, questionnaire: Questionnaire) -> str:
    first = questionnaire.languages[0]
    return say(question.words, first, first) if question else ""


def _published(
    request: PersonRequest, survey: Survey, live: Edition, changed: list[Changed], note: str
) -> HttpResponse:
    meanings = {one.key: _meaning(live.questionnaire, one) for one in changed if one.asks}
    try:
        survey.rewrite(lambda questionnaire: editing.settle(questionnaire, meanings), by=request.user)
        survey.publish(by=request.user, note=note)
    except Unsound:
        messages.warning(request, _("It cannot be published yet. What has to be mended is marked at its place."))
        return redirect("surveys:desk-questions", survey.pk)
    messages.success(request, _("From now on people answer this edition."))
    return redirect("surveys:desk-survey", survey.pk)


def _meaning(live: Questionnaire, changed: Changed) -> int:
    question = live.question(changed.key)
    return (question.meaning if question else 1) + changed.is_anew
