"""The needs board at the desk: as a table, in columns, on paper, as a file; one need on one page; how we weigh."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.board import BoardRow, by_state, rows_of
from rapport.insight.desk.board_forms import WeightsForm
from rapport.insight.desk.needs import NeedFilters
from rapport.insight.models import Asset, EvidenceKind, Need, Segment, Weights
from rapport.insight.models.weights import SCORES
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import EXPORT_TO, Column, Listing
from rapport.ui.parts import Tab

_PER_PAGE = 25
_IN_COLUMNS = 100
_ON_PAPER = 60


class BoardFilters(NeedFilters):
    segment = forms.ModelChoiceField(
        Segment.objects.all(), label=gettext_lazy("that touch"), empty_label=gettext_lazy("anybody")
    )

    def narrow_segment(self, rows: QuerySet[Need], value: Segment) -> QuerySet[Need]:
        return rows.filter(touches__segment=value)


COLUMNS = [
    Column("sentence", gettext_lazy("Need")),
    Column("level", gettext_lazy("Priority"), sort="level", number=True),
    Column("at", gettext_lazy("Since"), sort="at"),
]


def listing_of(request: PersonRequest, rows: QuerySet[Need], *, per_page: int = _PER_PAGE) -> Listing[Need]:
    """Those that matter most first; what nobody has weighed stands last."""
    found = rows.with_level().order_by(F("level").desc(nulls_last=True), "-at", "-pk")  # type: ignore[attr-defined]
    found = found.select_related("owner", "branch", "loop__closing").prefetch_related("loop__steps")
    return Listing(
        request,
        found,
        columns=COLUMNS,
        filters=BoardFilters,
        search=["sentence"],
        per_page=per_page,
        name="needs-board",
    )


@staff_may("insight.see")
def board(request: PersonRequest) -> HttpResponseBase:
    in_columns = request.GET.get("view") == "columns"
    listing = listing_of(request, Need.objects.all(), per_page=_IN_COLUMNS if in_columns else _PER_PAGE)
    if listing.wants_file:
        rows = rows_of(listing.narrowed[:EXPORT_TO])
        return file_response(request.GET["export"], "needs-board", heads(), map(in_file, rows))
    rows = rows_of(listing.rows)
    page = {
        "listing": listing,
        "rows": rows,
        "states": by_state(rows) if in_columns else [],
        "in_columns": in_columns,
        "tabs": _tabs(listing, in_columns=in_columns),
        "assets": Asset.objects.order_by("-at")[:8],
        "asset_count": Asset.objects.count(),
        "weights": Weights.objects.at(),
        "may_weigh": request.user.has_perm("insight.weigh"),
        "may_change": request.user.has_perm("insight.change"),
    }
    return render(request, "insight/desk/board/board.html", page)


def _tabs(listing: Listing[Need], *, in_columns: bool) -> list[Tab]:
    return [
        Tab(_("As a table"), listing.address(view=""), not in_columns, None),
        Tab(_("By where they stand"), listing.address(view="columns"), in_columns, None),
    ]


def heads() -> list[str]:
    names = [str(Weights._meta.get_field(name).verbose_name).capitalize() for name in SCORES]  # type: ignore[union-attr]
    kinds = [kind.short.capitalize() for kind in EvidenceKind]
    return [
        _("Need"), _("Kind"), _("Branch"), _("Owner"), _("Since"), _("Priority"), _("Lowest"), _("Highest"),
        _("Scored by"), *names, _("Voices"), *kinds, _("Strength of the evidence"), _("Groups"), _("Assets"),
        _("What answers it"), _("Promised"), _("Gap"), _("Dissent"),
    ]  # fmt: skip


def in_file(row: BoardRow) -> Iterable[object]:
    need, scored = row.need, row.scored
    apart = [scored.lowest, scored.highest] if scored.rows else [None, None]
    answers = [answer.title for _label, rows in row.beside.answers for answer in rows]
    return [
        str(need), need.get_kind_display(), str(need.branch or ""), str(need.owner or ""), timezone.localdate(need.at),
        scored.level, *apart, _joined(one.by for one in scored.rows), *(getattr(scored, name) for name in SCORES),
        row.known.voices, *(n for _kind, n in row.known.kinds), str(row.strength.grade), _joined(row.segments),
        _joined(row.assets), _joined(answers), _joined(one.title for one in row.beside.promises),
        _joined(f"{one.service.words}: {localize(round(one.service.gap.gap.estimate, 2))}" for one in row.ratings),
        _joined(f"{one.who}: {one.why}" for one in row.dissents),
    ]  # fmt: skip


def _joined(things: Iterable[Any]) -> str:
    return "; ".join(str(thing or "–") for thing in things)


@staff_may("insight.see")
def board_sheet(request: PersonRequest) -> HttpResponse:
    """The board on paper, for trustees, with the filters that were chosen."""
    listing = listing_of(request, Need.objects.all(), per_page=_ON_PAPER)
    page = {
        "rows": rows_of(listing.rows),
        "listing": listing,
        "assets": Asset.objects.all()[:12],
        "weights": Weights.objects.at(),
        "today": timezone.localdate(),
    }
    return render(request, "insight/desk/board/board_sheet.html", page)


@staff_may("insight.see")
def need_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """One need, one page."""
    need = get_object_or_404(Need.objects.select_related("owner", "branch", "loop__closing"), pk=pk)
    row = rows_of([need])[0]
    page = {"need": need, "row": row, "weights": Weights.objects.at(), "today": timezone.localdate()}
    page["voices"] = need.voices().public().order_by("-spoken_at")[:2]
    return render(request, "insight/desk/board/need_sheet.html", page)


@staff_may("insight.see")
def weights(request: PersonRequest) -> HttpResponse:
    """How we weigh; a manager changes it by a new row, and earlier priorities keep the weights of their day."""
    may_weigh = request.user.has_perm("insight.weigh")
    now = Weights.objects.at()
    form = WeightsForm(request.POST if request.method == "POST" and may_weigh else None, initial=now.table)
    if form.is_valid():
        form.instance.by = request.user
        form.save()
        messages.success(request, _("Saved. Earlier scores keep the weights of their day."))
        return redirect(reverse("insight:desk-weights"))
    page = {"form": form, "now": now, "rows": Weights.objects.select_related("by"), "may_weigh": may_weigh}
    return render(request, "insight/desk/board/weights.html", page, status=422 if form.errors else 200)
