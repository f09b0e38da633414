"""The stack of paper goes in: number by number, twice where it must be, and settled where two read differently."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys.desk.cells import Differing, differing_cells
from rapport.surveys.desk.paper_forms import NumberForm
from rapport.surveys.desk.reach import found
from rapport.surveys.methods import Checked, Fault, answered, answered_anyway, key_of
from rapport.surveys.models import AlreadyEntered, QuotaFull, Sheet, Survey
from rapport.surveys.models.paper import next_number
from rapport.surveys.paper import numbered, paper_pages
from rapport.surveys.tongues import speaking

REMEMBERED = "surveys.paper"


@staff_may("surveys.enter")
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """First the number of the sheet, then what it says."""
    survey = found(request, pk, "surveys.enter")
    form = _number_form(request, survey)
    if not form.is_bound:
        return render(request, "surveys/desk/paper_number.html", _stack(request, survey, form))
    sheet = _sheet(request, survey, form)
    if sheet is None:
        return render(request, "surveys/desk/paper_number.html", _stack(request, survey, form), status=422)
    _remember(request, form)
    if request.method == "POST":
        return _taken(request, survey, sheet)
    return _asked(request, survey, sheet, _Read())


def _number_form(request: PersonRequest, survey: Survey) -> NumberForm:
    given = request.POST if request.method == "POST" else request.GET
    known = request.session.get(REMEMBERED, {})
    initial = {"serial": _next_to_enter(survey), "branch": survey.branch_id, **known}
    return NumberForm(given if "serial" in given else None, survey=survey, person=request.user, initial=initial)


def _remember(request: PersonRequest, form: NumberForm) -> None:
    branch = form.cleaned_data["branch"]
    request.session[REMEMBERED] = {
        "language": form.cleaned_data["language"],
        "branch": branch.pk if branch else None,
    }


def _sheet(request: PersonRequest, survey: Survey, form: NumberForm) -> Sheet | None:
    """The sheet that is to be entered; nothing where the form says why not."""
    if not form.is_valid():
        return None
    if survey.edition is None:
        form.add_error(None, _("Publish the questions first."))
        return None
    printed = survey.prints.holding(form.cleaned_data["serial"])
    language: str = printed.language if printed else form.cleaned_data["language"]
    branch: Branch | None = (printed.branch if printed else None) or form.cleaned_data["branch"]
    sheet = Sheet.of(survey, form.cleaned_data["serial"], language=language, branch=branch)
    if not sheet.may_be_entered_by(request.user):
        form.add_error("serial", _why_not(sheet, request))
        return None
    return sheet


def _why_not(sheet: Sheet, request: PersonRequest) -> str:
    if sheet.settled_on is not None:
        return _("This sheet is entered already, and counted.")
    if sheet.entries.filter(by=request.user).exists():
        return _("You entered this sheet yourself. A colleague enters it a second time.")
    return _("Two people entered this sheet, and read it differently: it waits to be settled.")


def _next_to_enter(survey: Survey) -> int:
    """The first printed number that nobody entered yet; else a new one, for a copy without a number."""
    entered = set(survey.sheets.exclude(entries=None).values_list("serial", flat=True))
    printed = (serial for run in survey.prints.all() for serial in run.serials)
    return next((serial for serial in printed if serial not in entered), next_number(survey))


def _stack(request: PersonRequest, survey: Survey, form: NumberForm) -> dict[str, Any]:
    sheets = survey.sheets.all()
    return {
        "survey": survey,
        "form": form,
        "for_me": list(sheets.for_a_second_pair_of_eyes(request.user)[:30]),
        "to_settle": sheets.to_be_settled().count(),
        **_progress(survey),
    }


def _progress(survey: Survey) -> dict[str, int]:
    printed = sum(run.copies for run in survey.prints.all())
    return {"printed": printed, "entered": survey.sheets.exclude(entries=None).distinct().count()}


@dataclass
class _Read:
    """What was typed from a sheet, and what can be made of it."""

    raw: Mapping[str, list[str]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    checked: Checked = field(default_factory=Checked)
    skipped: dict[str, str] = field(default_factory=dict)  # answered though not asked: "keep", "leave", or not said yet

    @property
    def waits(self) -> bool:
        """Something has to be looked at again before it can be taken."""
        return bool(self.checked.complaints) or "" in self.skipped.values()

    def keys(self, choice: str) -> list[str]:
        return [key for key, chosen in self.skipped.items() if chosen == choice]


def _asked(request: PersonRequest, survey: Survey, sheet: Sheet, read: _Read) -> HttpResponse:
    with speaking(sheet.language):
        pages = paper_pages(sheet.edition.questionnaire, sheet.language, raw=read.raw, checked=read.checked)
    page = {
        "survey": survey,
        "sheet": sheet,
        "is_second": sheet.times_entered == 1,
        "pages": pages,
        "unreadable": read.unreadable,
        "skipped": list(read.skipped),
        "kept": read.keys("keep"),
        "left": read.keys("leave"),
        **_progress(survey),
    }
    return render(request, "surveys/desk/paper_entry.html", page, status=422 if read.waits else 200)


def _taken(request: PersonRequest, survey: Survey, sheet: Sheet) -> HttpResponse:
    read = _read(sheet, request.POST)
    if read.waits:
        return _asked(request, survey, sheet, read)
    known = {question.key for question in sheet.edition.questionnaire.questions()} & read.unreadable
    skipped = {"kept_anyway": read.keys("keep"), "left_out": read.keys("leave")}
    try:
        sheet.enter(read.checked.row, by=request.user, unreadable=known, **skipped)
    except AlreadyEntered:
        messages.warning(request, _("Somebody else entered sheet %(n)s meanwhile.") % {"n": sheet.serial})
    except QuotaFull as full:
        messages.error(request, _full(sheet, full))
    else:
        messages.success(request, _said(sheet))
    return redirect(f"{reverse('surveys:desk-paper-entry', args=[survey.pk])}?{_next(request, survey)}")


def _next(request: PersonRequest, survey: Survey) -> str:
    query = QueryDict(mutable=True)
    query["serial"] = str(_next_to_enter(survey))
    query.update({name: value or "" for name, value in request.session.get(REMEMBERED, {}).items()})
    return query.urlencode()


def _read(sheet: Sheet, data: QueryDict) -> _Read:
    """What the sheet says. Empty is empty: nobody can ask the paper again; and what is unreadable says nothing.

    An answer to a question that should have been skipped is kept or left out as whoever types chooses.
    """
    raw = {name: [text for text in texts if text] for name, texts in data.lists()}
    unreadable = set(data.getlist(":unreadable"))
    legible = {name: texts for name, texts in raw.items() if key_of(name) not in unreadable}
    checked = answered(sheet.edition.questionnaire, legible)
    beside = answered_anyway(sheet.edition.questionnaire, legible, checked.row)
    skipped = {key: data.get(f":skipped:{key}", "") for key in beside}
    for key, one in beside.items():
        if skipped[key] == "keep":
            checked.row |= one.row
            checked.complaints += one.complaints
    checked.complaints = [one for one in checked.complaints if one.fault != Fault.REQUIRED]
    return _Read(raw, unreadable, checked, skipped)


def _full(sheet: Sheet, full: QuotaFull) -> str:
    words = _("As many answers as wanted came from “%(who)s”: sheet %(n)s is not counted.")
    return words % {"who": full.quota, "n": sheet.serial}


def _said(sheet: Sheet) -> str:
    if sheet.settled_on is not None:
        return _("Sheet %(n)s is counted.") % {"n": sheet.serial}
    if sheet.times_entered == 2:
        return _("Sheet %(n)s is entered twice, and not the same: it waits to be settled.") % {"n": sheet.serial}
    return _("Sheet %(n)s is entered. A colleague enters it a second time.") % {"n": sheet.serial}


@staff_may("surveys.enter")
def sheet(request: PersonRequest, pk: int, sheet: int) -> HttpResponse:
    """Where two read differently: cell by cell, which of them is right."""
    survey = found(request, pk, "surveys.enter")
    paper = get_object_or_404(survey.sheets.select_related("edition"), pk=sheet)
    if paper.settled_on is not None or paper.entries.count() < 2:
        page = {"survey": survey, "sheet": paper, "cells": [], **_beside(paper)}
        return render(request, "surveys/desk/paper_sheet.html", page)
    cells = differing_cells(paper)
    if request.method != "POST":
        return render(request, "surveys/desk/paper_sheet.html", {"survey": survey, "sheet": paper, "cells": cells})
    return _settled(request, survey, paper, cells)


def _beside(sheet: Sheet) -> dict[str, str]:
    """The questions that should have been skipped, by their numbers: those whose answers were kept, and left out."""
    lists = {"kept": sheet.kept_anyway, "left": sheet.left_out}
    return {name: ", ".join(numbered(sheet.edition.questionnaire, keys)) for name, keys in lists.items()}


def _settled(request: PersonRequest, survey: Survey, sheet: Sheet, cells: list[Differing]) -> HttpResponse:
    for cell in cells:
        cell.chosen = request.POST.get(f"cell:{cell.column}", "")
    if any(cell.chosen not in {"0", "1", "2"} for cell in cells):
        page = {"survey": survey, "sheet": sheet, "cells": cells, "lacking": True}
        return render(request, "surveys/desk/paper_sheet.html", page, status=422)
    try:
        sheet.settle({cell.column: int(cell.chosen) for cell in cells}, by=request.user)
    except QuotaFull as full:
        messages.error(request, _full(sheet, full))
    else:
        sheet.refresh_from_db()
        messages.success(request, _("Sheet %(n)s is settled and counted.") % {"n": sheet.serial})
        if sheet.left_out:
            words = _("Left out, because they should have been skipped: the answers to %(questions)s.")
            messages.info(
                request, words % {"questions": ", ".join(numbered(sheet.edition.questionnaire, sheet.left_out))}
            )
    waiting = survey.sheets.to_be_settled().first()
    if waiting is not None:
        return redirect("surveys:desk-paper-sheet", survey.pk, waiting.pk)
    return redirect("surveys:desk-paper", survey.pk)


@require_POST
@staff_may("surveys.enter")
def entries_removal(request: PersonRequest, pk: int, sheet: int) -> HttpResponse:
    survey = found(request, pk, "surveys.enter")
    paper = get_object_or_404(survey.sheets, pk=sheet)
    paper.begin_anew()
    messages.success(request, _("Both entries of sheet %(n)s are emptied. Enter it again.") % {"n": paper.serial})
    return redirect("surveys:desk-paper", survey.pk)
