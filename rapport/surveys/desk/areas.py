"""Places to choose from: the areas of a map that is brought in, or the names of the branches."""

from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys.desk.reach import mine
from rapport.surveys.desk.wording import refusal_in_words
from rapport.surveys.methods import Choice, Kind, Questionnaire, editing
from rapport.surveys.methods.areas import MOST_AREAS, NoMap, areas_from_geojson, names_of_properties

_MOST_BYTES = 2 * 1024 * 1024


class AreasForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Map of areas (GeoJSON)"),
        required=False,
        help_text=gettext_lazy("Service areas, neighbourhoods or postal areas, as your city or county publishes them"),
    )
    name = forms.CharField(
        label=gettext_lazy("What the areas are called by"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The property of the file that names an area; leave it empty to take the first one"),
    )
    branches = forms.BooleanField(label=gettext_lazy("No map: take the names of our branches"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("branches") and not given.get("file") and not self.errors:
            self.add_error("file", _("Choose a file, or take the names of the branches."))
        return given

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        if upload.size > _MOST_BYTES:
            raise forms.ValidationError(_("This map is larger than 2 MB. A simpler one is quicker on phones, too."))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("We cannot read this as GeoJSON.")) from None

    def choices(self, language: str) -> list[Choice]:
        """Raises NoMap."""
        if self.cleaned_data["branches"]:
            return [Choice(code=branch.slug, words=dict(branch.name)) for branch in Branch.objects.all()]
        text = self.cleaned_data["file"]
        name = self.cleaned_data["name"] or next(iter(names_of_properties(text)), "")
        return areas_from_geojson(text, name, language)


@staff_may("surveys.change")
def areas(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    survey = mine(request, pk)
    last = survey.editions.last()
    asked = last.questionnaire.question(key) if last else None
    if last is None or asked is None:
        raise Http404
    form = AreasForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            choices = form.choices(last.questionnaire.languages[0])
            survey.rewrite(partial(_with_places, key=key, choices=choices), by=request.user)
        except NoMap:
            words = _("We found no areas in it (or more than %(n)s). It has to be GeoJSON with polygons.")
            form.add_error("file", words % {"n": MOST_AREAS})
        except editing.Refused as refused:
            form.add_error(None, refusal_in_words(refused.hanging, last.questionnaire))
        else:
            messages.success(request, _("The places are in. Look at their names."))
            return redirect("surveys:desk-question", pk, key)
    shapes = [
        (" · ".join(choice.words.values()), [" ".join(f"{x},{y}" for x, y in ring) for ring in choice.shape])
        for choice in asked.choices
    ]
    page = {"survey": survey, "question": asked, "form": form, "shapes": shapes}
    return render(request, "surveys/desk/areas.html", page, status=422 if form.errors else 200)


def _with_places(questionnaire: Questionnaire, key: str, choices: list[Choice]) -> Questionnaire:
    question = questionnaire.question(key)
    if question is None or question.kind != Kind.PLACE:
        raise editing.NotThere(key)
    others = [choice for choice in question.choices if choice.is_other or choice.is_alone]
    return editing.replace(questionnaire, replace(question, choices=[*choices, *others]))
