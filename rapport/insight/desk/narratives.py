"""Writing the narrative of a year: the house gathers facts, a person writes, and then everyone can read it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.insight.comparing import beside_last_year
from rapport.insight.gathering import facts_of, state_of
from rapport.insight.models import AlreadyPublished, Finding, Narrative, Need, Section, Statement, Theme
from rapport.insight.narrative_views import chapters_of
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.forms import WordsFormField
from rapport.ui.listing import Column, Listing

SEE, CHANGE = "insight.see", "insight.change"


class YearForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2100)
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=gettext_lazy("Where"),
        required=False,
        empty_label=gettext_lazy("the library as a whole"),
    )

    def __init__(self, *args: Any, branches: set[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if branches is not None:
            field: Any = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun yet."))
        return year


class PartForm(forms.Form):
    words = WordsFormField(label=gettext_lazy("In our words"), long=True, required=False)


class StatementForm(forms.Form):
    """A fact by hand: one of these, in the section where it belongs."""

    section = forms.ChoiceField(label=gettext_lazy("Where it belongs"), choices=Section.choices)
    need = forms.ModelChoiceField(Need.objects.public(), label=gettext_lazy("A need"), required=False, empty_label="–")
    theme = forms.ModelChoiceField(
        Theme.objects.current(), label=gettext_lazy("or a theme"), required=False, empty_label="–"
    )
    finding = forms.ModelChoiceField(
        Finding.objects.exclude(assessment__publication=None),
        label=gettext_lazy("or a finding"),
        required=False,
        empty_label="–",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if sum(bool(told.get(name)) for name in ("need", "theme", "finding")) != 1:
            raise forms.ValidationError(_("Choose one need, one theme or one finding: every fact rests on one thing."))
        return told

    def statement(self, narrative: Narrative) -> Statement:
        told = self.cleaned_data
        thing = told["need"] or told["theme"] or told["finding"]
        words = getattr(thing, "label", None) or thing.sentence
        state = state_of(thing, narrative.days[1]) if told["need"] else ""
        return Statement(
            section=told["section"], thing=thing._meta.label_lower, thing_key=thing.pk, words=words, state=state
        )


class PublicationForm(forms.Form):
    summary = WordsFormField(
        label=gettext_lazy("The year in short"),
        max_length=1500,
        long=True,
        help_text=gettext_lazy("Everyone who spoke of a need in it reads these words"),
    )


def _page(narrative: Narrative) -> str:
    return reverse("insight:desk-narrative", args=[narrative.pk])


def _published_on(narrative: Narrative) -> object:
    return timezone.localdate(narrative.publication.at) if narrative.is_published else ""


COLUMNS = [
    Column("title", gettext_lazy("Year"), link=_page),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("by", gettext_lazy("Begun by"), "by.name"),
    Column("published", gettext_lazy("Published"), _published_on),
]


@staff_may(SEE)
def narratives(request: PersonRequest) -> HttpResponseBase:
    """GET lists them, POST begins one and gathers its facts."""
    form = None
    if request.user.has_perm(CHANGE):
        sent = request.POST if request.method == "POST" else None
        initial = {"year": timezone.localdate().year}
        form = YearForm(sent, initial=initial, branches=request.user.branches_where(CHANGE))
    if form is not None and form.is_valid():
        begun = _begun(form, request)
        if begun is not None:
            messages.success(request, _("The facts of the year stand below. Now write what they mean."))
            return redirect(_page(begun))
    rows = Narrative.objects.select_related("branch", "by", "publication")
    listing = Listing(request, rows, columns=COLUMNS, search=["title"], name="narratives")
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "form": form}
    return render(request, "insight/desk/narratives/narratives.html", page, status=422 if form and form.errors else 200)


def _begun(form: YearForm, request: PersonRequest) -> Narrative | None:
    try:
        with transaction.atomic():
            begun = Narrative.objects.begin(by=request.user, **form.cleaned_data)
    except IntegrityError:
        form.add_error("year", _("There is a narrative of this year and place already."))
        return None
    begun.gather(facts_of(begun))
    return begun


def _rows() -> QuerySet[Narrative]:
    return Narrative.objects.select_related("branch", "by", "publication__by", "loop__closing")


def _mine(request: PersonRequest, pk: int) -> Narrative:
    found = get_object_or_404(_rows(), pk=pk)
    if not request.user.has_perm(CHANGE, found):
        raise Http404
    return found


@staff_may(SEE)
def narrative(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(_rows(), pk=pk))


def _shown(request: PersonRequest, found: Narrative, section: str = "", **more: Any) -> HttpResponse:
    may_change = request.user.has_perm(CHANGE, found) and not found.is_published
    chapters = chapters_of(found, "desk", with_left_out=may_change)
    wrong = more.pop("part_form", None)
    page = {
        "narrative": found,
        "chapters": [(one, _part_form(one, wrong if one.section == section else None)) for one in chapters],
        "beside": beside_last_year(found, threshold=settings.HOUSE.threshold),
        "may_change": may_change,
        "statement_form": StatementForm(),
        "publication_form": PublicationForm(),
        **more,
    }
    is_wrong = wrong is not None or bool(more)
    return render(request, "insight/desk/narratives/narrative.html", page, status=422 if is_wrong else 200)


def _part_form(chapter: Any, wrong: PartForm | None) -> PartForm:
    return wrong or PartForm(initial={"words": chapter.words}, prefix=str(chapter.section))


def _while_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Published, it stays as it was read."""

    @wraps(view)
    def held(request: PersonRequest, pk: int, **args: Any) -> HttpResponse:
        found = _mine(request, pk)
        try:
            return view(request, found, **args)
        except AlreadyPublished:
            messages.error(request, _("It is published, and stays as it was read."))
            return redirect(_page(found))

    return held


