"""Noting the items: one after the other on a phone, on paper, or from a filled sheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.insight.desk.auditing.audits import shown
from rapport.insight.desk.auditing.forms import ItemForm, SheetForm
from rapport.insight.desk.auditing.reach import of_audit
from rapport.insight.models import AuditIsOver, AuditSheet, CollectionAudit
from rapport.insight.models.audit_sheet import header, rows
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may

_SHOWN = 100


@staff_may("insight.note_items")
@of_audit("insight.note_items")
def item(request: PersonRequest, audit: CollectionAudit, place: int) -> HttpResponse:
    found = get_object_or_404(audit.items.prefetch_related("categories"), place=place)
    questions = list(audit.questions.prefetch_related("categories"))
    form = ItemForm(request.POST if request.method == "POST" else None, item=found, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            audit.note(place, by=request.user, **form.said())
        except AuditIsOver:
            form.add_error(None, over())
        else:
            messages.success(request, _("Place %(place)s is noted.") % {"place": place})
            onward = audit.next_place(place)
            return redirect("insight:audit-item", audit.pk, onward) if onward else redirect(audit)
    done = audit.items.exclude(noted_at=None).count()
    page = {"audit": audit, "item": found, "form": form, "done": done, "skip": audit.next_place(place)}
    return render(request, "insight/desk/auditing/item.html", page, status=422 if form.errors else 200)


def over() -> str:
    return _("It is finished: nothing more is noted. Take it up again first.")


@staff_may("insight.see")
@of_audit("insight.see")
def items(request: PersonRequest, audit: CollectionAudit) -> HttpResponseBase:
    """The sheet as a file, or the items as they are noted."""
    if request.GET.get("export") in {"csv", "xlsx"}:
        names = header(list(audit.questions.all()))
        return file_response(str(request.GET["export"]), f"sample-{audit.pk}", names, rows(audit))
    held = audit.items.select_related("topic", "noted_by").prefetch_related("categories")
    return render(request, "insight/desk/auditing/items.html", {"audit": audit, "items": held})


@staff_may("insight.see")
@of_audit("insight.see")
def sheet(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    """The sample on paper: its places with blank rows."""
    page = {"audit": audit, "items": audit.items.all(), "questions": audit.questions.prefetch_related("categories")}
    return render(request, "insight/desk/auditing/paper.html", page)


@require_POST
@staff_may("insight.note_items")
@of_audit("insight.note_items")
def sheets(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, audit, sheet_form=form)
    uploaded = form.cleaned_data["file"]
    return redirect(audit.sheets.create(file_name=uploaded.name, grid=uploaded.grid, by=request.user))


@staff_may("insight.note_items")
@of_audit("insight.note_items")
def brought(request: PersonRequest, audit: CollectionAudit, filled: int) -> HttpResponse:
    found = _sheet(audit, filled)
    preview = found.preview()
    page = {"audit": audit, "sheet": found, "preview": preview, "refused": preview.refused[:_SHOWN]}
    return render(request, "insight/desk/auditing/brought.html", page)


def _sheet(audit: CollectionAudit, sheet: int) -> AuditSheet:
    return get_object_or_404(audit.sheets.filter(taken_at=None), pk=sheet)


@require_POST
@staff_may("insight.note_items")
@of_audit("insight.note_items")
def taking(request: PersonRequest, audit: CollectionAudit, filled: int) -> HttpResponse:
    try:
        taken = len(_sheet(audit, filled).take_in(by=request.user).noted)
    except AuditIsOver:
        messages.error(request, over())
    else:
        said = ngettext("%(n)s item is noted.", "%(n)s items are noted.", taken) % {"n": taken}
        messages.success(request, said)
    return redirect(audit)


@require_POST
@staff_may("insight.note_items")
@of_audit("insight.note_items")
def sheet_removal(request: PersonRequest, audit: CollectionAudit, filled: int) -> HttpResponse:
    _sheet(audit, filled).delete()
    messages.success(request, _("Thrown away. Nothing was taken from it."))
    return redirect(audit)
