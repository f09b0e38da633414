"""What was heard, in words for everybody: written, published, and taken back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.desk.surveys.reach import head, survey_for
from rapport.insight.models import SurveyPublication, Weighing
from rapport.listening.looking import LookedThrough
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.models import Survey
from rapport.ui.forms import WordsFormField


class PublicationForm(LookedThrough):
    findings = WordsFormField(
        label=gettext_lazy("What we heard"),
        long=True,
        help_text=gettext_lazy(
            "The main things, in plain words. Everyone who answered and left an address reads them."
        ),
    )
    is_weighed = forms.BooleanField(label=gettext_lazy("Show shares weighed to the community"), required=False)


def _form(survey: Survey, data: object = None) -> PublicationForm:
    found = SurveyPublication.objects.filter(survey=survey).first()
    initial = {"findings": found.findings, "is_weighed": found.is_weighed} if found else {}
    form = PublicationForm(data, initial=initial)  # type: ignore[arg-type]
    if not Weighing.objects.filter(survey=survey).exists():
        del form.fields["is_weighed"]
    return form


@staff_may("surveys.see")
def publication(request: PersonRequest, pk: int) -> HttpResponseBase:
    survey = survey_for(request, pk)
    if request.method == "POST":
        return publish(request, pk)
    return _shown(request, survey, _form(survey))


@staff_may("surveys.change")
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk, "surveys.change")
    form = _form(survey, request.POST)
    if not form.is_valid():
        return _shown(request, survey, form)
    is_first = not SurveyPublication.objects.filter(survey=survey).exists()
    SurveyPublication.objects.publish(survey, by=request.user, **form.cleaned_data)
    said = _("Anyone can read it now, and everyone who spoke is being told.") if is_first else _("Anyone can read it.")
    messages.success(request, said)
    return redirect("insight:desk-publication", pk)


def _shown(request: PersonRequest, survey: Survey, form: PublicationForm) -> HttpResponse:
    page = {
        **head(request, survey, "insight:desk-publication"),
        "form": form,
        "publication": SurveyPublication.objects.filter(survey=survey).select_related("by", "cut__survey").first(),
        "threshold": settings.HOUSE.threshold,
        "heard": survey.loop.heard.to_be_told().count(),
    }
    return render(request, "insight/desk/surveys/publication.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("surveys.change")
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk, "surveys.change")
    get_object_or_404(SurveyPublication, survey=survey).take_back()
    messages.success(request, _("Nobody reads the numbers any more. The words stay here."))
    return redirect("insight:desk-publication", pk)
