"""The calendar as people read it: as a list, by week, by month, by branch, and on paper."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.people.guards import anyone
from rapport.programs import agenda
from rapport.programs.models import Band
from rapport.ui.parts import Tab

from .calendar import Calendar
from .cards import by_day
from .filters import times

IN_A_MONTH = 3  # sessions named on each day of the month
IN_A_WEEK = 12
MOST_PAGES = 400


@anyone
def calendar(request: HttpRequest) -> HttpResponseBase:
    found, chosen = Calendar(request), agenda.day_from(request.GET.get("day"))
    begin = from_when(chosen)
    if found.listing.wants_file:
        found.listing.narrowed = with_branches(found.onwards(begin))
        return found.listing.file()
    page = found.page(begin, page_number(request))
    more = {"page": page, "days": by_day(page.cards), "month": agenda.month_of(chosen)}
    return shown(request, found, chosen, "calendar", **more)


def with_branches(rows: Any) -> Any:
    return rows.select_related("program", "branch", "space", "cancellation")


def from_when(day: date) -> datetime:
    """The beginning of the day; today from now on."""
    return timezone.now() if day == timezone.localdate() else agenda.start_of(day)


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(1, int(text)), MOST_PAGES) if text.isdecimal() and len(text) < 6 else 1


@anyone
def month(request: HttpRequest) -> HttpResponse:
    found, chosen = Calendar(request), agenda.day_from(request.GET.get("day"))
    drawn = agenda.month_of(chosen)
    counts, first = found.days(drawn.begin, drawn.end, IN_A_MONTH)
    weeks = [[cell(day, counts, first) for day in week] for week in drawn.weeks]
    return shown(request, found, chosen, "month", month=drawn, weeks=weeks, total=sum(counts.values()))


@anyone
def week(request: HttpRequest) -> HttpResponse:
    found, chosen = Calendar(request), agenda.day_from(request.GET.get("day"))
    days = agenda.week_of(chosen)
    counts, first = found.days(days[0].date, days[-1].date, IN_A_WEEK)
    more = {
        "days": [cell(day, counts, first) for day in days],
        "before": days[0].date - timedelta(days=7),
        "after": days[0].date + timedelta(days=7),
        "total": sum(counts.values()),
    }
    return shown(request, found, chosen, "week", **more)


def cell(day: agenda.Day, counts: dict[date, int], first: dict[date, Any]) -> dict[str, Any]:
    named, count = first.get(day.date, []), counts.get(day.date, 0)
    more = count - len(named)
    return {
        "day": day,
        "count": count,
        "cards": named,
        "more": ngettext("%(n)d more", "%(n)d more", more) % {"n": more} if more else "",
        "said": ngettext("%(n)d session", "%(n)d sessions", count) % {"n": count},
    }


def shown(request: HttpRequest, found: Calendar, chosen: date, view: str, **more: Any) -> HttpResponse:
    page: dict[str, Any] = {
        "calendar": found,
        "listing": found.listing,
        "tabs": tabs(found, view),
        "quick": quick(found),
        "chosen": chosen,
        "is_today": chosen == timezone.localdate(),
        "query": found.listing.address(day="", page="")[1:],
        **more,
    }
    return render(request, f"programs/finding/{view}.html", page)


def tabs(found: Calendar, here: str) -> list[Tab]:
    words = {"calendar": _("List"), "week": _("Week"), "month": _("Month"), "branches": _("Branches")}
    query = found.listing.address(page="")
    return [Tab(label, reverse(f"programs:{name}") + query, name == here) for name, label in words.items()]


def quick(found: Calendar) -> list[dict[str, Any]]:
    """What is asked for most, one press away: each turns a filter on, or off again."""
    get = found.listing.request.GET
    asked: list[tuple[str, str, Any]] = [
        ("audience", Band.AGES_0_5, _("Little ones")),
        ("audience", Band.AGES_6_11, _("Children")),
        ("audience", Band.AGES_12_18, _("Young people")),
        ("audience", Band.ADULTS, _("Adults")),
        *[("time", name, str(label).split(" (")[0].capitalize()) for name, label in times()],
        ("online", "on", _("Online")),
        ("free", "on", _("Free")),
    ]
    return [
        {
            "label": label,
            "is_on": get.get(name) == value,
            "url": found.listing.address(**{name: "" if get.get(name) == value else value}),
        }
        for name, value, label in asked
    ]
