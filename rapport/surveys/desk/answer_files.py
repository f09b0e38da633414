"""Answers from elsewhere: read, looked at, and only then taken."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.lib.later import later
from rapport.lib.tables import UnreadableTable
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys import remarks
from rapport.surveys.desk.form_files import not_larger, questionnaire_of
from rapport.surveys.desk.match_form import Columns, MatchForm
from rapport.surveys.desk.reach import mine
from rapport.surveys.methods.answers import BrokenFile
from rapport.surveys.models import AnswerFile, Survey

_LARGEST = 50_000_000
_AT_ONCE = 2_000  # more rows than these are taken by the worker


class AnswersUpload(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The answers"), help_text=gettext_lazy("CSV, XLSX or SPSS (.sav), one row for each answer")
    )

    def clean_file(self) -> Any:
        file = not_larger(self.cleaned_data["file"], _LARGEST)
        if not str(file.name).lower().endswith((".csv", ".xlsx", ".sav", ".txt", ".tsv")):
            raise forms.ValidationError(_("Please bring a CSV, XLSX or .sav file."))
        return file


@staff_may("surveys.change")
def answers_import(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    form = AnswersUpload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought = _brought(request, survey, form)
        if brought:
            return redirect("surveys:desk-answer-file", survey.pk, brought.pk)
    files = survey.answer_files.select_related("by")[:50]
    page = {"survey": survey, "form": form, "files": files, "edition": survey.edition}
    return render(request, "surveys/desk/answers_import.html", page, status=422 if form.errors else 200)


def _brought(request: PersonRequest, survey: Survey, form: AnswersUpload) -> AnswerFile | None:
    if survey.edition is None:
        form.add_error(None, _("Open the survey first: answers belong to questions that do not change any more."))
        return None
    try:
        return AnswerFile.objects.bring(survey, form.cleaned_data["file"], by=request.user)
    except (UnreadableTable, BrokenFile, UnicodeError) as problem:
        form.add_error("file", _("This file cannot be read: %(why)s") % {"why": problem})
        return None


@staff_may("surveys.change")
def answer_file(request: PersonRequest, pk: int, file: int) -> HttpResponse:
    """Set right which column is what, look at a dry run, and take the rows."""
    survey = mine(request, pk)
    brought = get_object_or_404(survey.answer_files, pk=file)
    if not brought.file or brought.state != AnswerFile.State.BROUGHT:
        return _page(request, survey, brought)
    columns = Columns(brought.match, request.GET)
    form = MatchForm(
        request.POST or None,
        brought=brought,
        questionnaire=questionnaire_of(survey),
        shown=list(columns.page.object_list),
    )
    page: dict[str, Any] = {"form": form, "columns": columns}
    if request.method != "POST":
        return _page(request, survey, brought, **page)
    if not form.is_valid():
        return _page(request, survey, brought, **page, status=422)
    _set_right(brought, form)
    if "take" in request.POST:
        return _take(request, survey, brought)
    if "keep" in request.POST:
        messages.success(request, _("Kept."))
        return redirect(request.get_full_path())
    brought.report = brought.try_out()
    brought.save(update_fields=["report"])
    return _page(request, survey, brought, **page | {"columns": Columns(brought.match, request.GET)}, is_dry=True)


def _set_right(brought: AnswerFile, form: MatchForm) -> None:
    brought.match = form.match()
    for name in ("channel", "language", "branch", "day_first", "whole_or_nothing"):
        setattr(brought, name, form.cleaned_data[name])
    brought.save()


def _take(request: PersonRequest, survey: Survey, brought: AnswerFile) -> HttpResponse:
    if brought.report.get("read", _AT_ONCE + 1) > _AT_ONCE:
        brought.state = AnswerFile.State.READING
        brought.save(update_fields=["state"])
        later(brought.take)
        messages.info(request, _("The rows are being taken. You can go on with something else."))
    else:
        brought.take()
    return redirect("surveys:desk-answer-file", survey.pk, brought.pk)


def _page(
    request: PersonRequest, survey: Survey, brought: AnswerFile, *, status: int = 200, **more: Any
) -> HttpResponse:
    questionnaire = questionnaire_of(survey)
    rows = [(row["row"], remarks.say_refused(row, questionnaire)) for row in brought.report.get("rows", [])]
    page = {"survey": survey, "brought": brought, "report": brought.report, "rows": rows, **more}
    return render(request, "surveys/desk/answer_file.html", page, status=status)


@require_POST
@staff_may("surveys.change")
def answer_file_removal(request: PersonRequest, pk: int, file: int) -> HttpResponse:
    brought = get_object_or_404(mine(request, pk).answer_files, pk=file, state=AnswerFile.State.BROUGHT)
    brought.put_away()
    brought.delete()
    messages.success(request, _("The file is gone. Nothing of it was taken."))
    return redirect("surveys:desk-answers-import", pk)