@require_POST
@staff_may(CHANGE)
@_while_open
def facts(request: PersonRequest, found: Narrative) -> HttpResponse:
    n = found.gather(facts_of(found))
    said = ngettext("%(n)s fact is new.", "%(n)s facts are new.", n) if n else _("Nothing is new.")
    messages.success(request, said % {"n": n} if n else said)
    return redirect(_page(found))


@require_POST
@staff_may(CHANGE)
@_while_open
def part(request: PersonRequest, found: Narrative, section: str) -> HttpResponse:
    if section not in Section.values:
        raise Http404
    form = PartForm(request.POST, prefix=section)
    if not form.is_valid():
        return _shown(request, found, section, part_form=form)
    found.write(section, form.cleaned_data["words"])
    messages.success(request, _("Saved."))
    return redirect(f"{_page(found)}#section-{section}")


@require_POST
@staff_may(CHANGE)
@_while_open
def statements(request: PersonRequest, found: Narrative) -> HttpResponse:
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, statement_form=form)
    one = form.statement(found)
    if not found.gather([one]):
        there = found.statements.get(section=one.section, thing=one.thing, thing_key=one.thing_key)
        found.leave_out(there, is_out=False)
    return redirect(f"{_page(found)}#section-{one.section}")


@require_POST
@staff_may(CHANGE)
@_while_open
def removal(request: PersonRequest, found: Narrative, row: int) -> HttpResponse:
    return _left_out(found, row, is_out=True)


@require_POST
@staff_may(CHANGE)
@_while_open
def taking_back(request: PersonRequest, found: Narrative, row: int) -> HttpResponse:
    return _left_out(found, row, is_out=False)


def _left_out(found: Narrative, row: int, *, is_out: bool) -> HttpResponse:
    one = get_object_or_404(found.statements, pk=row)
    found.leave_out(one, is_out=is_out)
    return redirect(f"{_page(found)}#section-{one.section}")


@require_POST
@staff_may(CHANGE)
@_while_open
def publication(request: PersonRequest, found: Narrative) -> HttpResponse:
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, publication_form=form)
    if not found.parts.exclude(words={}).exists():
        form.add_error(None, _("Facts alone are no narrative. Write at least one section first."))
        return _shown(request, found, publication_form=form)
    found.publish(form.cleaned_data["summary"], by=request.user)
    messages.success(request, _("Everyone can read it now, and those who spoke are being told."))
    return redirect(_page(found))
