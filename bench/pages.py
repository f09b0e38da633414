"""Public home, "tell us", inbox and trace pages with 1,000 and with 100,000 voices: queries and server time.

    python bench/pages.py

Exits 1 if one of the pages that people open most takes more than 12 queries or 60 ms in the median, if another
takes more than 24 queries or 100 ms, or if any takes more queries with more voices.
"""

import statistics
import sys
import time
from typing import Any

from _ground import add_voices, fresh_house

SIZES = [1_000, 100_000]
MOST = (12, 60.0)  # queries, milliseconds
MOST_OF_OTHERS = (24, 100.0)
OTHERS = {"voices", "a voice at the desk", "today"}
TIMES = 15


def main() -> int:
    fresh_house()
    found: dict[str, list[tuple[int, float]]] = {}
    so_far = 0
    for size in SIZES:
        keys = add_voices(size - so_far)
        so_far = size
        for name, path, who in _pages(keys):
            found.setdefault(name, []).append(_measure(path, who))
    missed = [name for name, seen in found.items() if _is_missed(name, seen)]
    print(f"{'page':24}" + "".join(f"{f'{size:,} voices':>26}" for size in SIZES))
    for name, seen in found.items():
        figures = "".join(f"{f'{queries} queries {ms:6.1f} ms':>26}" for queries, ms in seen)
        print(f"{name:24}{figures}{'   MISSED' if name in missed else ''}")
    return 1 if missed else 0


def _pages(keys: list[int]) -> list[tuple[str, str, Any]]:
    """A tenth of the voices hang on one need, so that its trace is as long as it gets."""
    from rapport.insight.models import Need, NeedKind, Theme
    from rapport.listening.models import Voice
    from rapport.people.models import Person, Role

    mona, is_new = Person.objects.get_or_create(email="mona@example.org", defaults={"name": "Mona"})
    if is_new:
        mona.appoint(Role.MANAGER, by=None)
    theme = Theme.objects.confirm("A quiet garden", keys[: len(keys) // 10], by=mona)
    need = Need.objects.take_up("A place to read outdoors", kind=NeedKind.NEED, by=mona, themes=[theme])
    voice = Voice.objects.get(pk=keys[0])
    return [
        ("public home", "/", None),
        ("tell us", "/tell/", None),
        ("voices", "/voices/", None),
        ("inbox", "/desk/voices/", mona),
        ("a voice at the desk", f"/desk/voices/{voice.pk}/", mona),
        ("today", "/desk/", mona),
        ("trace of a voice", voice.get_absolute_url(), None),
        ("trace of a need", need.get_absolute_url(), None),
        ("trace of a loop", need.loop.get_absolute_url(), None),
    ]


def _measure(path: str, who: Any) -> tuple[int, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    if who:
        client.force_login(who)
    _open(client, path)
    with CaptureQueriesContext(connection) as queries:
        _open(client, path)
    return len(queries), statistics.median(_open(client, path) for _ in range(TIMES))


def _open(client: Any, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    return taken


def _is_missed(name: str, seen: list[tuple[int, float]]) -> bool:
    most_queries, most_ms = MOST_OF_OTHERS if name in OTHERS else MOST
    queries = {count for count, _ms in seen}
    return len(queries) > 1 or max(queries) > most_queries or max(ms for _count, ms in seen) > most_ms


if __name__ == "__main__":
    sys.exit(main())
