from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.auditing import Answered, AuditResults, Line
from rapport.insight.desk.assessment_words import OF_ITEMS
from rapport.insight.desk.auditing.forms import AgainForm, AuditForm, SheetForm, suggested
from rapport.insight.desk.auditing.reach import may, of_audit, reaching_all
from rapport.insight.models import CollectionAudit, ItemQuestion
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.charts import Bar, Plot, bars
from rapport.ui.listing import Column, Listing

COLUMNS = [
    Column("title", gettext_lazy("Audit"), link="get_absolute_url", sort="title"),
    Column("shelf", gettext_lazy("Shelf")),
    Column("branch", gettext_lazy("Branch"), lambda one: str(one.branch or _("the whole library"))),
    Column("of_day", gettext_lazy("As of"), sort="of_day"),
    Column("noted", gettext_lazy("Noted"), lambda one: f"{one.noted_count} / {one.size}", number=True),
    Column("state", gettext_lazy("State"), lambda one: _("being noted") if one.is_open else _("finished")),
]


@staff_may("insight.see")
def audits(request: PersonRequest) -> HttpResponseBase:
    noted = Count("items", filter=Q(items__noted_at__isnull=False))
    rows = CollectionAudit.objects.select_related("branch").annotate(noted_count=noted)
    listing = Listing(request, rows, columns=COLUMNS, search=["title", "shelf"], order="-of_day", name="audits")
    if listing.wants_file:
        return listing.file()
    page = {"listing": listing, "may_change": request.user.has_perm("insight.change")}
    return render(request, "insight/desk/auditing/audits.html", page)


@staff_may("insight.change")
def new(request: PersonRequest) -> HttpResponse:
    form = AuditForm(request.POST or None, branches=request.user.branches_where("insight.change"))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        audit = CollectionAudit.objects.draw(told.pop("title"), told.pop("questions"), by=request.user, **told)
        messages.success(request, _("The sample is drawn. Print the sheet, or note item after item on a phone."))
        return redirect(audit)
    page = {
        "form": form,
        "any_question": ItemQuestion.objects.exists(),
        "may_words": reaching_all(request.user),
        "sizes": [(items, suggested(items)) for items in (200, 500, 1000, 5000, 20_000)],
    }
    return render(request, "insight/desk/auditing/new.html", page, status=422 if form.errors else 200)


@staff_may("insight.see")
@of_audit("insight.see")
def audit(request: PersonRequest, audit: CollectionAudit) -> HttpResponseBase:
    results = AuditResults(audit)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return file_response(str(request.GET["export"]), "collection-audit", HEADER, _rows(results))
    return shown(request, audit, results)


def shown(
    request: PersonRequest, audit: CollectionAudit, results: AuditResults | None = None, **forms: Any
) -> HttpResponse:
    results = results or AuditResults(audit)
    page = {
        "audit": audit,
        "results": results,
        "answered": [(one, _plot(one), says(one)) for one in results.answered],
        "ages": _ages(results),
        "topics": _topics(results),
        "later": audit.later.all(),
        "next": audit.next_place(),
        "may_change": may(request.user, "insight.change", audit),
        "may_note": audit.is_open and may(request.user, "insight.note_items", audit),
        "sheet_form": SheetForm(),
        "again_form": AgainForm(audit=audit),
        **forms,
    }
    return render(request, "insight/desk/auditing/audit.html", page, status=422 if forms else 200)


def says(one: Answered) -> list[tuple[Line, str]]:
    return [(line, str(OF_ITEMS[line.beside.standing]) if line.beside else "") for line in one.lines]


def _plot(one: Answered) -> Plot | None:
    if not one.said:
        return None
    marks = [Bar(str(line.category), line.share.percent, _note(line)) for line in one.lines]
    said = _("Of %(n)s items of which something could be said.") % {"n": one.said}
    return bars(str(one.question), marks, summary=said, header=(str(one.question), _("Share in %")), most=100)


def _note(line: Line) -> str:
    return _("%% (%(low)s–%(high)s)") % {"low": line.share.percent_low, "high": line.share.percent_high}


def _ages(results: AuditResults) -> Plot | None:
    ages = results.ages
    if not ages.n or ages.new is None:
        return None
    marks = [Bar(_("%(year)ss") % {"year": decade}, n) for decade, n in ages.decades]
    said = _("Half are from %(middle)s or older; %(new)s in 100 (%(low)s to %(high)s) are of the last five years.")
    told = {"middle": ages.middle, "new": ages.new.percent, "low": ages.new.percent_low, "high": ages.new.percent_high}
    return bars(_("How old it is"), marks, summary=said % told, header=(_("Decade"), _("Items")))


def _topics(results: AuditResults) -> Plot | None:
    if not results.topics:
        return None
    marks = [Bar(name, n) for name, n in results.topics]
    most = results.topics[0][0]
    said = _("Most often: %(topic)s.") % {"topic": most}
    return bars(_("What it is about"), marks, summary=said, header=(_("Topic"), _("Items")))


HEADER = ["question", "category", "items", "said", "share", "low", "high", "living_here", "index", "index_low",
          "index_high", "standing", "share_before", "change"]  # fmt: skip


def _rows(results: AuditResults) -> Iterator[list[object]]:
    for one in results.answered:
        for line, standing in says(one):
            share, beside = line.share, line.beside
            numbers = [round(100 * n, 2) for n in (share.share or 0, share.low, share.high)]
            held = (beside.people, beside.index, beside.low, beside.high) if beside else ()
            compared: list[object] = [round(n, 3) for n in held]
            compared = compared or [None] * 4
            before = round(100 * (line.before.share or 0), 2) if line.before else None
            change = {1: "more", -1: "less", 0: "no more than chance"}[share.change] if line.before else ""
            about = [str(one.question), str(line.category), share.voices, one.said]
            yield [*about, *numbers, *compared, standing, before, change]


@require_POST
@staff_may("insight.change")
@of_audit("insight.change")
def finishing(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    audit.finish(by=request.user)
    messages.success(request, _("Finished. What was noted stays as it is."))
    return redirect(audit)


@require_POST
@staff_may("insight.change")
@of_audit("insight.change")
def taking_up(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    audit.take_up()
    messages.success(request, _("It is open again."))
    return redirect(audit)


@require_POST
@staff_may("insight.change")
@of_audit("insight.change")
def again(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    form = AgainForm(request.POST, audit=audit)
    if not form.is_valid():
        return shown(request, audit, again_form=form)
    made = audit.again(by=request.user, **form.cleaned_data)
    messages.success(request, _("The same questions, drawn anew. Both will be seen beside each other."))
    return redirect(made)


@require_POST
@staff_may("insight.change")
@of_audit("insight.change")
def removal(request: PersonRequest, audit: CollectionAudit) -> HttpResponse:
    """A sample of which nothing was noted yet can be thrown away; what was noted stays on record."""
    if audit.items.exclude(noted_at=None).exists():
        messages.error(request, _("Some of it is noted already, so it stays."))
        return redirect(audit)
    audit.delete()
    messages.success(request, _("Thrown away. Nothing was noted of it."))
    return redirect("insight:desk-audits")
