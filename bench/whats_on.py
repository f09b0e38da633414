"""The calendar with 200,000 sessions: server time and queries of each page, and an empty page with the same template.

    python bench/whats_on.py              200,000 sessions in 24 branches, on SQLite
    python bench/whats_on.py 20000        fewer

Dates lie over three and a half years behind and half a year ahead: some 137 on each day. A page's time is the processor
time of its thread from request to answer, through every middleware, in the median of some turns, so that a busy machine
does not change it much. The empty page is a bare view that renders the calendar's own template, with its tabs, filters
and month but no date in it, and asks the database nothing; the bare frame leaves out the tabs and filters too. All are
asked in turns in the same run. Exits 1 if a page takes more than 60 ms, if it takes more queries than with a tenth of
the sessions, or if the list is served less than half as often a second as the empty page.
"""

import random
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from _ground import fresh_house

MOST_MS = 60.0
LEAST_SHARE = 0.5
TURNS = 15
BEHIND, AHEAD, BRANCHES, PROGRAMS = 1277, 183, 24, 3000
WORDS = ["Storytime", "Chess", "Film", "Code", "Knitting", "Poetry", "Tax help", "Gardening"]
PAGES = {
    "list": "/whats-on/",
    "list, in a year": "/whats-on/?day={later}",
    "list by audience": "/whats-on/?audience=0-5",
    "list by branch and language": "/whats-on/?branch={branch}&language=ar",
    "list after work": "/whats-on/?time=after-work",
    "list, weekend with captions": "/whats-on/?time=weekend&access=captions",
    "list online and free": "/whats-on/?online=on&free=on",
    "list that says chess": "/whats-on/?q=chess",
    "list that says what is nowhere": "/whats-on/?q=zeppelin",
    "week": "/whats-on/week/",
    "month": "/whats-on/month/",
    "month by audience, weekend": "/whats-on/month/?audience=0-5&time=weekend",
    "branches": "/whats-on/branches/",
    "print guide of a branch": "/whats-on/print/?branch={branch}",
    "screen": "/whats-on/screen/",
    "a session": "/sessions/{session}/",
    "JSON": "/whats-on/feed.json",
    "iCalendar, unchanged": "/whats-on/feed.ics?branch={branch}",
}


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    fresh_house()
    found: dict[str, list[tuple[int, float]]] = {}
    world = None
    for wanted in (size // 10, size):
        world = add_sessions(wanted - (size // 10 if world else 0), world)
        for name, path in PAGES.items():
            found.setdefault(name, []).append(measure(path.format(**world["about"]), name))
    full, empty, frame = beside_an_empty_page()
    missed = [name for name, seen in found.items() if _is_missed(seen)]
    _told(size, found, missed)
    print(f"\nlist {full:,.0f} a second, empty page with the same template {empty:,.0f}: {full / empty:.0%}")
    print(f"(the bare frame of that template, without tabs and filters: {frame:,.0f}, {full / frame:.0%})")
    return 1 if missed or full / empty < LEAST_SHARE else 0


def add_sessions(how_many: int, world: Any) -> Any:
    from django.db import connection
    from django.utils import timezone

    from rapport.people.models import Person
    from rapport.places.models import Branch
    from rapport.programs.models import Access, Program, Session

    dice, now = random.Random(how_many), timezone.now()
    if world is None:
        ben = Person.objects.create_user("ben@example.org", name="Ben")
        rows = [Branch(slug=f"b{n}", name={"en": f"Branch {n}"}, order=n) for n in range(BRANCHES)]
        branches = Branch.objects.bulk_create(rows)
        drafts = [
            Program(
                title={"en": f"{dice.choice(WORDS)} {n}", "es": f"Programa {n}"}, answers_none=True, published_at=now,
                by=ben, about={"en": "Come and see, bring whom you like. " * 6},
            )
            for n in range(PROGRAMS)
        ]  # fmt: skip
        world = {"branches": branches, "programs": Program.objects.bulk_create(drafts, batch_size=500)}
    aids = [str(one) for one in Access]
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = []
    for _number in range(how_many):
        start = midnight + timedelta(days=dice.randrange(-BEHIND, AHEAD), minutes=15 * dice.randrange(36, 80))
        rows.append(
            Session(
                program=dice.choice(world["programs"]), branch=dice.choice(world["branches"]),
                starts_at=start, ends_at=start + timedelta(hours=1), language=dice.choice(["en", "en", "es", "ar"]),
                audience=dice.choice(["0-5", "6-11", "12-18", "19+", "general"]), access=dice.sample(aids, 2),
                setting="virtual" if dice.random() < 0.05 else "onsite",
            )
        )  # fmt: skip
    Session.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    session = Session.objects.filter(starts_at__gt=now + timedelta(days=5)).first()
    later = f"{now + timedelta(days=365):%Y-%m-%d}"
    world["about"] = {"branch": world["branches"][3].pk, "session": session.pk if session else 0, "later": later}
    return world


def measure(path: str, name: str) -> tuple[int, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    if "unchanged" in name:
        client.defaults["HTTP_IF_NONE_MATCH"] = client.get(path)["ETag"]
    expected = 304 if "unchanged" in name else 200
    _open(client, path, expected)
    with CaptureQueriesContext(connection) as queries:
        _open(client, path, expected)
    count = len(queries)
    return count, statistics.median(_open(client, path, expected) for _ in range(TURNS))


def _open(client: Any, path: str, expected: int = 200) -> float:
    start = time.thread_time()
    answer = client.get(path)
    taken = (time.thread_time() - start) * 1000
    if answer.status_code != expected:
        sys.exit(f"{path} answered {answer.status_code}")
    return taken


def beside_an_empty_page() -> tuple[float, float, float]:
    """How often a second one thread serves the list, the empty page and the bare frame, asked in turns."""
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import render
    from django.test import Client, RequestFactory
    from django.urls import path

    from rapport import urls
    from rapport.programs import agenda
    from rapport.programs.finding import views
    from rapport.programs.finding.calendar import Calendar

    found = Calendar(RequestFactory().get("/whats-on/"))
    furniture = {
        "listing": found.listing, "tabs": views.tabs(found, "calendar"), "quick": views.quick(found),
        "chosen": agenda.day_from(None), "is_today": True,
    }  # fmt: skip

    def empty(request: HttpRequest) -> HttpResponse:
        page = {**furniture, "month": agenda.month_of(agenda.day_from(None))}
        return render(request, "programs/finding/calendar.html", page)

    def frame(request: HttpRequest) -> HttpResponse:
        month = agenda.month_of(agenda.day_from(None))
        return render(request, "programs/finding/calendar.html", {"month": month, "chosen": month.first})

    urls.urlpatterns += [path("empty/", empty), path("frame/", frame)]
    client = Client(HTTP_HOST="localhost")
    spent: dict[str, list[float]] = {"/whats-on/": [], "/empty/": [], "/frame/": []}
    for turn in range(4 * TURNS):
        for address, times in spent.items():
            taken = _open(client, address)
            if turn:
                times.append(taken)
    full, bare, least = (1000 / statistics.median(times) for times in spent.values())
    return full, bare, least


def _is_missed(seen: list[tuple[int, float]]) -> bool:
    return len({count for count, _ms in seen}) > 1 or seen[-1][1] > MOST_MS


def _told(size: int, found: dict[str, list[tuple[int, float]]], missed: list[str]) -> None:
    print(f"{'page':34}" + "".join(f"{f'{n:,} sessions':>24}" for n in (size // 10, size)))
    for name, seen in found.items():
        figures = "".join(f"{f'{queries} queries {ms:6.1f} ms':>24}" for queries, ms in seen)
        print(f"{name:34}{figures}{'   MISSED' if name in missed else ''}")


if __name__ == "__main__":
    sys.exit(main())
