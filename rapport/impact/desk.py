"""The desk home, the loops of the house, and reporting back."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rapport.impact.forms import ReportForm
from rapport.impact.models import Headline, Report
from rapport.impact.search import find
from rapport.loop.models import Loop, Stage
from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models import Branch
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing
from rapport.ui.thread import Knot

QUIET_FOR = timedelta(days=60)


@staff_may("impact.see_today")
def today(request: PersonRequest) -> HttpResponse:
    return render(
        request, "impact/desk/today.html", {"headline": Headline.objects.newest(), "at_risk": loops_at_risk()[:5]}
    )


@staff_may("impact.see_today")
def search(request: PersonRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    results = list(find(text, request.user)) if len(text) > 1 else []
    return render(request, "impact/desk/search.html", {"q": text, "results": results})


def loops_at_risk() -> QuerySet[Loop]:
    """Open loops in which nothing has happened for two months: someone was promised an end."""
    moved = Loop.objects.open().annotate(last=Max("steps__at"))
    return moved.filter(last__lt=timezone.now() - QUIET_FOR).select_related("branch").order_by("last")


class LoopFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show"),
        choices=[
            ("", gettext_lazy("every loop")),
            ("open", gettext_lazy("open loops")),
            ("quiet", gettext_lazy("open loops that have gone quiet")),
            ("closed", gettext_lazy("closed loops")),
        ],
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )

    def narrow_state(self, rows: QuerySet[Loop], value: str) -> QuerySet[Loop]:
        if value == "quiet":
            return rows.filter(pk__in=loops_at_risk().values("pk"))
        return rows.filter(closing__isnull=value == "open") if value else rows


COLUMNS = [
    Column(
        "question", gettext_lazy("Question or concern"), link=lambda loop: reverse("impact:desk-loop", args=[loop.pk])
    ),
    Column("branch", gettext_lazy("Branch"), "branch.name"),
    Column("thread", gettext_lazy("How far"), value="pk", template="impact/desk/thread_cell.html"),
    Column("at", gettext_lazy("Since"), sort="at"),
]


@staff_may("impact.see_today")
def loops(request: PersonRequest) -> HttpResponseBase:
    rows = Loop.objects.select_related("branch", "closing").prefetch_related("steps")
    listing = Listing(
        request, rows, columns=COLUMNS, filters=LoopFilters, search=["question"], order="-at", name="loops"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "impact/desk/loops.html", {"listing": listing, "spine": _spine()})


def _spine() -> list[Knot]:
    """Where the open loops stand: one knot a stage, its words the count."""
    counts = Loop.objects.open().stages()
    fullest = max(counts, key=lambda stage: counts[stage], default=None)
    return [
        Knot(
            stage.label,
            "present" if stage == fullest else "done" if counts[stage] else "owed",
            words=str(counts[stage]),
            stage=stage,
        )
        for stage in Stage
    ]


@staff_may("impact.see_today")
def loop(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Loop.objects.select_related("branch", "closing", "by"), pk=pk)
    report = Report.objects.filter(loop=found).first()
    page = {
        "loop": found,
        "report": report,
        "heard": found.heard.count(),
        "can_report": request.user.has_perm("impact.report"),
    }
    return render(request, "impact/desk/loop.html", page)


@staff_may("impact.report")
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Loop.objects.select_related("branch"), pk=pk)
    if Report.objects.filter(loop=found).exists():
        messages.info(request, _("This has been reported back already."))
        return redirect("impact:desk-loop", found.pk)
    form = ReportForm(request.POST or None, initial={"said": found.question})
    if request.method == "POST" and form.is_valid():
        Report.objects.publish(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Published. Everyone who spoke is being told."))
        return redirect("impact:desk-loop", found.pk)
    page = {"loop": found, "form": form, "heard": found.heard.to_be_told().count()}
    return render(request, "impact/desk/report.html", page, status=422 if form.errors else 200)


@staff_may("impact.see_today")
def reports(request: PersonRequest) -> HttpResponseBase:
    columns = [
        Column(
            "said", gettext_lazy("You said"), link=lambda report: reverse("impact:desk-loop", args=[report.loop_id])
        ),
        Column("could", gettext_lazy("We could"), lambda report: _("yes") if report.could else _("no")),
        Column("did", gettext_lazy("We did")),
        Column("because", gettext_lazy("Because"), only_in_files=True),
        Column("by", gettext_lazy("By")),
        Column("at", gettext_lazy("When"), sort="at"),
    ]
    rows = Report.objects.select_related("by", "loop")
    listing = Listing(request, rows, columns=columns, search=["said", "did"], order="-at", name="reports")
    if listing.wants_file:
        return listing.file()
    owed = Loop.objects.owed_a_report().select_related("branch")[:20]
    page = {"listing": listing, "owed": owed, "can_report": request.user.has_perm("impact.report")}
    return render(request, "impact/desk/reports.html", page)
