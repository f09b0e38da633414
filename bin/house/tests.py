"""bin/test: all tests, on SQLite and (where there is one) on PostgreSQL, in a browser where there is one."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from house.environment import ROOT, VAR, environment, say
from house.postgres import private_server, server_binaries

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
SUMMARY = re.compile(r"\b\d+ (passed|failed|error|skipped|deselected)|no tests ran")


@dataclass
class Run:
    """One run of pytest: what it ran on, its last line, and whether all was well."""

    name: str
    summary: str
    failed: bool


def main() -> None:
    runs = run_all(environment("dev"), sys.argv[1:])
    say("")
    for run in runs:
        say(f"{run.name}: {run.summary}")
    sys.exit(any(run.failed for run in runs))


def run_all(python: str, arguments: list[str], *, nothing_skipped: bool = False) -> list[Run]:
    """SQLite in the foreground; PostgreSQL beside it, its output kept in a file until the first is done."""
    settings = _settings(nothing_skipped)
    with ExitStack() as stack:
        address, name = _postgres(stack)
        if not address:
            say(f"PostgreSQL: {name}")
        say(f"Browser: {_browser() or 'none found, its tests are left out'}\n")
        beside = _Beside(python, arguments, {**settings, "DATABASE_URL": address}) if address else None
        stack.callback(lambda: beside and beside.stop())
        runs = [_in_front(python, arguments, settings)]
        if beside:
            runs.append(beside.result(name))
    if nothing_skipped and not (address and _browser()):
        runs.append(Run("Nothing may be skipped", "PostgreSQL or Chromium is missing (.ci/run installs both)", True))
    return runs


def _settings(nothing_skipped: bool) -> dict[str, str]:
    settings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "RAPPORT_DATA"}}
    return {**settings, "RAPPORT_NOTHING_SKIPPED": "1"} if nothing_skipped else settings


def _postgres(stack: ExitStack) -> tuple[str, str]:
    if given := os.environ.get("DATABASE_URL", ""):
        is_sqlite = given.startswith("sqlite")
        return ("", "DATABASE_URL names SQLite") if is_sqlite else (given, "PostgreSQL (of DATABASE_URL)")
    binaries = server_binaries()
    if binaries is None:
        return "", "no server found and no DATABASE_URL, so its run is left out"
    return stack.enter_context(private_server(binaries)), f"PostgreSQL (private, {binaries})"


def _browser() -> str | None:
    return os.environ.get("RAPPORT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _command(python: str, arguments: list[str]) -> list[str]:
    color = ["--color=yes"] if sys.stdout.isatty() else []
    return [python, "-m", "pytest", "-q", *color, *arguments]


def _in_front(python: str, arguments: list[str], settings: dict[str, str]) -> Run:
    summary = ""
    command = _command(python, arguments)
    with subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1) as tests:
        for line in tests.stdout or []:
            print(line, end="", flush=True)
            summary = line if SUMMARY.search(line) else summary
    return Run("SQLite", summary.strip(), bool(tests.returncode))


class _Beside:
    """The run on PostgreSQL. What a page looks like does not hang on the database: the browser is for the first run."""

    def __init__(self, python: str, arguments: list[str], settings: dict[str, str]) -> None:
        VAR.mkdir(exist_ok=True)
        self.path: Path = VAR / "tests-on-postgresql.txt"
        command = [*_command(python, ["-p", "no:cacheprovider", "-m", "not browser", *arguments])]
        with self.path.open("w") as output:
            self.tests = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=output, stderr=output)

    def result(self, name: str) -> Run:
        start = time.monotonic()
        code = self.tests.wait()
        lines = self.path.read_text().splitlines()
        say(f"\n{name}, beside it and {time.monotonic() - start:.0f} s longer:\n" + "\n".join(lines))
        summary = next((line for line in reversed(lines) if SUMMARY.search(line)), "it did not get to an end")
        return Run(name, summary.strip(), bool(code) and code != 5)  # 5: all that was asked for is for the browser

    def stop(self) -> None:
        if self.tests.poll() is None:
            self.tests.terminate()
            self.tests.wait()
