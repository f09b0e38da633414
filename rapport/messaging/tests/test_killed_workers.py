"""A worker killed in mid-task loses nothing and sends nothing twice. Real processes, on the database of this run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rapport.lib.later import later
from rapport.lib.models import Heartbeat
from rapport.messaging.models import Letter, LetterState
from rapport.messaging.post import sweep
from rapport.messaging.tests import killing

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[..., subprocess.Popen[bytes]]

SETTINGS = """
import rapport.settings
from rapport.settings import *
EMAIL_BACKEND = "rapport.messaging.tests.killing.OneFile"
SCHEDULE = "killed_settings.SCHEDULE_OF_TEST"
SCHEDULE_OF_TEST = []
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    (tmp_path / "killed_settings.py").write_text(SETTINGS)
    processes: list[subprocess.Popen[bytes]] = []

    def started(killed: str = "") -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "killed_settings",
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}",
            "RAPPORT_MODE": "test",
            "RAPPORT_DATA": str(settings.HOUSE.folder),
            "DATABASE_URL": _address_of_test_database(),
            "KILLING": str(tmp_path),
            "KILLED": killed,
        }
        command = [sys.executable, "-m", "rapport", "worker", "--once"]
        processes.append(subprocess.Popen(command, env=environment))
        return processes[-1]

    yield started
    for process in processes:
        process.kill()
        process.wait()


def _address_of_test_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    before, _slash, after = os.environ["DATABASE_URL"].rpartition("/")
    return f"{before}/{name}" + (f"?{after.partition('?')[2]}" if "?" in after else "")


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, "the worker ended before it was killed"
        assert time.monotonic() < until
        time.sleep(0.02)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=1))  # as if it had been silent for long


def lines(path: Path) -> list[str]:
    return sorted(path.read_text().split()) if path.exists() else []


def test_a_task_killed_in_the_middle_is_finished_by_another_worker(start: Start, tmp_path: Path) -> None:
    later(killing.write_many)
    first = start(killed="writing")
    wait_for(tmp_path / "here", first)

    kill(first)
    assert start().wait(60) == 0

    assert lines(tmp_path / "mail") == [f"{n}@example.org" for n in range(killing.LETTERS)]
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_letter_whose_handing_over_was_killed_is_in_doubt_and_not_sent_again(start: Start, tmp_path: Path) -> None:
    later(killing.write_many)
    first = start(killed="handing")
    wait_for(tmp_path / "here", first)

    kill(first)
    assert start().wait(60) == 0
    Letter.objects.filter(state=LetterState.HANDING).update(handed_at=timezone.now() - timedelta(hours=1))
    sweep()

    others = [f"{n}@example.org" for n in range(killing.LETTERS) if n != killing.MIDDLE]
    assert lines(tmp_path / "mail") == others
    assert [one.email for one in Letter.objects.filter(state=LetterState.DOUBTFUL)] == [f"{killing.MIDDLE}@example.org"]


def test_two_workers_share_the_work_and_do_nothing_twice(start: Start, tmp_path: Path) -> None:
    for number in range(60):
        later(killing.note, number=number)

    workers = [start(), start()]

    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert lines(tmp_path / "notes") == sorted(str(number) for number in range(60))
