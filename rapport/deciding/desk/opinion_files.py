"""The files of Polis at the desk: all of a conversation out, and others' in, after a look at what would come."""

import base64
import zlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.deciding.desk.opinions import around, mine
from rapport.deciding.forms.opinions import language_choices
from rapport.deciding.methods.polis_files import UnreadableVotes
from rapport.deciding.opinions.files import LARGEST, exported, read, take
from rapport.people.guards import PersonRequest, staff_may

_SALT = "deciding.opinion-files"
_KEPT_IN_PAGE = 2_000_000


class PolisForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The export"),
        help_text=gettext_lazy("The zip, or one of comments.csv, votes.csv, participants-votes.csv; up to 2 MB packed"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the statements"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST or (file.name.lower().endswith(".zip") and file.size > _KEPT_IN_PAGE):
            raise forms.ValidationError(_("It is larger than can be brought in here."))
        return file


@staff_may("deciding.change")
def export(request: PersonRequest, pk: int) -> HttpResponse:
    """All of it, for staff: people under ids that mean nothing and are others each time."""
    conversation = mine(request, pk, "deciding.change")
    answer = HttpResponse(exported(conversation), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="opinions-{pk}.zip"'
    return answer


@staff_may("deciding.change")
def bring(request: PersonRequest, pk: int) -> HttpResponse:
    """First look at what would come of a file, and only then take it."""
    conversation = mine(request, pk, "deciding.change")
    page = around(request, conversation, "desk-opinions-import")
    if request.method == "POST" and "kept" in request.POST:
        return _taken(request, pk)
    form = PolisForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name
        try:
            page["brought"] = read(SimpleUploadedFile(name, content), conversation.longest)
            packed = base64.b64encode(zlib.compress(content)).decode()
            if len(packed) > _KEPT_IN_PAGE * 4 / 3:
                raise UnreadableVotes(_("It is larger than can be brought in here."))
            page["kept"] = signing.dumps([packed, name, form.cleaned_data["language"]], salt=_SALT)
        except UnreadableVotes as problem:
            form.add_error("file", str(problem))
    page["form"] = form
    return render(request, "deciding/desk/opinions/files.html", page, status=422 if form.errors else 200)


def _taken(request: PersonRequest, pk: int) -> HttpResponse:
    conversation = mine(request, pk, "deciding.change")
    try:
        packed, name, language = signing.loads(request.POST["kept"], salt=_SALT, max_age=86_400)
        content = zlib.decompress(base64.b64decode(packed))
        brought = read(SimpleUploadedFile(name, content), conversation.longest)
    except (signing.BadSignature, UnreadableVotes, ValueError, zlib.error):
        messages.error(request, _("Please bring the file once more."))
        return redirect("deciding:desk-opinions-import", pk)
    taken = take(conversation, brought, by=request.user, language=language)
    told = ngettext("%(n)s vote was brought in.", "%(n)s votes were brought in.", taken) % {"n": taken}
    messages.success(request, told)
    return redirect("deciding:desk-opinions", pk)
