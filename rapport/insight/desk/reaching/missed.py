"""A group that something open misses: where they can be met, and what is done about it."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.portrait import parts_of, prompts_of
from rapport.insight.desk.assessment_words import STANDINGS
from rapport.insight.desk.surveys.reach import head, survey_for
from rapport.insight.models import Asset, AssetKind, HeedingKind, MissedGroup, Whereabouts
from rapport.insight.models.missed import respect_of
from rapport.insight.reached import Open
from rapport.insight.reaching.answers import counts_of
from rapport.insight.reaching.drawing import beside_their_share
from rapport.insight.reaching.looking import compared, look_at
from rapport.loop.things import things
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import RadioCards

_GIFTS = {AssetKind.ASSOCIATIONS, AssetKind.INSTITUTIONS, AssetKind.PLACES}
_MOST_GIFTS = 6


class HeedingForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        choices=HeedingKind.choices,
        widget=RadioCards(icons={"action": "footprints", "reason": "message-circle-question-mark"}),
    )
    words = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who goes where, and by when; or why this group need not be heard more"),
    )


def _found(request: PersonRequest, pk: int, permission: str) -> MissedGroup:
    rows = MissedGroup.objects.of_branches(request.user.branches_where(permission))
    return get_object_or_404(rows.select_related("band__dimension", "branch", "place"), pk=pk)


@staff_may("insight.see")
def missed(request: PersonRequest, pk: int) -> HttpResponse:
    one = _found(request, pk, "insight.see")
    may_change = request.user.has_perm("insight.change", one)
    form = HeedingForm(request.POST or None, initial={"kind": HeedingKind.ACTION})
    if request.method == "POST":
        if not may_change:
            raise Http404
        if form.is_valid():
            one.heed(form.cleaned_data["kind"], form.cleaned_data["words"], by=request.user)
            messages.success(request, _("Noted. It no longer waits for you."))
            return redirect(one)
    return render(
        request, "insight/desk/reaching/missed.html", _page(one, form, may_change), status=422 if form.errors else 200
    )


def _page(one: MissedGroup, form: HeedingForm, may_change: bool) -> dict[str, Any]:
    segment = one.segments().first()
    gifts = Asset.objects.filter(kind__in=_GIFTS).order_by("-at")
    if one.branch:
        gifts = gifts.filter(Q(assessment__branch=one.branch) | Q(assessment__branch=None))
    return {
        "missed": one,
        "form": form,
        "may_change": may_change,
        "heedings": one.heedings.select_related("by"),
        "segment": segment,
        "whereabouts": Whereabouts.objects.filter(segment=segment) if segment else (),
        "gifts": gifts[:_MOST_GIFTS],
        "thing_url": _url_of(one),
        "prompts": list(prompts_of(parts_of(one.branch))),
    }


def _url_of(one: MissedGroup) -> str:
    thing = apps.get_model(one.thing).objects.filter(pk=one.thing_key).first()
    return things.get(one.thing).url(thing, "desk") if thing and one.thing in things else ""


@staff_may("surveys.see")
def of_survey(request: PersonRequest, pk: int) -> HttpResponse:
    """Who has answered so far, beside who lives here; while it is open whom it misses is noted."""
    survey = survey_for(request, pk)
    now = Open("surveys.survey", survey.pk, survey.title, survey.branch_id, counts_of(survey))
    found = look_at(now) if survey.is_open else dict(compared(now))
    tables = []
    for number, rows in enumerate(found.values(), 1):
        title = _("Of 100 whom we should have heard")
        drawn = beside_their_share(title, [(str(band), row, str(STANDINGS[row.standing])) for band, row in rows])
        said = [(band, row, 100 * row.share, 100 * row.people, STANDINGS[row.standing]) for band, row in rows]
        tables.append({"number": number, "dimension": respect_of(rows[0][0]), "rows": said, "plot": drawn})
    page = head(request, survey, "insight:survey-reach") | {
        "tables": tables,
        "missed": MissedGroup.objects.of(now.thing, now.key).current().to_be_shown(),
    }
    return render(request, "insight/desk/surveys/reach.html", page)
