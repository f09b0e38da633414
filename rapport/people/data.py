"""What is kept about people: said to everyone, shown to each, taken along, erased."""

import csv
import io
import json
import zipfile
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.lib.exports import safe_row
from rapport.people.forms import ErasureForm
from rapport.people.guards import PersonRequest, anyone, signed_in
from rapport.people.models import LastAdministrator, Person
from rapport.people.privacy import Kept, kept


@anyone
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "people/privacy.html", {"records": [(record, period(record)) for record in kept]})


def period(record: Kept) -> str:
    """How long, in words; nothing where there is no set time."""
    if record.days is None:
        return ""
    days = record.days()
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@signed_in
def my_data(request: PersonRequest) -> HttpResponse:
    return _shown(request, ErasureForm())


def _shown(request: PersonRequest, form: ErasureForm) -> HttpResponse:
    page = {"records": _everything(request.user), "form": form, "stays": [r for r in kept if r.stays]}
    return render(request, "people/my_data.html", page, status=422 if form.errors else 200)


def _everything(person: Person) -> list[tuple[Kept, list[dict[str, str]]]]:
    return [(record, [_readable(row) for row in record.export(person)]) for record in kept]


def _readable(row: dict[str, Any]) -> dict[str, str]:
    return {name.replace("_", " "): _in_words(value) for name, value in row.items()}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


@signed_in
def my_data_file(request: PersonRequest) -> HttpResponse:
    if request.GET.get("as") == "zip":
        return _file(_zip(request.user), "application/zip", "my-data.zip")
    rows = {record.name: record.export(request.user) for record in kept}
    text = json.dumps(rows, ensure_ascii=False, indent=2, default=str)
    return _file(text.encode(), "application/json", "my-data.json")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=kind, headers=headers)


def _zip(person: Person) -> bytes:
    """A page to read, and a table of each kind of record."""
    everything, file = _everything(person), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("index.html", render_to_string("people/my_data_file.html", {"records": everything}))
        for record, rows in everything:
            if rows:
                folder.writestr(f"{record.name}.csv", _table(rows))
    return file.getvalue()


def _table(rows: list[dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(safe_row(row.get(name, "") for name in names) for row in rows)
    return "\ufeff" + text.getvalue()


@signed_in
@require_POST
def my_data_removal(request: PersonRequest) -> HttpResponse:
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _shown(request, form)
    try:
        request.user.erase()
    except LastAdministrator:
        form.add_error(
            None, _("You are the last administrator. Appoint somebody else first, so that the house stays open.")
        )
        return _shown(request, form)
    logout(request)
    messages.success(request, _("Your account has been erased. Thank you for the time with us."))
    return redirect("/")
