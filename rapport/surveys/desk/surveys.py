"""All surveys of the library, and a new one."""

from django import forms
from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys.bank.starters import starter
from rapport.surveys.desk.forms import NewForm
from rapport.surveys.models import Response, Survey, SurveyState
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class SurveyFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("that are"), choices=[("", gettext_lazy("written, open or closed")), *SurveyState.choices]
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )

    def narrow_state(self, rows: QuerySet[Survey], value: str) -> QuerySet[Survey]:
        return rows & Survey.objects.in_state(value)


def _page(survey: Survey) -> str:
    return reverse("surveys:desk-survey", args=[survey.pk])


COLUMNS = [
    Column("title", gettext_lazy("Survey"), link=_page),
    Column("state", gettext_lazy("State"), lambda survey: survey.state.label, template="surveys/desk/state_cell.html"),
    Column("answers", gettext_lazy("Answers"), sort="answers", number=True),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("opens_on", gettext_lazy("First day"), sort="opens_on"),
    Column("closes_on", gettext_lazy("Last day"), sort="closes_on"),
    Column("purpose", gettext_lazy("What will be decided"), only_in_files=True),
    Column("by", gettext_lazy("Written by"), "by.name", only_in_files=True),
]


@staff_may("surveys.see")
def surveys(request: PersonRequest) -> HttpResponseBase:
    counted = Response.objects.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Count("pk"))
    rows = Survey.objects.reached_by(request.user).select_related("branch", "opening", "closing", "by")
    rows = rows.annotate(answers=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0))
    listing = Listing(
        request, rows, columns=COLUMNS, filters=SurveyFilters, search=["title", "purpose"], name="surveys"
    )
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change": request.user.has_perm("surveys.change")}
    return render(request, "surveys/desk/surveys.html", page)


@staff_may("surveys.change")
def new(request: PersonRequest) -> HttpResponse:
    """Begin from a set of questions, from an earlier survey, or with an empty page."""
    initial = {"copy": request.GET.get("copy"), "start": request.GET.get("start") or "needs"}
    form = NewForm(request.POST or None, initial=initial, person=request.user)
    if request.method == "POST" and form.is_valid():
        survey = _begun(form, request)
        messages.success(request, _("It is here. Nobody sees it until you open it."))
        return redirect("surveys:desk-questions", survey.pk)
    return render(request, "surveys/desk/new.html", {"form": form}, status=422 if form.errors else 200)


def _begun(form: NewForm, request: PersonRequest) -> Survey:
    given = form.cleaned_data
    fields = {"by": request.user, "branch": given["branch"], "purpose": given["purpose"]}
    earlier: Survey | None = given["copy"]
    if earlier:
        return earlier.copy(title=given["title"], language=given["language"], **fields)
    questionnaire = starter(given["start"]).questionnaire(given["language"])
    if given["title"]:
        questionnaire.title |= {given["language"]: given["title"]}
    return Survey.objects.begin(questionnaire, **fields)
