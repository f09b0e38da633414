"""200 votes a second on an opinion map, through real HTTP on PostgreSQL: none lost, none twice, the next one at once.

    python bench/vote_storm.py               200 votes a second for 60 s on a PostgreSQL of its own
    python bench/vote_storm.py 10 100        for 10 s, and 100 a second

The service's own server (`rapport serve --with-worker`, two workers) and the people share the machine. Votes come by
the clock, however slow the answers are, and an answer's time counts from the moment at which its vote was due. Each
person opens the page, votes on one statement after the other as the answers show them, and every tenth press is
doubled. The worker draws the map meanwhile. Exits 1 when a vote is lost or stands twice, when somebody is shown a
statement again, or when a bound is missed.
"""

import os
import queue
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from _ground import ROOT, free_port, fresh_house, wait_for

sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
SECONDS, A_SECOND = 60, 200
STATEMENTS, EACH = 60, 24
HANDS = 48  # connections that are held at the same time
MOST_MS = 100.0
COOKIE = re.compile(r"(?im)^set-cookie: *([^=]+)=([^;\r]*)")
LENGTH = re.compile(r"(?i)content-length: (\d+)")
FIELD = re.compile(r'name="(statement|first)" value="([^"]*)"')


@dataclass
class Person:
    """One browser: its cookies, its address as the proxy would report it, and the statement that it is shown."""

    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    said: dict[int, int] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "X-Forwarded-For": f"10.{self.number // 250}.{self.number % 250}.1",
            "Cookie": cookies,
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def read(self, answer: "Answer") -> None:
        self.cookies.update(COOKIE.findall(answer.head))
        self.shown = dict(FIELD.findall(answer.page))


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    page: str


class Line:
    """A connection that is kept. It reads just what a storm needs, as the people share two cores with the service."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, method: str, path: str, headers: dict[str, str], sent: str = "") -> Answer:
        """Raises OSError."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{lines}Content-Length: {len(sent)}\r\n\r\n"
        self.socket.sendall((head + sent).encode())
        return self._answer(self.socket)

    def _answer(self, line: socket.socket) -> Answer:
        seen = b""
        while (end := seen.find(b"\r\n\r\n")) < 0:
            seen += self._more(line)
        head = seen[:end].decode("latin-1")
        wanted = end + 4 + int(LENGTH.search(head)[1])  # type: ignore[index] - whoever keeps a line says how much comes
        while len(seen) < wanted:
            seen += self._more(line)
        return Answer(int(head[9:12]), head, seen[end + 4 :].decode())

    @staticmethod
    def _more(line: socket.socket) -> bytes:
        got = line.recv(65_536)
        if not got:
            raise ConnectionError("the server hung up")
        return got

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


@dataclass
class Tally:
    seconds: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    again: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    people: list[Person] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Storm:
    def __init__(self, port: int, path: str, seconds: int, a_second: int) -> None:
        self.port, self.path, self.tally = port, path, Tally()
        self.seconds, self.a_second = seconds, a_second
        self.ready: queue.SimpleQueue[Person] = queue.SimpleQueue()
        self.due = iter(range(seconds * a_second))
        self.begun = 0.0

    def blow(self) -> float:
        """Everybody opens the page first; then the votes fall due, one after the other."""
        crowd = -(-self.seconds * self.a_second // EACH) + HANDS
        self.tally.people = [Person(number) for number in range(crowd)]
        self._with_hands(self._open, [self.tally.people[at::HANDS] for at in range(HANDS)])
        for person in self.tally.people:
            self.ready.put(person)
        self.begun = time.monotonic() + 0.5
        self._with_hands(self._vote, [[] for _hand in range(HANDS)])
        return time.monotonic() - self.begun

    def _with_hands(self, work: "threading.Thread | object", shares: list[list[Person]]) -> None:
        hands = [threading.Thread(target=work, args=[share]) for share in shares]  # type: ignore[arg-type]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def _open(self, people: list[Person]) -> None:
        line = Line(self.port)
        for person in people:
            person.read(line.ask("GET", self.path, person.headers))
        line.close()

    def _vote(self, _nobody: list[Person]) -> None:
        line = Line(self.port)
        while True:
            with self.tally.lock:
                turn = next(self.due, None)
            if turn is None:
                break
            due = self.begun + turn / self.a_second
            time.sleep(max(0.0, due - time.monotonic()))
            person = self.ready.get()
            try:
                self._press(line, person, due, twice=turn % 10 == 0)
            except (OSError, KeyError) as problem:
                with self.tally.lock:
                    self.tally.broken[type(problem).__name__] += 1
                line.close()
            if len(person.said) < EACH:
                self.ready.put(person)
        line.close()

    def _press(self, line: Line, person: Person, due: float, *, twice: bool) -> None:
        statement, vote = int(person.shown["statement"]), (person.number + len(person.said)) % 3 - 1
        is_again = statement in person.said
        sent = urlencode({"statement": statement, "first": person.shown["first"], "vote": vote})
        began = time.monotonic()
        headers = person.headers | {"HX-Request": "true"}
        answer = line.ask("POST", f"{self.path}votes/", headers, sent)
        person.read(answer)
        done = time.monotonic()
        if answer.status == 200:
            person.said[statement] = vote
        with self.tally.lock:
            self.tally.codes[answer.status] += 1
            self.tally.seconds.append(done - due)
            self.tally.waited.append(done - began)
            self.tally.again += is_again
        if twice:
            person.read(line.ask("POST", f"{self.path}votes/", headers, sent))


def storm(seconds: int, a_second: int, address: str) -> int:
    """In a process of its own, so that it begins with its own settings."""
    os.environ.update(DATABASE_URL=address, RAPPORT_PROXIES="1", RAPPORT_WORKERS="2")
    fresh_house()
    path = _conversation()
    port = free_port()
    settings = {**os.environ, "RAPPORT_PORT": str(port)}
    command, quiet = [sys.executable, "-m", "rapport", "serve", "--with-worker"], subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=quiet, stderr=quiet) as server:
        try:
            wait_for(port)
            blowing = Storm(port, path, seconds, a_second)
            took = blowing.blow()
            drawn = _seen_on_the_map()
        finally:
            server.terminate()
    return _told(blowing, took, drawn)


