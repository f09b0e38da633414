"""The words of a survey in another language: side by side, or as a table for a translator."""

import re
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rapport.lib.exports import file_response
from rapport.lib.tables import Table, UnreadableTable
from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.desk.reach import mine
from rapport.surveys.desk.word_names import name_in_words
from rapport.surveys.methods import EASY, Questionnaire, editing
from rapport.surveys.methods.translating import Read, read_translation
from rapport.surveys.models import Survey
from rapport.surveys.views.frame import name_of
from rapport.ui.context import direction

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")  # the form of BCP 47
_MOST_BYTES = 5 * 1024 * 1024
_HEADER = ("name", "where")


class LanguageForm(forms.Form):
    language = forms.CharField(
        label=gettext_lazy("Language code"),
        max_length=24,
        help_text=gettext_lazy("For example so for Somali, zh-Hans for simplified Chinese, en-x-easy for easy English"),
    )

    def clean_language(self) -> str:
        code = str(self.cleaned_data["language"]).strip()
        if not LANGUAGE.match(code):
            raise forms.ValidationError(_("Write a language code, such as so, zh-Hans or pt-BR."))
        return "-".join(_cased(part, n) for n, part in enumerate(code.split("-")))


def _cased(part: str, n: int) -> str:
    """BCP 47 does not care for case; people do: zh-Hans, pt-BR."""
    if n and len(part) == 4 and part.isalpha() and part.lower() != "easy":
        return part.title()
    return part.upper() if n and len(part) == 2 else part.lower()


class TableForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Translated table (CSV or XLSX)"))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > _MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. A table of words is much smaller."))
        return upload


@staff_may("surveys.change")
def languages(request: PersonRequest, pk: int) -> HttpResponse:
    """Which languages there are, how much is missing, and a further one."""
    survey = mine(request, pk)
    questionnaire = _written(survey)
    form = LanguageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["language"]
        survey.rewrite(partial(editing.add_language, language=code), by=request.user)
        return redirect("surveys:desk-words", pk, code)
    rows = [_row(questionnaire, code) for code in questionnaire.languages]
    easy = [f"{code}{EASY}" for code in questionnaire.languages if not code.endswith(EASY)]
    page = {
        "survey": survey,
        "form": form,
        "rows": rows,
        "easy": [(code, name_of(code)) for code in easy if code not in questionnaire.languages],
    }
    return render(request, "surveys/desk/languages.html", page, status=422 if form.errors else 200)


def _row(questionnaire: Questionnaire, code: str) -> dict[str, Any]:
    missing = questionnaire.missing_words(code)
    is_first = code == questionnaire.languages[0]
    return {"code": code, "name": name_of(code), "missing": len(missing), "is_first": is_first}


@staff_may("surveys.change")
def words(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    survey, questionnaire = _found(request, pk, language)
    if request.method == "POST":
        known = dict(questionnaire.all_words())
        said = {name: request.POST[f"w{name}"][:5000] for name in known if f"w{name}" in request.POST}
        survey.rewrite(partial(editing.translate, language=language, said=said), by=request.user)
        left = len(_written(survey).missing_words(language))
        messages.success(
            request, _("Saved. %(n)s still missing.") % {"n": left} if left else _("Saved. It is complete.")
        )
        return redirect("surveys:desk-words", pk, language)
    return _shown(request, survey, questionnaire, language)


def _shown(
    request: PersonRequest, survey: Survey, questionnaire: Questionnaire, language: str, **more: Any
) -> HttpResponse:
    first = questionnaire.languages[0]
    lines = [
        {
            "name": name,
            "where": name_in_words(name, questionnaire),
            "first": said[first],
            "here": said.get(language, ""),
            "is_long": len(said[first]) > 70,
        }
        for name, said in questionnaire.all_words()
        if said.get(first, "").strip()
    ]
    page = {
        "survey": survey,
        "language": language,
        "name": name_of(language),
        "dir": direction(language),
        "first": first,
        "first_name": name_of(first),
        "first_dir": direction(first),
        "lines": lines,
        "missing": sum(not line["here"] for line in lines),
        "others": [(code, name_of(code)) for code in questionnaire.languages[1:]],
        "table_form": TableForm(),
        **more,
    }
    return render(request, "surveys/desk/words.html", page, status=422 if "table_form" in more else 200)


@require_safe
@staff_may("surveys.change")
def words_table(request: PersonRequest, pk: int, language: str) -> HttpResponseBase:
    """The table for a translator; whatever comes back is found again by the names in its first column."""
    survey, questionnaire = _found(request, pk, language)
    first = questionnaire.languages[0]
    rows = [
        (name, name_in_words(name, questionnaire), said[first], said.get(language, ""))
        for name, said in questionnaire.all_words()
        if said.get(first, "").strip()
    ]
    kind = "xlsx" if request.GET.get("export") == "xlsx" else "csv"
    return file_response(kind, f"{survey.slug}-{language}", (*_HEADER, first, language), rows)


@require_POST
@staff_may("surveys.change")
def words_upload(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    """First a report of what would change, then the change itself; the words wait in the form, not on the server."""
    survey, questionnaire = _found(request, pk, language)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, survey, questionnaire, language, table_form=form)
    try:
        report = _read(form.cleaned_data["file"], questionnaire, language)
    except UnreadableTable as problem:
        form.add_error("file", _("We cannot read this table: %(why)s") % {"why": problem})
        return _shown(request, survey, questionnaire, language, table_form=form)
    page = {
        "survey": survey,
        "language": language,
        "name": name_of(language),
        "dir": direction(language),
        "report": report,
    }
    return render(request, "surveys/desk/words_report.html", page)


def _read(upload: Any, questionnaire: Questionnaire, language: str) -> Read:
    with NamedTemporaryFile(suffix=Path(upload.name).suffix.lower()) as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        table = Table(Path(file.name))
        names = [name.strip() for name in table.names()]
        if _HEADER[0] not in names or language not in names:
            wanted = {"name": _HEADER[0], "language": language}
            raise UnreadableTable(_("it needs a column “%(name)s” and a column “%(language)s”.") % wanted)
        rows = [(number, str(row.get(_HEADER[0], "")), str(row.get(language, ""))) for number, row in table.rows()]
    return read_translation(questionnaire, language, rows)


@require_POST
@staff_may("surveys.change")
def words_removal(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    survey, _questionnaire = _found(request, pk, language)
    survey.rewrite(partial(editing.leave_language, language=language), by=request.user)
    messages.success(request, _("This language is not offered any more. Its words are kept in case it comes back."))
    return redirect("surveys:desk-languages", pk)


def _found(request: PersonRequest, pk: int, language: str) -> tuple[Survey, Questionnaire]:
    survey = mine(request, pk)
    questionnaire = _written(survey)
    if language not in questionnaire.languages[1:]:
        raise Http404
    return survey, questionnaire


def _written(survey: Survey) -> Questionnaire:
    last = survey.editions.last()
    return last.questionnaire if last else Questionnaire()
