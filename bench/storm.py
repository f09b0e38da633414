"""50 people press "tell us" at once for 20 seconds, through real HTTP, on SQLite: none lost, none twice, no error.

    python bench/storm.py

Each opens the form, fills it in and sends it, again and again; every fifth presses twice. Exits 1 if a voice is lost or
kept twice, or if any answer is a 500.
"""

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from _ground import ROOT, branches, free_port, fresh_house, wait_for

PEOPLE = 50
SECONDS = 20


class Form(HTMLParser):
    """What a browser would send of the form that has a field `words`: hidden fields and the first of each choice."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.forms.append({})
        name, kind = told.get("name"), told.get("type", "text")
        if name and self.forms and (tag == "textarea" or (tag == "input" and kind in {"hidden", "radio", "text"})):
            self.forms[-1].setdefault(name, told.get("value") or "")

    @classmethod
    def of(cls, page: str) -> dict[str, str]:
        reader = cls()
        reader.feed(page)
        return next(fields for fields in reader.forms if "words" in fields)


@dataclass
class Tally:
    sent: set[str] = field(default_factory=set)
    taken: list[float] = field(default_factory=list)
    codes: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, words: str, code: int, seconds: float) -> None:
        with self.lock:
            self.codes[code] = self.codes.get(code, 0) + 1
            self.taken.append(seconds)
            if code in {200, 302}:
                self.sent.add(words)


def main() -> int:
    fresh_house()
    branches()
    port = free_port()
    settings = {**os.environ, "RAPPORT_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "rapport", "serve", "--with-worker"], cwd=ROOT, env=settings
    ) as server:
        try:
            wait_for(port)
            tally = _storm(port)
        finally:
            server.terminate()
    return _told(tally)


def _storm(port: int) -> Tally:
    tally, until = Tally(), time.monotonic() + SECONDS
    people = [threading.Thread(target=_person, args=(port, number, until, tally)) for number in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return tally


def _person(port: int, number: int, until: float, tally: Tally) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    turn = 0
    while time.monotonic() < until:
        turn += 1
        words = f"Neighbour {number} would like a bench outside, said for the {turn}. time"
        fields, cookie = _open(line)
        fields |= {"words": words, "kind": "suggestion"}
        for _ in range(2 if turn % 5 == 0 else 1):
            start = time.monotonic()
            code = _send(line, fields, cookie)
            tally.note(words, code, time.monotonic() - start)
    line.close()


def _open(line: http.client.HTTPConnection) -> tuple[dict[str, str], str]:
    line.request("GET", "/tell/")
    answer = line.getresponse()
    page = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    return Form.of(page), cookie


def _send(line: http.client.HTTPConnection, fields: dict[str, str], cookie: str) -> int:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    line.request("POST", "/tell/", urlencode(fields), headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


def _told(tally: Tally) -> int:
    from collections import Counter

    from rapport.listening.models import Voice

    kept = Counter(Voice.objects.values_list("words", flat=True))
    lost = tally.sent - set(kept)
    twice = [words for words, times in kept.items() if times > 1]
    errors = sum(times for code, times in tally.codes.items() if code >= 500)
    p95 = statistics.quantiles(tally.taken, n=20)[-1] if len(tally.taken) > 1 else 0
    print(f"{len(tally.taken):,} times sent by {PEOPLE} people in {SECONDS} s; answers: {tally.codes}")
    print(f"{len(tally.sent):,} voices told, {len(lost)} lost, {len(twice)} twice, {errors} errors")
    print(f"half within {statistics.median(tally.taken) * 1000:.0f} ms, 95 % within {p95 * 1000:.0f} ms")
    return 1 if lost or twice or errors or not tally.sent or set(tally.codes) - {200, 302} else 0


if __name__ == "__main__":
    sys.exit(main())
