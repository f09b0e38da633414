"""Forms and answers from elsewhere: read, looked at, and only then taken."""

import base64
import binascii
import zlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.lib.later import later
from rapport.lib.tables import UnreadableTable
from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys import remarks
from rapport.surveys.desk.reach import found, mine
from rapport.surveys.methods import Questionnaire, columns_of, say
from rapport.surveys.methods.answers import DATE, KEY, LANGUAGE, PLACE, SKIP, BrokenFile, Target, targets_of
from rapport.surveys.methods.forms import Form, FormRefused, Remark
from rapport.surveys.methods.forms.books import LARGEST_FILE
from rapport.surveys.methods.limesurvey import read_lss
from rapport.surveys.methods.xlsform import lost_in_xlsform, read_xlsform, write_xlsform
from rapport.surveys.models import AnswerFile, Survey

_LARGEST_ANSWERS = 50_000_000
_AT_ONCE = 2_000  # more rows than these are taken by the worker
_SALT = "surveys.form"


class FormFile(forms.Form):
    file = forms.FileField(label=gettext_lazy("The form"), help_text=gettext_lazy("XLSForm or .lss of LimeSurvey"))
    language = forms.CharField(
        label=gettext_lazy("Language of words that name none"), initial="en", max_length=24,
        help_text=gettext_lazy("Its short name, such as en, es or ar."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        return _not_larger(self.cleaned_data["file"], LARGEST_FILE)


def _not_larger(file: Any, most: int) -> Any:
    if file.size > most:
        raise forms.ValidationError(_("It is larger than %(n)s MB.") % {"n": most // 1_000_000})
    return file


@staff_may("surveys.change")
def form_import(request: PersonRequest) -> HttpResponse:
    """Read a form, and show what was understood; it becomes a survey only in the next step."""
    form = FormFile(request.POST or None, request.FILES or None)
    page: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            read = _read(content, form.cleaned_data["language"])
            page |= _shown(read) | {"kept": _keep(content, form.cleaned_data["language"])}
        except FormRefused as refused:
            page["refused"] = _told(refused.remarks)
            form.add_error("file", _("Please mend the form and bring it again."))
    status = 422 if form.errors else 200
    return render(request, "surveys/desk/form_import.html", page, status=status)


def _read(content: bytes, language: str) -> Form:
    """An XLSForm or a file of LimeSurvey, whichever it is. Raises FormRefused."""
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
    return read_lss(content) if is_xml else read_xlsform(content, language)


def _shown(read: Form) -> dict[str, Any]:
    first = read.questionnaire.languages[0]
    return {
        "read": read,
        "title": say(read.questionnaire.title, first, first),
        "questions": [(say(one.words, first, first), one.key) for one in read.questionnaire.questions()],
        "left_out": _told(read.left_out),
        "notes": _told(read.notes),
    }


def _told(found: list[Remark]) -> list[tuple[str, str]]:
    return [(remarks.place_of(remark), remarks.say(remark)) for remark in found]


def _keep(content: bytes, language: str) -> str:
    """The file, signed and in the page itself: nothing of it lies on the server until somebody wants it."""
    packed = base64.b64encode(zlib.compress(content)).decode()
    return signing.dumps([packed, language], salt=_SALT)


@require_POST
@staff_may("surveys.change")
def form_survey(request: PersonRequest) -> HttpResponse:
    """Make a survey of the form that was read."""
    try:
        packed, language = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=86_400)
        read = _read(zlib.decompress(base64.b64decode(packed)), language)
    except (signing.BadSignature, binascii.Error, zlib.error, FormRefused):
        messages.error(request, _("Please bring the form once more."))
        return redirect("surveys:desk-form-import")
    if not read.questionnaire.title:
        read.questionnaire.title = {read.questionnaire.languages[0]: _("Imported survey")}
    survey = Survey.objects.begin(read.questionnaire, by=request.user, branch=_own_branch(request))
    messages.success(request, _("It is here. Nobody sees it until you open it."))
    return redirect("surveys:desk-survey", survey.pk)


def _own_branch(request: PersonRequest) -> Branch | None:
    """Whoever works for some branches only makes surveys of theirs."""
    reach = request.user.branches_where("surveys.change")
    return None if reach is None else Branch.objects.filter(pk__in=reach).first()


@staff_may("surveys.see")
def form_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    survey = found(request, pk)
    questionnaire = _questionnaire(survey)
    if "file" not in request.GET:
        lost = _told(lost_in_xlsform(questionnaire))
        page = {"survey": survey, "lost": lost, "may_change": request.user.has_perm("surveys.change", survey)}
        return render(request, "surveys/desk/form_export.html", page)
    response = HttpResponse(
        write_xlsform(questionnaire, survey.slug),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{survey.slug}.xlsx"'
    return response


def _questionnaire(survey: Survey) -> Questionnaire:
    edition = survey.edition or survey.editions.last()
    if edition is None:
        raise Http404
    return edition.questionnaire


# ── answers ──


class AnswersUpload(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The answers"), help_text=gettext_lazy("CSV, XLSX or SPSS (.sav), one row for each answer")
    )

    def clean_file(self) -> Any:
        file = _not_larger(self.cleaned_data["file"], _LARGEST_ANSWERS)
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


class MatchForm(forms.Form):
    channel = forms.ChoiceField(label=gettext_lazy("How they were gathered"), choices=Channel.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers, where no column says it"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Branch, where no column says it"), required=False
    )
    day_first = forms.BooleanField(label=gettext_lazy("3/4/2026 is the third of April"), required=False)
    whole_or_nothing = forms.BooleanField(label=gettext_lazy("Take all rows or none"), required=False)

    def __init__(self, *args: Any, brought: AnswerFile, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, code) for code in questionnaire.languages]  # type: ignore[attr-defined]
        choices = _choices(questionnaire)
        self.headings = list(brought.match)
        for n, heading in enumerate(self.headings):
            self.fields[f"column{n}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=brought.match[heading]
            )

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column{n}"] for n in range(len(self.headings))]

    def clean(self) -> None:
        given = [self.cleaned_data.get(f"column{n}", "") for n in range(len(self.headings))]
        for n, target in enumerate(given):
            if target and given.index(target) < n:
                self.add_error(f"column{n}", _("Another column is this already."))

    def match(self) -> dict[str, str]:
        return {heading: self.cleaned_data[f"column{n}"] for n, heading in enumerate(self.headings)}


def _choices(questionnaire: Questionnaire) -> list[tuple[str, Any]]:
    """What a column may be, in the words of the questionnaire."""
    first = questionnaire.languages[0]
    words = {
        one.name: " · ".join(say(part, first, first) for part in one.parts if part) for one in columns_of(questionnaire)
    }
    found = [(str(target), _label(target, words, questionnaire)) for target in targets_of(questionnaire)]
    about = [
        (DATE, _("the day")),
        (PLACE, _("the branch")),
        (LANGUAGE, _("the language")),
        (KEY, _("the answer's own id")),
    ]
    return [(SKIP, _("leave it out")), (_("About the answer"), about), (_("Answers"), found)]


def _label(target: Target, words: dict[str, str], questionnaire: Questionnaire) -> str:
    said = f"{target.name}: {words.get(target.name, '')}"[:90]
    return f"{said} = {target.code}" if target.code else said


@staff_may("surveys.change")
def answer_file(request: PersonRequest, pk: int, file: int) -> HttpResponse:
    """Set right which column is what, look at a dry run, and take the rows."""
    survey = mine(request, pk)
    brought = get_object_or_404(survey.answer_files, pk=file)
    if not brought.file or brought.state != AnswerFile.State.BROUGHT:
        return _page(request, survey, brought)
    first = {
        name: getattr(brought, name) for name in ("channel", "language", "branch", "day_first", "whole_or_nothing")
    }
    form = MatchForm(request.POST or None, brought=brought, questionnaire=_questionnaire(survey), initial=first)
    if request.method != "POST":
        return _page(request, survey, brought, form=form)
    if not form.is_valid():
        return _page(request, survey, brought, form=form, status=422)
    _set_right(brought, form)
    if "take" in request.POST:
        return _take(request, survey, brought)
    brought.report = brought.try_out()
    brought.save(update_fields=["report"])
    return _page(request, survey, brought, form=form, is_dry=True)


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
    questionnaire = _questionnaire(survey)
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