def _conversation() -> str:
    from datetime import timedelta

    from django.utils import timezone

    from rapport.deciding.models import Conversation, PhaseKind, Process, Promise
    from rapport.people.models import Person as Account

    ben = Account.objects.create_user("ben@example.org", name="Ben")
    asked = {"promise": Promise.CONSULT, "by_when": timezone.localdate(), "decider": {"en": "The board"}}
    process = Process.objects.prepare("What should evenings be like?", by=ben, decision=asked)
    process.open(by=ben)
    now = timezone.now()
    opens, closes = now - timedelta(days=1), now + timedelta(days=1)
    phase = process.phases.create(kind=PhaseKind.SHAPE, opens_at=opens, closes_at=closes)
    said = [f"It should be like this, and number {number} of it" for number in range(STATEMENTS)]
    return Conversation.objects.begin(phase, "Evenings", by=ben, statements=said).get_absolute_url()


def _seen_on_the_map() -> float:
    """How long after the last vote the map shows it, in seconds."""
    from rapport.deciding.models import MapDrawing, OpinionVote

    began, votes = time.monotonic(), OpinionVote.objects.count()
    while time.monotonic() - began < 30:
        drawing = MapDrawing.objects.first()
        if drawing and drawing.votes == votes:
            break
        time.sleep(0.1)
    return time.monotonic() - began


def _told(blown: Storm, took: float, drawn: float) -> int:
    from rapport.deciding.models import OpinionVote, Participant

    tally, people = blown.tally, len([one for one in blown.tally.people if one.said])
    sent = Counter((statement, vote) for one in tally.people for statement, vote in one.said.items())
    kept = Counter(OpinionVote.objects.values_list("statement_id", "vote"))
    rows, wanted = sum(kept.values()), blown.seconds * blown.a_second
    lost, twice = sum((sent - kept).values()), sum((kept - sent).values())
    p50, p95 = statistics.median(tally.seconds), statistics.quantiles(tally.seconds, n=20)[-1]
    alone = statistics.median(tally.waited)
    errors = sum(n for code, n in tally.codes.items() if code != 200)
    print(f"{people} people, {took:.1f} s: {len(tally.seconds):,} votes, {len(tally.seconds) / took:.1f} a second")
    print(f"  codes {dict(tally.codes)}, {dict(tally.broken)}; {Participant.objects.count()} participants")
    print(f"  {rows:,} kept, {lost} lost, {twice} twice; {tally.again} times somebody was shown a statement again")
    print(f"  the next statement, from when its vote was due: half within {p50 * 1000:.0f} ms (bound {MOST_MS:.0f}), "
          f"95 % within {p95 * 1000:.0f} ms; the answer alone: half within {alone * 1000:.0f} ms")  # fmt: skip
    print(f"  the last vote was on the map after {drawn:.1f} s (bound 5)")
    is_slow = p50 * 1000 > MOST_MS or took > blown.seconds * 1.05 + 1 or drawn > 5
    return 1 if lost or twice or errors or tally.broken or tally.again or is_slow or rows != wanted else 0


def main() -> int:
    from house.postgres import private_server, server_binaries

    given = [int(one) for one in sys.argv[1:3]]
    seconds, a_second = (given + [SECONDS, A_SECOND][len(given) :])[:2]
    binaries = server_binaries()
    if not binaries:
        print("PostgreSQL is not on this machine: nothing was measured")
        return 1
    with private_server(binaries) as address:
        _make_database(address)
        command = [sys.executable, __file__, "--storm", str(seconds), str(a_second), address]
        with subprocess.Popen(command, cwd=ROOT) as storming:
            try:
                return storming.wait()
            finally:
                storming.terminate()


def _make_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE rapport")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # so that whatever it started is stopped with it
    if sys.argv[1:2] == ["--storm"]:
        sys.exit(storm(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
    sys.exit(main())
