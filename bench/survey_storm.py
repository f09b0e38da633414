"""Many people answer a survey at once, through real HTTP: nothing is lost, nothing twice, no quota is passed, no 500.

    python bench/survey_storm.py             300 people for 30 s on a PostgreSQL of its own, then 50 on SQLite
    python bench/survey_storm.py 10          the same for 10 s each

Each opens the survey, begins, answers two pages, looks them over and sends them, again and again; every fifth presses
"send" twice. Two quotas fill up on the way. Prints answers a second and how long a page takes; exits 1 when missed.
"""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from _ground import ROOT, free_port, fresh_house, wait_for

sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
HIDDEN_QUESTION = re.compile(r"<fieldset[^>]* disabled.*?</fieldset>", re.DOTALL)
PLACES = {"never": 40, "rarely": 60}  # so few that both quotas fill up
CODES = {200, 302}


@dataclass
class Tally:
    thanked: set[str] = field(default_factory=set)
    refused: int = 0
    seconds: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """One browser without cookies, with an address of its own, as the proxy would report it."""

    def __init__(self, port: int, number: int, tally: Tally) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"X-Forwarded-For": f"10.{number // 250}.{number % 250}.1"}
        self.tally = tally
        self.url, self.page = "", ""

    def ask(self, url: str, fields: list[tuple[str, str]] | None = None) -> None:
        """Go there and follow where it leads."""
        while url:
            self.url, start = urlsplit(url).path, time.monotonic()
            headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"} if fields else self.headers
            self.line.request("POST" if fields else "GET", url, urlencode(fields) if fields else None, headers)
            answer = self.line.getresponse()
            self.page = answer.read().decode()
            with self.tally.lock:
                self.tally.codes[answer.status] += 1
                self.tally.seconds.append(time.monotonic() - start)
            url, fields = (answer.getheader("Location") or "").partition("#")[0], None

    def press(self, url: str = "", **answers: str) -> None:
        sent = HIDDEN.findall(HIDDEN_QUESTION.sub("", self.page))
        self.ask(url or self.url, [(name, unescape(value)) for name, value in sent] + list(answers.items()))

    def answer(self, slug: str, words: str, visits: str, *, twice: bool) -> None:
        self.ask(f"/surveys/{slug}/")
        self.press()
        self.press(visits=visits)
        if self._is_refused():
            return
        self.press(wish=words)
        if self._is_refused():
            return
        page, send = self.page, self.url.replace("review", "response")
        for _time in range(2 if twice else 1):
            self.page = page
            self.press(send)
            if self._is_refused():
                return
        with self.tally.lock:
            if "/thanks/" in self.url:
                self.tally.thanked.add(words)
            else:
                self.tally.broken[self.url.split("/")[1]] += 1

    def _is_refused(self) -> bool:
        is_full = "We have enough answers like yours" in self.page
        if is_full:
            with self.tally.lock:
                self.tally.refused += 1
        return is_full


def storm(people: int, seconds: int, address: str) -> int:
    """In a process of its own, so that each begins with its own settings."""
    os.environ.update(DATABASE_URL=address, RAPPORT_PROXIES="1", RAPPORT_WORKERS="2")
    fresh_house()
    slug = _survey()
    port = free_port()
    settings = {**os.environ, "RAPPORT_PORT": str(port)}
    command = [sys.executable, "-m", "rapport", "serve"]
    quiet = subprocess.DEVNULL  # a line in the log for each request
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=quiet, stderr=quiet) as server:
        try:
            wait_for(port)
            tally, took = _blow(port, people, seconds, slug)
        finally:
            server.terminate()
    return _told(tally, people, took)


def _survey() -> str:
    from rapport.surveys.methods import Comparison, Test, condition_as_json
    from rapport.surveys.models import Survey
    from rapport.surveys.tests.garden import garden_questions

    questions = garden_questions()
    questions.pages[0].questions[1].when = Test("visits", Comparison.EQUAL, "no one")
    survey = Survey.objects.begin(questions, by=None)
    survey.open(by=None)
    for visits, places in PLACES.items():
        when = condition_as_json(Test("visits", Comparison.EQUAL, visits))
        survey.quotas.create(name=visits, when=when, places=places)
    return survey.slug


def _blow(port: int, people: int, seconds: int, slug: str) -> tuple[Tally, float]:
    tally, begun = Tally(), time.monotonic()
    until = begun + seconds

    def live(number: int) -> None:
        person, turn = Person(port, number, tally), 0
        while time.monotonic() < until:
            turn += 1
            visits = ("weekly", "never", "rarely", "weekly")[(number + turn) % 4]
            try:
                person.answer(slug, f"Wish {number}.{turn}", visits, twice=turn % 5 == 0)
            except (OSError, http.client.HTTPException) as problem:
                with tally.lock:
                    tally.broken[type(problem).__name__] += 1
                person.line.close()

    threads = [threading.Thread(target=live, args=[number]) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally, time.monotonic() - begun


def _told(tally: Tally, people: int, took: float) -> int:
    from django.db import connection

    from rapport.surveys.models import Quota, Response

    kept = Counter(row.get("wish", "") for row in Response.objects.values_list("answers", flat=True))
    lost, twice = tally.thanked - set(kept), [words for words, times in kept.items() if times > 1]
    quotas: list[Any] = list(Quota.objects.all())
    counted = Counter(Response.objects.values_list("answers__visits", flat=True))
    passed = [str(one) for one in quotas if one.taken > one.places or counted[str(one.name)] != one.taken]
    p50, p95 = statistics.median(tally.seconds), statistics.quantiles(tally.seconds, n=20)[-1]
    errors = sum(n for code, n in tally.codes.items() if code not in CODES)
    asked, per_second = len(tally.seconds), len(kept) / took
    print(f"{connection.vendor}: {people} people, {took:.0f} s, {asked:,} requests; codes {dict(tally.codes)}")
    print(f"  {len(kept):,} answers taken, {per_second:.1f} a second; {tally.refused:,} told that a quota is full")
    print(f"  a request: half within {p50 * 1000:.0f} ms, 95 % within {p95 * 1000:.0f} ms")
    print(f"  {len(lost)} lost, {len(twice)} twice, {errors} errors, {dict(tally.broken)}, quotas passed: {passed}")
    print(f"  quotas: {', '.join(f'{one} {one.taken}/{one.places}' for one in quotas)}")
    return 1 if lost or twice or passed or errors or tally.broken or not kept else 0


def main() -> int:
    from house.postgres import private_server, server_binaries

    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    missed = 0
    binaries = server_binaries()
    if binaries:
        with private_server(binaries) as address:
            _make_database(address)
            missed |= _in_a_process(300, seconds, address)
    else:
        print("PostgreSQL is not on this machine: only SQLite was measured")
    return missed | _in_a_process(50, seconds, "")


def _make_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE rapport")


def _in_a_process(people: int, seconds: int, address: str) -> int:
    command = [sys.executable, __file__, "--storm", str(people), str(seconds), address]
    with subprocess.Popen(command, cwd=ROOT) as storming:
        try:
            return storming.wait()
        finally:
            storming.terminate()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # so that whatever it started is stopped with it
    if sys.argv[1:2] == ["--storm"]:
        sys.exit(storm(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
    sys.exit(main())
