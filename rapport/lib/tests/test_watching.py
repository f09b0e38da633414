"""For those who run the server: is it well, and what does it write down?"""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.db import DatabaseError
from django.test import Client

from rapport.lib import logs, views
from rapport.lib.models import Heartbeat

pytestmark = pytest.mark.django_db
ADDRESS = "amina.secret@example.org"


def test_it_lives(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_it_is_ready_with_or_without_a_worker(client: Client) -> None:
    assert client.get("/readyz").json() == {"database": True, "migrated": True, "worker": False}

    Heartbeat.objects.create(worker="one")

    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["worker"]


@pytest.mark.parametrize("trouble", ["lost", "behind"])
def test_it_is_not_ready_without_its_database(trouble: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_migrated() -> bool:
        if trouble == "lost":
            raise DatabaseError
        return False

    monkeypatch.setattr(views, "_is_migrated", is_migrated)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == (trouble == "behind")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the server writes down, by its own formats."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(logs.WithoutWords())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    level = root.level
    root.setLevel(logging.INFO)
    processors = [structlog.processors.add_log_level, structlog.processors.JSONRenderer()]
    monkeypatch.setattr(
        logs,
        "log",
        structlog.wrap_logger(
            structlog.PrintLogger(lines),
            processors=processors,
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        ),
    )
    yield lines
    root.setLevel(level)


def test_a_request_is_one_line_without_anybody_in_it(client: Client, written: io.StringIO) -> None:
    client.post(f"/tell/?email={ADDRESS}", {"words": f"Write to {ADDRESS}", "email": ADDRESS}, REMOTE_ADDR="192.0.2.7")

    [line] = [json.loads(line) for line in written.getvalue().splitlines() if '"request"' in line]
    assert line["route"] == "listening:tell"
    assert line["method"] == "POST"
    assert set(line) == {"event", "level", "route", "method", "status", "ms"}
    assert ADDRESS not in written.getvalue()
    assert "192.0.2.7" not in written.getvalue()


def test_an_address_that_is_not_found_is_not_written_down(client: Client, written: io.StringIO) -> None:
    client.get(f"/v/{ADDRESS}/?email={ADDRESS}")
    client.get(f"/{ADDRESS}/")

    assert '"django.request"' in written.getvalue()
    assert ADDRESS not in written.getvalue()


def test_a_wrong_host_is_not_written_down(client: Client, written: io.StringIO) -> None:
    client.get("/", headers={"host": ADDRESS})

    assert "DisallowedHost" in written.getvalue()
    assert ADDRESS not in written.getvalue()


def test_an_error_tells_where_it_happened_and_not_with_which_words(written: io.StringIO) -> None:
    try:
        raise ValueError(f"no such person: {ADDRESS}")
    except ValueError:
        logging.getLogger("django.request").exception("Internal error of %s", ADDRESS)

    line = json.loads(written.getvalue())
    assert line["error"] == "ValueError"
    assert "test_watching.py" in line["where"]
    assert ADDRESS not in written.getvalue()


def test_watching_is_not_written_down(client: Client, written: io.StringIO) -> None:
    client.get("/healthz")

    assert written.getvalue() == ""
