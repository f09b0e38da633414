"""The desk's pages for branches: names, hours, closures, spaces."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.places.models.branch import BranchQuerySet
from rapport.practice.forms import BranchForm, ClosureForm, HoursForm, NewBranchForm, SpaceForm
from rapport.ui.listing import Column, Listing

MAY = "practice.change_places"


def _page(branch: Branch) -> str:
    return reverse("practice:place", args=[branch.slug])


COLUMNS = [
    Column("name", gettext_lazy("Name"), str, sort="slug", link=_page),
    Column("address", gettext_lazy("Address")),
    Column("phone", gettext_lazy("Phone")),
    Column("email", gettext_lazy("E-mail"), only_in_files=True),
]


def _mine(request: PersonRequest) -> BranchQuerySet:
    keys = request.user.branches_where(MAY)
    return Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)


def _found(request: PersonRequest, slug: str) -> Branch:
    return get_object_or_404(_mine(request), slug=slug)


@staff_may(MAY)
def places(request: PersonRequest) -> HttpResponseBase:
    listing = Listing(request, _mine(request), columns=COLUMNS, search=["name", "address"], name="branches")
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_add": request.user.has_perm("practice.add_places")}
    return render(request, "practice/places.html", page)


@staff_may("practice.add_places")
def new(request: PersonRequest) -> HttpResponse:
    form = NewBranchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.order = Branch.objects.count() + 1
        branch = form.save()
        messages.success(request, _("The branch is there. Now say when it is open."))
        return redirect(_page(branch))
    return render(request, "practice/place_new.html", {"form": form}, status=422 if form.errors else 200)


@staff_may(MAY)
def place(request: PersonRequest, slug: str) -> HttpResponse:
    branch = _found(request, slug)
    form = BranchForm(request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _saved(request, branch)
    return _shown(request, _found(request, slug), form=form)


def _saved(request: PersonRequest, branch: Branch) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(_page(branch))


def _shown(request: PersonRequest, branch: Branch, **forms: BaseForm) -> HttpResponse:
    page: dict[str, Any] = {
        "branch": branch,
        "form": BranchForm(instance=branch),
        "hours_form": HoursForm(branch=branch),
        "closure_form": ClosureForm(prefix="closure"),
        "space_form": SpaceForm(prefix="space"),
        "closures": branch.closures.filter(last__gte=timezone.localdate()),
        "everywhere": [c for c in branch.closures_everywhere if c.last >= timezone.localdate()],
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "practice/place.html", page, status=422 if wrong else 200)


@staff_may(MAY)
@require_POST
def hours(request: PersonRequest, slug: str) -> HttpResponse:
    branch = _found(request, slug)
    form = HoursForm(request.POST, branch=branch)
    if not form.is_valid():
        return _shown(request, branch, hours_form=form)
    form.save()
    return _saved(request, branch)


@staff_may(MAY)
@require_POST
def closures(request: PersonRequest, slug: str) -> HttpResponse:
    branch = _found(request, slug)
    form = ClosureForm(request.POST, prefix="closure")
    if not form.is_valid():
        return _shown(request, branch, closure_form=form)
    branch.closures.create(**form.cleaned_data)
    return _saved(request, branch)


@staff_may(MAY)
@require_POST
def closure_removal(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    branch = _found(request, slug)
    get_object_or_404(branch.closures, pk=pk).delete()
    return _saved(request, branch)


@staff_may(MAY)
@require_POST
def spaces(request: PersonRequest, slug: str) -> HttpResponse:
    branch = _found(request, slug)
    form = SpaceForm(request.POST, prefix="space")
    if not form.is_valid():
        return _shown(request, branch, space_form=form)
    form.save_in(branch)
    return _saved(request, branch)


@staff_may(MAY)
def space(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    branch = _found(request, slug)
    form = SpaceForm(request.POST or None, instance=get_object_or_404(branch.spaces, pk=pk))
    if request.method == "POST" and form.is_valid():
        form.save_in(branch)
        return _saved(request, branch)
    page = {"branch": branch, "form": form}
    return render(request, "practice/space.html", page, status=422 if form.errors else 200)
