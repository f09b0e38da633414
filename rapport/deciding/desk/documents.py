"""The papers of a process."""

from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.desk.reach import found, mine
from rapport.deciding.forms.processes import DocumentForm
from rapport.deciding.models import Process
from rapport.deciding.views.processes import file_of
from rapport.people.guards import PersonRequest, staff_may


@staff_may("deciding.see")
def documents(request: PersonRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _brought(request, mine(request, pk))
    return _page(request, found(request, pk), DocumentForm())


def _page(request: PersonRequest, process: Process, form: DocumentForm) -> HttpResponse:
    page = {
        "process": process,
        "documents": process.documents.all(),
        "form": form,
        "may_change": request.user.has_perm("deciding.change", process.decision),
    }
    return render(request, "deciding/desk/process/documents.html", page, status=422 if form.errors else 200)


def _brought(request: PersonRequest, process: Process) -> HttpResponse:
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, process, form)
    given = dict(form.cleaned_data)
    file = given.pop("file")
    kind = Path(file.name).suffix.lower().lstrip(".")
    paper = process.documents.model(process=process, kind=kind, size=file.size, by=request.user, **given)
    paper.file.save(f"{uuid4().hex}.{kind}", file)
    messages.success(request, _("The document is there."))
    return redirect("deciding:desk-process-documents", process.decision_id)


@require_safe
@staff_may("deciding.see")
def document(request: PersonRequest, pk: int, document: int) -> HttpResponseBase:
    """Before a process is opened, too."""
    return file_of(get_object_or_404(found(request, pk).documents, pk=document))


@require_POST
@staff_may("deciding.change")
def document_removal(request: PersonRequest, pk: int, document: int) -> HttpResponse:
    process = mine(request, pk)
    get_object_or_404(process.documents, pk=document).take_away()
    messages.success(request, _("The document is gone."))
    return redirect("deciding:desk-process-documents", pk)
