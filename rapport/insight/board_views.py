"""The needs board for everyone, how needs are weighed, and what the community has already."""

from django import forms
from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.board import rows_of
from rapport.insight.methods.assessing.strength import MANY, RECENT
from rapport.insight.models import Asset, AssetKind, EvidenceKind, Need, Segment, Weights
from rapport.insight.views import NeedFilters, count_in_words
from rapport.lib.exports import file_response
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing

_PER_PAGE = 20
_MOST_IN_FILE = 2000


class BoardFilters(NeedFilters):
    segment = forms.ModelChoiceField(
        Segment.objects.all(), label=gettext_lazy("and touches"), empty_label=gettext_lazy("anybody")
    )

    def narrow_segment(self, rows: QuerySet[Need], value: Segment) -> QuerySet[Need]:
        return rows.filter(touches__segment=value)


COLUMNS = [
    Column("level", gettext_lazy("Priority"), sort="level", number=True),
    Column("at", gettext_lazy("Since"), sort="at"),
]


@anyone
def board(request: HttpRequest) -> HttpResponseBase:
    rows = Need.objects.public().with_level().order_by(F("level").desc(nulls_last=True), "-at", "-pk")
    rows = rows.select_related("branch", "loop__closing").prefetch_related("loop__steps")
    listing = Listing(
        request,
        rows,
        columns=COLUMNS,
        filters=BoardFilters,
        search=["sentence"],
        per_page=_PER_PAGE,
        name="needs-board",
    )
    if listing.wants_file:
        return _file(request, listing)
    page = {
        "listing": listing,
        "rows": rows_of(listing.rows, public=True),
        "assets": Asset.objects.public().order_by("-at")[:6],
        "weights": Weights.objects.at(),
    }
    return render(request, "insight/board.html", page)


def _file(request: HttpRequest, listing: Listing[Need]) -> HttpResponseBase:
    head = [_("Need"), _("Kind"), _("Branch"), _("Priority"), _("How many said it"), _("Strength of the evidence")]
    rows = (
        [str(row.need), row.need.get_kind_display(), str(row.need.branch or ""), row.scored.level,
         count_in_words(row.known.voices), str(row.strength.grade)]
        for row in rows_of(listing.narrowed[:_MOST_IN_FILE], public=True)
    )  # fmt: skip
    return file_response(request.GET["export"], "needs-board", head, rows)


@anyone
def weighing(request: HttpRequest) -> HttpResponse:
    """How we weigh: the weights with their days, and the rule by which evidence is called strong."""
    rows = list(Weights.objects.all())
    page = {
        "now": Weights.objects.at(),
        "rows": rows,
        "many": MANY,
        "years": RECENT // 365,
        "kinds": EvidenceKind,
        "threshold": settings.HOUSE.threshold,
    }
    return render(request, "insight/how_we_weigh.html", page)


class AssetFilters(Sentence):
    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("everything")), *AssetKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("near"), empty_label=gettext_lazy("any branch")
    )


ASSET_COLUMNS = [
    Column("words", gettext_lazy("What there is"), link="get_absolute_url"),
    Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
    Column("where", gettext_lazy("Where")),
]


@anyone
def assets(request: HttpRequest) -> HttpResponseBase:
    rows = Asset.objects.public().select_related("branch")
    listing = Listing(
        request,
        rows,
        columns=ASSET_COLUMNS,
        filters=AssetFilters,
        search=["words", "about"],
        order="kind",
        name="assets",
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "insight/assets.html", {"listing": listing})


@anyone
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Asset.objects.public().select_related("branch", "assessment"), pk=pk)
    return render(request, "insight/asset.html", {"asset": found, "needs": found.needs.public()})
