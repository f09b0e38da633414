"""What an assessment is made of, row by row: sources, notes, assets, findings, priorities, the team."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.desk import assessment_forms as forms
from rapport.insight.desk.assessments import CHANGE, SEE, found, frame, page_of, while_open
from rapport.insight.models import Assessment, FieldNote, Need, NoConsent, Weights
from rapport.listening.methods.masking import find, hidden
from rapport.people.guards import PersonRequest, staff_may

Words = str | Promise


@dataclass(frozen=True)
class RowKind:
    """One kind of row: its form, and what the page says of it."""

    form: type[forms.RowForm]
    title: Words
    act: Words
    nothing: Words
    first: Words
    icon: str
    related: tuple[str, ...] = ()

    def rows(self, assessment: Assessment, name: str) -> QuerySet[Any]:
        every: Any = assessment.notes() if name == "notes" else getattr(assessment, name)
        found: QuerySet[Any] = every.select_related("by", *self.related)
        return found


KINDS: dict[str, RowKind] = {
    "sources": RowKind(
        forms.SourceForm, gettext_lazy("Sources"), gettext_lazy("Add a source"),
        gettext_lazy("There are no sources yet"),
        gettext_lazy(
            "Use three kinds at least, and not only those that count: talk with people whom others trust, and walk "
            "through the streets."
        ),
        "ear", ("survey",),
    ),
    "notes": RowKind(
        forms.NoteForm, gettext_lazy("Notes"), gettext_lazy("Write a note"), gettext_lazy("There are no notes yet"),
        gettext_lazy("Write down what was said in interviews and seen on walks, the same day and without names."),
        "notebook-pen", ("source", "voice"),
    ),
    "assets": RowKind(
        forms.AssetForm, gettext_lazy("Assets"), gettext_lazy("Add an asset"),
        gettext_lazy("No assets have been noted yet"),
        gettext_lazy(
            "Begin with gifts, not with needs: people, groups, institutions, places, what is shared, and stories."
        ),
        "gift",
    ),
    "findings": RowKind(
        forms.FindingForm, gettext_lazy("Findings"), gettext_lazy("Write a finding down"),
        gettext_lazy("Nothing has been found yet"),
        gettext_lazy("Say in one sentence what you found, on which sources it rests, and who sees it otherwise."),
        "lightbulb", ("need",),
    ),
    "priorities": RowKind(
        forms.PriorityNeedForm, gettext_lazy("Priorities"), gettext_lazy("Add a need"),
        gettext_lazy("No needs have been chosen yet"),
        gettext_lazy(
            "Choose needs that were written down. They are ordered by the weight that each was given, with the reasons."
        ),
        "scale", ("need",),
    ),
    "members": RowKind(
        forms.MemberForm, gettext_lazy("Team"), gettext_lazy("Add somebody"), gettext_lazy("Nobody yet"),
        gettext_lazy("Invite somebody who lives there too."), "users", ("person",),
    ),
}  # fmt: skip


def _kind(name: str) -> RowKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@staff_may(SEE)
@while_open
def rows(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    shape = _kind(kind)
    assessment = found(request, pk, to_change=request.method == "POST")
    form = shape.form(request.POST or None, assessment=assessment, initial=_initial(assessment, kind))
    if request.method == "POST" and form.is_valid():
        _keep(form, assessment, by=request)
        messages.success(request, _("Noted."))
        return redirect(_url(assessment, kind))
    page = frame(request, assessment, kind) | {
        "kind": kind,
        "shape": shape,
        "rows": _ordered(shape.rows(assessment, kind), kind),
        "form": form,
        "weights": Weights.objects.at().table,
        "first": kind == "notes" and not assessment.sources.exists(),
    }
    return render(request, "insight/desk/assessment_rows.html", page, status=422 if form.errors else 200)


def _initial(assessment: Assessment, kind: str) -> dict[str, Any]:
    return {"source": assessment.sources.first()} if kind == "notes" and assessment.sources.count() == 1 else {}


@transaction.atomic
def _keep(form: forms.RowForm, assessment: Assessment, *, by: PersonRequest) -> None:
    row = form.save(commit=False)
    if hasattr(row, "assessment_id"):
        row.assessment = assessment
    if row.by_id is None:
        row.by = by.user
    row.save()
    form.save_m2m()


def _ordered(rows: QuerySet[Any], kind: str) -> list[Any]:
    """Priorities stand in the order of their weight, those that nobody has weighed last."""
    found = list(rows)
    if kind == "priorities":
        levels = Need.objects.filter(pk__in=[row.need_id for row in found]).levels()
        for row in found:
            row.level = levels.get(row.need_id)
        found.sort(key=lambda row: -(row.level or 0))
    return found


def _url(assessment: Assessment, kind: str) -> str:
    return page_of(assessment) if kind == "members" else reverse("insight:assessment-rows", args=[assessment.pk, kind])


@staff_may(CHANGE)
@while_open
def row(request: PersonRequest, pk: int, kind: str, row: int) -> HttpResponse:
    assessment = found(request, pk, to_change=request.method == "POST")
    shape = _kind(kind)
    one = get_object_or_404(shape.rows(assessment, kind), pk=row)
    form = shape.form(request.POST or None, assessment=assessment, instance=one)
    if request.method == "POST" and form.is_valid():
        _keep(form, assessment, by=request)
        messages.success(request, _("Saved."))
        return redirect(_url(assessment, kind))
    return _row_page(request, assessment, kind, one, form=form)


def _row_page(request: PersonRequest, assessment: Assessment, kind: str, one: Model, **more: Any) -> HttpResponse:
    shape = _kind(kind)
    page = frame(request, assessment, kind) | {
        "kind": kind,
        "shape": shape,
        "row": one,
        "form": shape.form(assessment=assessment, instance=one),
        "quote_form": forms.QuoteForm(initial={"words": _without_names(one)}) if isinstance(one, FieldNote) else None,
        **more,
    }
    wrong = any(form.errors for form in more.values())
    return render(request, "insight/desk/assessment_row.html", page, status=422 if wrong else 200)


def _without_names(note: FieldNote) -> str:
    """A proposal for the quote: what looks personal is hidden, and whoever lets it out may put it back."""
    return hidden(note.words, find(note.words), note.language)


@require_POST
@staff_may(CHANGE)
@while_open
def removal(request: PersonRequest, pk: int, kind: str, row: int) -> HttpResponse:
    assessment = found(request, pk, to_change=True)
    one = get_object_or_404(_kind(kind).rows(assessment, kind), pk=row)
    one.delete()
    messages.success(request, _("Taken out."))
    return redirect(_url(assessment, kind))


@require_POST
@staff_may(CHANGE)
@while_open
def quote(request: PersonRequest, pk: int, row: int) -> HttpResponse:
    """Let a quote out of a note stand among the voices."""
    assessment = found(request, pk, to_change=True)
    note = get_object_or_404(assessment.notes().select_related("by"), pk=row)
    form = forms.QuoteForm(request.POST)
    if not form.is_valid():
        return _row_page(request, assessment, "notes", note, quote_form=form)
    try:
        note.make_voice(form.cleaned_data["words"], by=request.user)
        messages.success(request, _("It stands among the voices now, without a name."))
    except NoConsent:
        messages.error(request, _("Whoever said it has not agreed to be quoted. Ask them, and note it here first."))
    return redirect(reverse("insight:assessment-row", args=[pk, "notes", row]))
