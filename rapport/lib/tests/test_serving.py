"""The server as it is really run, in processes of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

Rapport = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def rapport(tmp_path: Path, port: int) -> Iterator[Rapport]:
    """The console command in production mode, with a data folder and a database of its own."""
    mine = {
        name: value for name, value in os.environ.items() if not name.startswith(("RAPPORT_", "DATABASE_", "DJANGO_"))
    }
    mine |= {"RAPPORT_DATA": str(tmp_path), "RAPPORT_PORT": str(port), "RAPPORT_WORKERS": "1"}
    running: list[subprocess.Popen[str]] = []

    def started(*words: str, **settings: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "rapport", *words]
        running.append(
            subprocess.Popen(command, env=mine | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
        return running[-1]

    yield started
    for process in running:
        process.kill()
        process.communicate()


def test_the_check_before_going_out_finds_nothing_to_say(rapport: Rapport) -> None:
    check = rapport("check", "--deploy", "--fail-level", "WARNING")

    said, _nothing = check.communicate(timeout=120)

    assert check.returncode == 0, said
    assert "no issues (0 silenced)" in said


def read(address: str, seconds: float = 90) -> str:
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            assert time.monotonic() < until, address
            time.sleep(0.1)


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_server_and_worker_start_together_and_stop_together(rapport: Rapport, port: int) -> None:
    assert rapport("migrate", "--verbosity", "0").wait(120) == 0
    server = rapport("serve", "--with-worker", RAPPORT_HTTPS="0")

    assert read(f"http://127.0.0.1:{port}/healthz") == "ok"
    wait_for(lambda: '"worker": true' in read(f"http://127.0.0.1:{port}/readyz"))
    page = read(f"http://127.0.0.1:{port}/")
    style = page.split('href="/static/ui/ui.')[1].split('"')[0]
    assert style != "css", "the name holds a mark of what is in the file"
    assert "@layer" in read(f"http://127.0.0.1:{port}/static/ui/ui.{style}")

    server.send_signal(signal.SIGTERM)
    said, _nothing = server.communicate(timeout=30)

    assert server.returncode == 0
    assert "worker stops" in said
    assert "Traceback" not in said
