"""Forms from elsewhere: read, looked at, and only then taken; and ours for tablets without a network."""

import base64
import binascii
import zlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.surveys import remarks
from rapport.surveys.desk.reach import found
from rapport.surveys.methods import Questionnaire, say
from rapport.surveys.methods.forms import Form, FormRefused, Remark
from rapport.surveys.methods.forms.books import LARGEST_FILE
from rapport.surveys.methods.limesurvey import read_lss
from rapport.surveys.methods.xlsform import lost_in_xlsform, read_xlsform, write_xlsform
from rapport.surveys.models import Survey

_SALT = "surveys.form"


class FormFile(forms.Form):
    file = forms.FileField(label=gettext_lazy("The form"), help_text=gettext_lazy("XLSForm or .lss of LimeSurvey"))
    language = forms.CharField(
        label=gettext_lazy("Language of words that name none"), initial="en", max_length=24,
        help_text=gettext_lazy("Its short name, such as en, es or ar."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        return not_larger(self.cleaned_data["file"], LARGEST_FILE)


def not_larger(file: Any, most: int) -> Any:
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
    questionnaire = questionnaire_of(survey)
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


def questionnaire_of(survey: Survey) -> Questionnaire:
    """What is asked now, or else what is being written."""
    edition = survey.edition or survey.editions.last()
    if edition is None:
        raise Http404
    return edition.questionnaire
