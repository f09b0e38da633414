"""Assets at the desk: what the community has already, each of its own, and those that assessments noted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.desk.board_forms import AssetForm
from rapport.insight.models import Asset, AssetKind
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class AssetFilters(Sentence):
    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("every kind")), *AssetKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("near"), empty_label=gettext_lazy("any branch")
    )
    tied = forms.ChoiceField(
        label=gettext_lazy("that"),
        choices=[
            ("", gettext_lazy("help or could help")),
            ("yes", gettext_lazy("stand beside a need")),
            ("no", gettext_lazy("stand beside no need yet")),
        ],
    )

    def narrow_tied(self, rows: QuerySet[Asset], value: str) -> QuerySet[Asset]:
        return rows.filter(needs=None) if value == "no" else rows.exclude(needs=None).distinct()


COLUMNS = [
    Column("words", gettext_lazy("What there is"), link=lambda asset: reverse("insight:desk-asset", args=[asset.pk])),
    Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
    Column("where", gettext_lazy("Where")),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("needs", gettext_lazy("Needs"), lambda asset: "; ".join(map(str, asset.needs.all()))),
    Column("assessment", gettext_lazy("Noted in"), lambda asset: str(asset.assessment or "")),
    Column("at", gettext_lazy("Since"), lambda asset: timezone.localdate(asset.at), sort="at"),
]


@staff_may("insight.see")
def assets(request: PersonRequest) -> HttpResponseBase:
    """GET lists them, POST adds one."""
    may_change = request.user.has_perm("insight.change")
    form = _form(request) if may_change else None
    if form is not None and form.is_valid():
        form.instance.by = request.user
        form.save()
        messages.success(request, _("It is among the assets now."))
        return redirect(reverse("insight:desk-asset", args=[form.instance.pk]))
    rows = Asset.objects.select_related("branch", "assessment").prefetch_related("needs")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=AssetFilters, search=["words", "about"], order="kind", name="assets"
    )
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "form": form}
    return render(request, "insight/desk/board/assets.html", page, status=422 if form and form.errors else 200)


def _form(request: PersonRequest, asset: Asset | None = None) -> AssetForm:
    branches = request.user.branches_where("insight.change")
    return AssetForm(request.POST if request.method == "POST" else None, instance=asset, branches=branches)


def _reached(request: PersonRequest, pk: int) -> Asset:
    rows: QuerySet[Any] = Asset.objects.select_related("assessment", "branch", "by")
    found: Asset = get_object_or_404(rows, pk=pk)
    return found


def _may_change(request: PersonRequest, asset: Asset) -> bool:
    """What an assessment noted is changed there, and not at all once that is published."""
    return asset.assessment is None and request.user.has_perm("insight.change", asset)


@staff_may("insight.see")
def asset(request: PersonRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    may_change = _may_change(request, found)
    if request.method == "POST" and not may_change:
        raise Http404
    form = _form(request, found) if may_change else None
    if form is not None and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(reverse("insight:desk-asset", args=[pk]))
    page = {"asset": found, "needs": found.needs.all(), "form": form, "may_change": may_change}
    return render(request, "insight/desk/board/asset.html", page, status=422 if form and form.errors else 200)


@require_POST
@staff_may("insight.change")
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    if not _may_change(request, found):
        raise Http404
    found.delete()
    messages.success(request, _("Taken out."))
    return redirect(reverse("insight:desk-assets"))
