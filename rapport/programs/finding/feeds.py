"""What others may take of the calendar: for each filter an iCalendar, an RSS and a JSON address, always up to date."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from rapport.people.guards import anyone
from rapport.programs.models import Access, Session

from .calendar import FARTHEST, Calendar
from .cards import places_left
from .filters import Rows
from .ics import calendar_of
from .saved import keys_from

BEHIND = timedelta(days=30)
MOST = 400
Feed = Callable[[HttpRequest], HttpResponseBase]


def in_words(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`?lang=es` says in which language a feed speaks: whoever fetches it has no cookie."""

    @wraps(view)
    def said(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("lang", "")
        language = asked if asked in settings.HOUSE.languages else translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return said


def asked_for(request: HttpRequest) -> Rows:
    """The dates of a feed: what fits its address, or those that it names one by one (`s=12.15`)."""
    rows = Session.objects.public()
    if keys := keys_from(request.GET.get("s", "")):
        rows = rows.filter(pk__in=keys)
    return Calendar(request, rows).rows


def lately(rows: Rows) -> Rows:
    """From a month ago on, so that what has just been does not vanish from anybody's calendar."""
    now = timezone.now()
    return rows.filter(starts_at__gte=now - BEHIND, starts_at__lt=now + timedelta(days=FARTHEST))


def unless_known(request: HttpRequest, rows: Rows, make: Callable[[Rows], HttpResponse]) -> HttpResponse:
    """Says 304 to whoever has it already, for the price of one count."""
    bounds = rows.order_by("starts_at", "pk")[:MOST]
    facts = Session.objects.filter(pk__in=bounds.values("pk")).aggregate(
        n=Count("pk"), keys=Sum("pk"), at=Max("changed_at"), taken=Sum("seating__taken"), wait=Sum("seating__waiting")
    )
    said = [request.path, request.GET.urlencode(), translation.get_language(), *facts.values()]
    said.append(timezone.localdate())
    tag = f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = make(rows.select_related("program", "branch", "space", "cancellation", "seating"))
        if facts["at"]:
            response["Last-Modified"] = f"{facts['at']:%a, %d %b %Y %H:%M:%S} GMT"
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    return response


@anyone
@in_words
def ics(request: HttpRequest) -> HttpResponse:
    return unless_known(request, lately(asked_for(request)), lambda rows: ics_response(rows, _name()))


def ics_response(rows: Iterable[Session], name: str) -> HttpResponse:
    found = rows[:MOST] if hasattr(rows, "query") else rows  # type: ignore[index]
    response = HttpResponse(calendar_of(found, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="whats-on.ics"'
    return response


@anyone
@in_words
def session_ics(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Session.objects.public().select_related("program", "branch", "space", "cancellation")
    found = get_object_or_404(rows, pk=pk)
    return ics_response([found], str(found))


def _name() -> str:
    return _("What is on: %(library)s") % {"library": settings.HOUSE.library}


@anyone
@in_words
def rss(request: HttpRequest) -> HttpResponse:
    return unless_known(request, Calendar(request).onwards(timezone.now()), lambda rows: _rss(request, rows[:100]))


def _rss(request: HttpRequest, rows: Rows) -> HttpResponse:
    home = settings.HOUSE.address
    feed = Rss201rev2Feed(
        title=_name(),
        link=home + reverse("programs:calendar"),
        description=str(settings.HOUSE.tagline or _name()),
        language=translation.get_language(),
        feed_url=home + request.get_full_path(),
    )
    for one in rows:
        when = f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M}"
        off = _("Does not take place.") + " " if one.called_off else ""
        feed.add_item(
            title=f"{when} · {off}{one}",
            link=home + one.get_absolute_url(),
            description=f"{one.where}. {one.about or one.program.about}",
            unique_id=home + one.get_absolute_url(),
            pubdate=one.changed_at,
            categories=[str(one.get_audience_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@anyone
@in_words
def as_json(request: HttpRequest) -> HttpResponse:
    """See docs/calendar-feeds.md. The only address that another website may read in its visitors' browsers."""
    size = _number(request.GET.get("limit"), 50, 200)
    rows = Calendar(request).onwards(timezone.now())
    response = unless_known(request, rows, lambda found: _json(request, found[:size]))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _number(text: str | None, usual: int, most: int) -> int:
    return min(max(1, int(text)), most) if text and text.isdecimal() and len(text) < 6 else usual


def _json(request: HttpRequest, rows: Rows) -> HttpResponse:
    home = settings.HOUSE.address
    query = request.GET.copy()
    for name in ("limit", "lang"):
        query.pop(name, None)
    said = {
        "version": 1,
        "library": settings.HOUSE.library,
        "language": translation.get_language(),
        "url": f"{home}{reverse('programs:calendar')}?{query.urlencode()}".rstrip("?"),
        "sessions": [as_value(one) for one in rows],
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json")


def as_value(one: Session) -> dict[str, Any]:
    off = one.called_off
    return {
        "id": one.pk,
        "url": settings.HOUSE.address + one.get_absolute_url(),
        "title": str(one),
        "about": str(one.about or one.program.about),
        "starts": timezone.localtime(one.starts_at).isoformat(),
        "ends": timezone.localtime(one.ends_at).isoformat(),
        "status": "cancelled" if off else "planned",
        "why": off.why if off else "",
        "where": one.where,
        "branch": one.branch.slug if one.branch else None,
        "address": one.branch.address if one.branch else one.place,
        "setting": one.setting,
        "online_too": one.is_hybrid,
        "audience": one.audience,
        "audience_words": str(one.get_audience_display()),
        "language": one.language,
        "access": one.access,
        "access_words": [str(Access(code).label) for code in one.access if code in Access.values],
        "cost": str(one.cost),
        "free": not one.cost,
        "places": places_left(one)[0],
        "changed": one.changed_at.isoformat(),
    }
