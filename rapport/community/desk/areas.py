"""Whose each census area is: a table of areas, branches and shares, typed or brought as a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.community.desk.files import TableField
from rapport.community.desk.reach import MAY, may_change_all
from rapport.community.methods import estimate_of
from rapport.community.models import AreaFigure, AreaShare, CensusArea
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.listing import Column, Listing

_WHOLE = {"*", "all", "library"}


class ShareForm(forms.Form):
    area = forms.ModelChoiceField(CensusArea.objects.all(), label=gettext_lazy("Census area"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=gettext_lazy("Branch"),
        required=False,
        empty_label=gettext_lazy("the whole library"),
    )
    share = forms.FloatField(
        label=gettext_lazy("Share of its people, in %"),
        min_value=0.01,
        max_value=100,
        initial=100,
        help_text=gettext_lazy("100 where the branch serves all of it; less where two branches share it"),
    )

    def __init__(self, *args: Any, branches: set[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if branches is not None:
            field = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True  # type: ignore[attr-defined]


class SharesFileForm(forms.Form):
    file = TableField(
        label=gettext_lazy("File with areas and branches"),
        help_text=gettext_lazy(
            "CSV or XLSX with three columns: area (code or name), branch (short name, or * for the whole library), and "
            "share (0.4, or 40 %; 1 where it is empty)"
        ),
    )


COLUMNS = [
    Column("area", gettext_lazy("Census area"), "area.name", sort="area__name"),
    Column("code", gettext_lazy("Code"), "area.code", only_in_files=True),
    Column("branch", gettext_lazy("Branch"), lambda one: one.branch or _("the whole library"), sort="branch__slug"),
    Column("slug", gettext_lazy("Short name"), lambda one: one.branch.slug if one.branch else "*", only_in_files=True),
    Column("share", gettext_lazy("Share in %"), lambda one: round(100 * one.share, 2), sort="share", number=True),
    Column("removal", "", template="community/desk/share_removal.html"),
]


@staff_may("community.see")
def areas(request: PersonRequest) -> HttpResponseBase:
    return _shown(request)


def _shown(request: PersonRequest, **more: Any) -> HttpResponseBase:
    rows = AreaShare.objects.select_related("area", "branch")
    search = ["area__name", "area__code"]
    listing = Listing(request, rows, columns=COLUMNS, search=search, order="area__name", name="areas")
    if listing.wants_file:
        return listing.file()
    page = {
        "listing": listing,
        "loose": CensusArea.objects.without_branch()[:100],
        "any_area": CensusArea.objects.exists(),
        "may_change": request.user.has_perm(MAY),
        "may_change_all": may_change_all(request.user),
        "form": ShareForm(branches=request.user.branches_where(MAY)),
        "file_form": SharesFileForm(),
        **more,
    }
    wrong = any(isinstance(form, forms.Form) and form.errors for form in more.values())
    return render(request, "community/desk/areas.html", page, status=422 if wrong else 200)


@require_POST
@staff_may(MAY)
def shares(request: PersonRequest) -> HttpResponseBase:
    form = ShareForm(request.POST, branches=request.user.branches_where(MAY))
    if not form.is_valid():
        return _shown(request, form=form)
    told = form.cleaned_data
    told["area"].give(told["branch"], told["share"] / 100, by=request.user)
    AreaFigure.objects.sum_up()
    messages.success(request, _("Saved, and the figures of the branches are summed up anew."))
    return redirect("community:areas")


@require_POST
@staff_may(MAY)
def file(request: PersonRequest) -> HttpResponseBase:
    form = SharesFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, file_form=form)
    grid = form.cleaned_data["file"].grid
    taken, refused = _bring_in(grid, by=request.user)
    if taken:
        AreaFigure.objects.sum_up()
    said = ngettext("%(n)s share is new or different.", "%(n)s shares are new or different.", taken) % {"n": taken}
    messages.success(request, said)
    return _shown(request, refused=refused) if refused else redirect("community:areas")


def _bring_in(grid: list[list[str]], *, by: Person) -> tuple[int, list[tuple[int, str]]]:
    """Each row by itself: those that can be read are taken, the others are told with their reason."""
    allowed = by.branches_where(MAY)
    branches = {key.casefold(): one for one in Branch.objects.all() for key in (one.slug, *one.name.values())}
    known = {key: area for area in CensusArea.objects.all() for key in (area.name, area.code)}
    fresh = {
        row[0].strip(): row[0].strip() for row in grid[1:] if row and row[0].strip() and row[0].strip() not in known
    }
    taken, refused = 0, []
    for number, row in enumerate(grid[1:], 2):
        code, name, share = ([cell.strip() for cell in row] + ["", "", ""])[:3]
        branch = branches.get(name.casefold())
        part = _share(share)
        if not code:
            refused.append((number, _("There is no area in the first column.")))
        elif branch is None and name.casefold() not in _WHOLE:
            refused.append((number, _("There is no branch called “%(name)s”.") % {"name": name}))
        elif allowed is not None and (branch is None or branch.pk not in allowed):
            refused.append((number, _("Your role does not reach this branch.")))
        elif part is None:
            refused.append((number, _("“%(share)s” is no share between 0 and 1.") % {"share": share}))
        else:
            area = known.get(code) or CensusArea.objects.note({code: fresh[code]}, by=by)[code]
            taken += area.give(branch, part, by=by)
    return taken, refused


def _share(text: str) -> float | None:
    if not text:
        return 1.0
    number = estimate_of(text.rstrip("% ").replace(",", ".")).value
    if number is None:
        return None
    share = number / 100 if text.endswith("%") else number
    return share if 0 < share <= 1 else None


@require_POST
@staff_may(MAY)
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    reach = request.user.branches_where(MAY)
    mine = AreaShare.objects.all() if reach is None else AreaShare.objects.filter(branch__in=reach)
    get_object_or_404(mine, pk=pk).delete()
    AreaFigure.objects.sum_up()
    messages.success(request, _("Taken out, and the figures of the branches are summed up anew."))
    return redirect("community:areas")
