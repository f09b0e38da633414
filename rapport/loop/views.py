from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Loop
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class LoopFilters(Sentence):
    state = forms.ChoiceField(
        label=_("show"), choices=[("", _("every question")), ("open", _("open ones")), ("closed", _("answered ones"))]
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))

    def narrow_state(self, rows: QuerySet[Loop], value: str) -> QuerySet[Loop]:
        return rows.filter(closing__isnull=value == "open") if value else rows


COLUMNS = [
    Column("question", _("Question"), link="get_absolute_url"),
    Column("branch", _("Branch"), "branch.name"),
    Column("at", _("Since"), sort="at"),
]


@anyone
def loops(request: HttpRequest) -> HttpResponseBase:
    rows = Loop.objects.public().select_related("branch", "closing").prefetch_related("steps")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=LoopFilters, search=["question"], order="-at", name="questions"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "loop/loops.html", {"listing": listing})


@anyone
def story(request: HttpRequest, pk: int) -> HttpResponse:
    loop = get_object_or_404(Loop.objects.public().select_related("branch", "closing"), pk=pk)
    return render(request, "loop/story.html", {"loop": loop})
