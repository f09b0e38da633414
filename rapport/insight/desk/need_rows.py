"""What stands beside a need and is noted row by row: dissent, the groups it touches, spaces, and rated services."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.insight.desk.board_forms import DissentForm, ServiceForm, SpaceForm, TouchesForm
from rapport.insight.desk.needs import mine, shown
from rapport.insight.models import Need
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.models import Survey


def _back(request: PersonRequest, need: Need, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(reverse("insight:desk-need", args=[need.pk]))


@require_POST
@staff_may("insight.change")
def dissents(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = DissentForm(request.POST)
    if not form.is_valid():
        return shown(request, need, dissent_form=form)
    need.disagree(by=request.user, **form.cleaned_data)
    return _back(request, need, _("It stands beside the scores now, and stays there."))


@require_POST
@staff_may("insight.change")
def touches(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = TouchesForm(request.POST)
    if not form.is_valid():
        return shown(request, need, touches_form=form)
    need.touch(form.cleaned_data["segments"], by=request.user)
    return _back(request, need, _("The groups are saved."))


@require_POST
@staff_may("insight.change")
def spaces(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = SpaceForm(request.POST, need=need)
    if not form.is_valid():
        return shown(request, need, space_form=form)
    need.spaces.get_or_create(
        space=form.cleaned_data["space"], defaults={"words": form.cleaned_data["words"], "by": request.user}
    )
    return _back(request, need, _("The space stands beside the need now."))


@require_POST
@staff_may("insight.change")
def space_removal(request: PersonRequest, pk: int, tie: int) -> HttpResponse:
    need = mine(request, pk)
    get_object_or_404(need.spaces, pk=tie).delete()
    return _back(request, need, _("Taken out."))


@require_POST
@staff_may("insight.change")
def services(request: PersonRequest, pk: int) -> HttpResponse:
    need = mine(request, pk)
    form = ServiceForm(request.POST, need=need)
    if not form.is_valid():
        return shown(request, need, service_form=form)
    survey, question, line = form.cleaned_data["service"].split(":", 2)
    found = get_object_or_404(Survey, pk=survey)
    need.services.get_or_create(survey=found, question=question, line=line, defaults={"by": request.user})
    return _back(request, need, _("Its gap stands beside the need now."))


@require_POST
@staff_may("insight.change")
def service_removal(request: PersonRequest, pk: int, tie: int) -> HttpResponse:
    need = mine(request, pk)
    get_object_or_404(need.services, pk=tie).delete()
    return _back(request, need, _("Taken out."))
