"""The print guide: a week or a month on A4 or Letter, for the fridge door."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rapport.people.guards import anyone
from rapport.programs import agenda

from .calendar import Calendar
from .cards import by_day, cards, rows_for_cards

MOST = 400  # on paper; whoever has more filters by branch or audience


@anyone
def guide(request: HttpRequest) -> HttpResponse:
    found, chosen = Calendar(request), agenda.day_from(request.GET.get("day"))
    is_week = request.GET.get("by") == "week"
    if is_week:
        first = agenda.monday_of(chosen)
        last = first + timedelta(days=6)
    else:
        first = chosen.replace(day=1)
        last = agenda.month_of(chosen).after - timedelta(days=1)
    rows = list(rows_for_cards(found.between(first, last).order_by("starts_at", "pk"))[: MOST + 1])
    page = {
        "listing": found.listing,
        "days": by_day(cards(rows[:MOST])),
        "is_cut": len(rows) > MOST,
        "most": MOST,
        "first": first,
        "last": last,
        "is_week": is_week,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "query": found.listing.address(page="")[1:],
    }
    return render(request, "programs/finding/print.html", page)
