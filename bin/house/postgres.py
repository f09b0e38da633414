"""A PostgreSQL of our own for a while: in a temporary folder, reached by a socket, and gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


def server_binaries() -> Path | None:
    """The folder with the newest server of this machine."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    return installed[-1].parent if installed else Path(on_path).resolve().parent if on_path else None


@contextmanager
def private_server(binaries: Path) -> Iterator[str]:
    """Start it, hand out its address, and stop it again whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-pg-"))  # short: a socket's path may have about 100 characters
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _do([binaries / "initdb", "-D", data, "-U", "rapport", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        options = f"{FAST} -c unix_socket_directories={folder}"
        _do([binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgres://rapport@{str(folder).replace('/', '%2F')}/rapport"
        finally:
            _do([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _do(command: list[Any]) -> None:
    """The server refuses to run as root, so root runs it as the user that its package made."""
    who: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd="/", **who)
    if done.returncode:
        sys.exit(f"PostgreSQL could not be started or stopped:\n{done.stdout}{done.stderr}")
