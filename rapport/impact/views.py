"""The public face of the whole house: what is on, what is being asked, what came of it, and where we are."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Decision
from rapport.impact.models import Headline, Report
from rapport.loop.models import Loop
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.programs.models import Session
from rapport.ui.listing import Column, Listing

_PAIRS_AT_HOME = 3
_DAYS_AT_HOME = 7


@anyone
def home(request: HttpRequest) -> HttpResponse:
    branches = Branch.objects.with_hours()
    page = {
        "branches": branches,
        "openings": [(branch, branch.hours_on(timezone.localdate())) for branch in branches],
        "question": Decision.objects.being_asked().select_related("process").first(),
        "week": sessions_by_day(timezone.now(), _DAYS_AT_HOME),
        "reports": Report.objects.newest_with_threads()[:_PAIRS_AT_HOME],
        "headline": Headline.objects.newest(),
        "open_loops": Loop.objects.open().public().order_by("-at")[:_PAIRS_AT_HOME],
    }
    return render(request, "impact/home.html", page)


def sessions_by_day(start: datetime, days: int) -> list[tuple[date, list[Session]]]:
    """What is on in the coming days, day by day; days with nothing are left out."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    coming = Session.objects.public().coming(start).filter(starts_at__lt=start + timedelta(days=days))
    for session in coming.select_related("program", "branch", "space"):
        by_day[timezone.localdate(session.starts_at)].append(session)
    return sorted(by_day.items())


REPORT_COLUMNS = [
    Column("said", _("You said"), link="get_absolute_url"),
    Column("did", _("We did")),
    Column("because", _("Because")),
    Column("at", _("When"), sort="at"),
]


@anyone
def reports(request: HttpRequest) -> HttpResponseBase:
    rows = Report.objects.newest_with_threads()
    listing = Listing(
        request, rows, columns=REPORT_COLUMNS, search=["said", "did", "because"], order="-at", name="you-said-we-did"
    )
    if listing.wants_file:
        return listing.file()
    return render(request, "impact/reports.html", {"listing": listing, "headline": Headline.objects.newest()})


@anyone
def numbers(request: HttpRequest) -> HttpResponse:
    return render(
        request, "impact/numbers.html", {"headline": Headline.objects.newest(), "threshold": settings.HOUSE.threshold}
    )


@anyone
def branches(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = [(branch, branch.hours_on(today)) for branch in Branch.objects.with_hours()]
    return render(request, "impact/branches.html", {"rows": rows})


@anyone
def branch(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Branch.objects.prefetch_related("hours", "closures", "spaces"), slug=slug)
    today = timezone.localdate()
    page = {
        "branch": found,
        "today": found.hours_on(today),
        "week": [(day, found.hours_on(day)) for day in _days(today, 7)],
        "closures": sorted((c for c in found.all_closures() if c.last >= today), key=lambda c: c.first)[:6],
        "sessions": Session.objects.public().coming().filter(branch=found).select_related("program", "space")[:6],
        "loops": Loop.objects.public().filter(branch=found).select_related("closing").prefetch_related("steps")[:5],
    }
    return render(request, "impact/branch.html", page)


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]
