"""Segments: groups that the library wants to hear, and where they can be met."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.community.models import Band, Figure
from rapport.community.portrait import parts_of, prompts_of
from rapport.insight.models import Segment, SegmentKind, WhereaboutsKind
from rapport.insight.models.segment import NEW_HERE
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.forms import WordsFormField

_KIND_OF = {"language": SegmentKind.LANGUAGE, "disability": SegmentKind.ACCESS, "vehicle": SegmentKind.ACCESS,
            "broadband": SegmentKind.ACCESS, NEW_HERE: SegmentKind.NEW}  # fmt: skip


class SegmentForm(forms.Form):
    whom = forms.ChoiceField(label=gettext_lazy("Whom you want to hear"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        bands = (
            Band.objects.select_related("dimension")
            .exclude(pk__in=_taken("band"))
            .order_by("dimension__order", "order")
        )
        groups: dict[str, list[tuple[str, str]]] = {}
        for band in bands:
            groups.setdefault(str(band.dimension), []).append((f"band-{band.pk}", str(band)))
        places = [(f"branch-{one.pk}", str(one)) for one in Branch.objects.exclude(pk__in=_taken("branch"))]
        choices: list[Any] = [("new", _("New here, a year at most"))] if not _has_new() else []
        choices += groups.items()
        self.fields["whom"].choices = [*choices, *([(_("A place"), places)] if places else [])]  # type: ignore[attr-defined]

    def save(self, *, by: Any) -> Segment:
        kind, _dash, key = self.cleaned_data["whom"].partition("-")
        if kind == "new":
            return Segment.objects.new_here(by=by)
        if kind == "branch":
            branch = Branch.objects.get(pk=key)
            return Segment.objects.create(name=branch.name, kind=SegmentKind.PLACE, branch=branch, by=by)
        band = Band.objects.select_related("dimension").get(pk=key)
        of_kind = _KIND_OF.get(band.dimension.slug, SegmentKind.BAND)
        return Segment.objects.create(name=band.name, kind=of_kind, band=band, by=by)


def _taken(field: str) -> Any:
    return Segment.objects.exclude(**{field: None}).values(field)


def _has_new() -> bool:
    return Segment.objects.filter(kind=SegmentKind.NEW).exists()


class NameForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What you call them"), max_length=120)


class WhereaboutsForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("How they are met"), choices=WhereaboutsKind.choices)
    where = WordsFormField(
        label=gettext_lazy("Where"),
        max_length=300,
        help_text=gettext_lazy("“The mosque on Mill Street, after Friday prayers; ask for the women's group”"),
    )


@staff_may("insight.see")
def segments(request: PersonRequest) -> HttpResponse:
    may_change = request.user.has_perm("insight.change")
    if request.method == "POST" and not may_change:
        raise Http404
    form = SegmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(by=request.user)
        messages.success(request, _("It is there. Now say where they can be met."))
        return redirect(made)
    page = {
        "form": form,
        "segments": Segment.objects.select_related("band__dimension", "branch").prefetch_related("whereabouts"),
        "prompts": list(prompts_of(parts_of(None))),
        "may_change": may_change,
    }
    return render(request, "insight/desk/reaching/segments.html", page, status=422 if form.errors else 200)


def _shown(request: PersonRequest, one: Segment, **forms: Any) -> HttpResponse:
    page = {
        "segment": one,
        "figures": Figure.objects.filter(band=one.band).order_by("branch", "-of_day").select_related("branch")[:12]
        if one.band
        else (),
        "whereabouts": one.whereabouts.select_related("by"),
        "name_form": NameForm(initial={"name": one.name}),
        "whereabouts_form": WhereaboutsForm(prefix="where"),
        "may_change": request.user.has_perm("insight.change"),
        **forms,
    }
    return render(request, "insight/desk/reaching/segment.html", page, status=422 if forms else 200)


@staff_may("insight.see")
def segment(request: PersonRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Segment.objects.select_related("band__dimension", "branch"), pk=pk)
    if request.method == "POST":
        return _named(request, one)
    return _shown(request, one)


def _named(request: PersonRequest, one: Segment) -> HttpResponse:
    if not request.user.has_perm("insight.change"):
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        return _shown(request, one, name_form=form)
    one.rename(form.cleaned_data["name"])
    messages.success(request, _("Saved."))
    return redirect(one)


@require_POST
@staff_may("insight.change")
def whereabouts(request: PersonRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Segment, pk=pk)
    form = WhereaboutsForm(request.POST, prefix="where")
    if not form.is_valid():
        return _shown(request, one, whereabouts_form=form)
    one.meet(form.cleaned_data["where"], kind=form.cleaned_data["kind"], by=request.user)
    messages.success(request, _("Noted."))
    return redirect(one)


@require_POST
@staff_may("insight.change")
def whereabouts_removal(request: PersonRequest, pk: int, where: int) -> HttpResponse:
    one = get_object_or_404(Segment, pk=pk)
    get_object_or_404(one.whereabouts, pk=where).delete()
    messages.success(request, _("Taken out."))
    return redirect(one)


@require_POST
@staff_may("insight.change")
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(Segment, pk=pk).delete()
    messages.success(request, _("Taken out. What people said of themselves stays as it is."))
    return redirect("insight:desk-segments")
