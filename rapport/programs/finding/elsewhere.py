"""The calendar in other places: on another website, and on a screen in the entrance."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_bidi

from rapport.people.guards import anyone

from .calendar import Calendar
from .cards import by_day
from .feeds import in_words

ON_A_SCREEN = 6  # dates that can be read from across a room
PARTS = 5
SECONDS = 15
_SCRIPT = "programs/js/whats-on.js"


@anyone
@in_words
def screen(request: HttpRequest) -> HttpResponseBase:
    """A part of what comes next; the page asks for the following part by itself, without a script."""
    found = Calendar(request)
    text = request.GET.get("part", "1")
    part = int(text) if text.isdecimal() and 0 < int(text[:3]) <= PARTS else 1
    page = found.page(timezone.now(), part, ON_A_SCREEN)
    following = 1 if page.is_last or part == PARTS else part + 1
    theme = request.GET.get("theme", "")
    shown: dict[str, Any] = {
        "days": by_day(page.cards),
        "theme": theme if theme in {"light", "dark"} else "",
        "page_language": translation.get_language(),
        "page_dir": "rtl" if get_language_bidi() else "ltr",
        "now": timezone.localtime(),
        "parts": part if page.is_last else max(part, 2),
        "part": part,
    }
    answer = render(request, "programs/finding/screen.html", shown)
    answer["Refresh"] = f"{SECONDS}; url={found.listing.address(part=following)}"
    return answer


@anyone
def elsewhere(request: HttpRequest) -> HttpResponse:
    """How to show it on another website, on a screen, or in another program."""
    found = Calendar(request)
    query, home = found.listing.address(day="", page="")[1:], settings.HOUSE.address
    lang = translation.get_language()
    tail = f"?{query}" if query else ""
    page = {
        "listing": found.listing,
        "chips": found.listing.chips(),
        "script": home + reverse("programs:embed"),
        "address": f"{home}{reverse('programs:calendar')}{tail}",
        "json_url": f"{home}{reverse('programs:feed-json')}{tail}",
        "ics_url": f"{home}{reverse('programs:feed-ics')}{tail}",
        "rss_url": f"{home}{reverse('programs:feed-rss')}{tail}",
        "screen_url": f"{home}{reverse('programs:screen')}?{query}&lang={lang}".replace("?&", "?"),
        "lang": lang,
    }
    return render(request, "programs/finding/elsewhere.html", page)


@anyone
def embed(request: HttpRequest) -> HttpResponse:
    """The script of the element `whats-on`, under an address that stays."""
    words, tag = _script()
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(words, content_type="text/javascript; charset=utf-8")
    response["ETag"], response["Cache-Control"] = tag, "max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@lru_cache(maxsize=1)
def _script() -> tuple[bytes, str]:
    file = finders.find(_SCRIPT)
    path = Path(str(file)) if file else Path(__file__).parents[1] / "static" / _SCRIPT
    words = path.read_bytes()
    return words, f'"{hashlib.sha256(words).hexdigest()[:32]}"'
