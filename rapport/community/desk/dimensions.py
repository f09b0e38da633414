"""The library's own dimensions and bands beside the standard ones."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.community.desk.reach import MAY, may_change_all, reaching_all
from rapport.community.models import Band, Dimension
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import WordsFormField

_RESERVED = {"standard"}


class DimensionForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What it is called"), max_length=120)
    counts_households = forms.BooleanField(label=gettext_lazy("It counts households, not people"), required=False)


class BandForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What the band is called"), max_length=120)


@staff_may("community.see")
def dimensions(request: PersonRequest) -> HttpResponse:
    if request.method == "POST" and not may_change_all(request.user):
        raise PermissionDenied
    form = DimensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last = Dimension.objects.aggregate(last=Max("order"))["last"] or 0
        slug = _free(form.cleaned_data["name"], set(Dimension.objects.values_list("slug", flat=True)) | _RESERVED)
        made = Dimension.objects.create(slug=slug, order=last + 1, **form.cleaned_data)
        messages.success(request, _("It is there. Now say which bands it has."))
        return redirect("community:dimension", made.slug)
    page = {
        "form": form,
        "dimensions": Dimension.objects.prefetch_related("bands"),
        "may_change": may_change_all(request.user),
    }
    return render(request, "community/desk/dimensions.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may(MAY)
@reaching_all
def standard(request: PersonRequest) -> HttpResponse:
    Dimension.objects.ship()
    messages.success(request, _("The standard dimensions are there. Rename or add bands as your community has them."))
    return redirect("community:dimensions")


@staff_may(MAY)
@reaching_all
def dimension(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Dimension, slug=slug)
    initial = {"name": found.name, "counts_households": found.counts_households}
    form = DimensionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        Dimension.objects.filter(pk=found.pk).update(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("community:dimension", slug)
    return _shown(request, found, form=form)


@require_POST
@staff_may(MAY)
@reaching_all
def bands(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Dimension, slug=slug)
    form = BandForm(request.POST, prefix="band")
    if not form.is_valid():
        return _shown(request, found, band_form=form)
    last = found.bands.aggregate(last=Max("order"))["last"] or 0
    name = form.cleaned_data["name"]
    taken = set(found.bands.values_list("slug", flat=True))
    found.bands.create(slug=_free(name, taken), name=name, order=last + 1)
    messages.success(request, _("The band is there."))
    return redirect("community:dimension", slug)


@require_POST
@staff_may(MAY)
@reaching_all
def band(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Call a band something else; what was counted under it stays."""
    found = get_object_or_404(Band, pk=pk, dimension__slug=slug)
    form = BandForm(request.POST, prefix=f"band-{pk}")
    if not form.is_valid():
        return _shown(request, found.dimension, renaming=form, renamed=found.pk)
    Band.objects.filter(pk=pk).update(name=form.cleaned_data["name"])
    messages.success(request, _("Saved."))
    return redirect("community:dimension", slug)


def _shown(request: PersonRequest, found: Dimension, **more: Any) -> HttpResponse:
    renaming, renamed = more.pop("renaming", None), more.pop("renamed", 0)
    rows = [
        (one, renaming if one.pk == renamed else BandForm(prefix=f"band-{one.pk}", initial={"name": one.name}))
        for one in found.bands.all()
    ]
    page = {
        "dimension": found,
        "form": DimensionForm(initial={"name": found.name, "counts_households": found.counts_households}),
        "band_form": BandForm(prefix="band"),
        "rows": rows,
        **more,
    }
    wrong = renaming is not None or any(form.errors for form in more.values())
    return render(request, "community/desk/dimension.html", page, status=422 if wrong else 200)


def _free(name: dict[str, str], taken: set[str]) -> str:
    """A short name for the address that nothing else has."""
    wanted = slugify(next(iter(name.values()), ""))[:40] or "own"
    numbered = (f"{wanted}-{number}" for number in range(2, 1000))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
