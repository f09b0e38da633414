from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from rapport.deciding.models import Decision, Phase
from rapport.deciding.views.processes import shown
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class DecisionFilters(Sentence):
    state = forms.ChoiceField(
        label=_("show"),
        choices=[
            ("", _("every question")),
            ("asked", _("questions being asked")),
            ("decided", _("decided ones")),
        ],
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))

    def narrow_state(self, rows: QuerySet[Decision], value: str) -> QuerySet[Decision]:
        return rows.filter(ruling__isnull=value == "asked") if value else rows


MOST_NOW = 6
COLUMNS = [
    Column("question", _("Question"), link="get_absolute_url"),
    Column("promise", _("Promise"), "get_promise_display", sort="promise"),
    Column("branch", _("Branch"), "branch.name"),
    Column("by_when", _("By when"), sort="by_when"),
]


@anyone
def decisions(request: HttpRequest) -> HttpResponseBase:
    phases = Prefetch("process__phases", Phase.objects.order_by("opens_at"))
    rows = Decision.objects.public().select_related("branch", "ruling", "influence", "closing", "process__opening")
    listing = Listing(
        request,
        rows.prefetch_related(phases),
        columns=COLUMNS,
        filters=DecisionFilters,
        search=["question"],
        order="-at",
        name="decisions",
    )
    if listing.wants_file:
        return listing.file()
    asked = rows.filter(pk__in=Decision.objects.with_open_phase().values("pk")).prefetch_related(phases)
    page = {"listing": listing, "open_now": asked.order_by("by_when", "pk")[:MOST_NOW]}
    return render(request, "deciding/decisions.html", page)


@never_cache
@anyone
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.public().select_related(
        "branch", "need", "loop", "ruling", "influence", "closing", "process__opening"
    )
    found = get_object_or_404(rows, pk=pk)
    process = getattr(found, "process", None)
    if process is not None and hasattr(process, "opening"):
        process.decision = found
        return shown(request, process)
    return render(request, "deciding/decision.html", {"decision": found})
