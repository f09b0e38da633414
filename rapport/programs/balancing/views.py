"""The page on which a presenter says who they are, by a link of their own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.community.models import Band, Dimension
from rapport.lib.doors import secret_page
from rapport.lib.limits import at_most
from rapport.people.guards import anyone
from rapport.programs.models import SelfDescription

_RATHER_NOT = "rather-not"


class SelfDescriptionForm(forms.Form):
    """One question for each dimension that describes people; what is left out is not said at all."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.dimensions = list(Dimension.objects.filter(counts_households=False).prefetch_related("bands"))
        for one in self.dimensions:
            bands = [(str(band.pk), str(band)) for band in one.bands.all()]
            self.fields[one.slug] = forms.ChoiceField(
                label=str(one),
                choices=[("", _("no answer")), *bands, (_RATHER_NOT, gettext_lazy("I would rather not say"))],
                required=False,
            )

    def said(self) -> dict[Dimension, Band | None]:
        bands = {str(band.pk): band for one in self.dimensions for band in one.bands.all()}
        told = {one: self.cleaned_data.get(one.slug, "") for one in self.dimensions}
        return {one: bands.get(answer) for one, answer in told.items() if answer}


def _found(secret: str) -> SelfDescription:
    return get_object_or_404(SelfDescription.objects.select_related("presenter"), secret=secret)


@at_most("60/h")
@anyone
@secret_page
def self_description(request: HttpRequest, secret: str) -> HttpResponse:
    """It never shows what was said: whoever else comes to hold the link reads nothing."""
    found = _found(secret)
    form = SelfDescriptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found.say(form.said())
        messages.success(
            request, _("Thank you. Your answers are kept, and only ever read together with those of others.")
        )
        return redirect(found)
    page = {"description": found, "form": form}
    return render(request, "programs/self_description.html", page, status=422 if form.errors else 200)


@require_POST
@at_most("60/h")
@anyone
@secret_page
def removal(request: HttpRequest, secret: str) -> HttpResponse:
    _found(secret).take_back()
    return render(request, "programs/self_description_gone.html")
