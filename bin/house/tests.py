"""bin/test: all tests, on SQLite and (where there is one) on PostgreSQL, in a browser where there is one.

Two runs stand side by side, as even a small machine has two cores: first SQLite and PostgreSQL, then two halves of what
looks at pages in a browser. What a page looks like does not hang on the database: the browser is for SQLite.
"""

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
    """The first of two in the foreground; the one beside it keeps its output in a file until the first is done."""
    settings = _settings(nothing_skipped)
    with ExitStack() as stack:
        address, name = _postgres(stack)
        if not address:
            say(f"PostgreSQL: {name}")
        say(f"Browser: {_browser() or 'none found, its tests are left out'}\n")
        on_postgres = {**settings, "DATABASE_URL": address}
        without = ["-m", "not browser", *arguments]
        beside = _Beside(python, without, on_postgres, stack, name) if address else None
        runs = [_in_front(python, arguments or without, settings, "SQLite")]  # few named tests: one run has them all
        runs += [beside.result()] if beside else []
        if not arguments and (_browser() or nothing_skipped):
            beside = _Beside(python, _half(2), settings, stack, "Browser, second half")
            runs += [_in_front(python, _half(1), settings, "Browser, first half"), beside.result()]
    if nothing_skipped and not (address and _browser()):
        runs.append(Run("Nothing may be skipped", "PostgreSQL or Chromium is missing (.ci/run installs both)", True))
    return runs


def _half(number: int) -> list[str]:
    return ["-m", "browser", "--share", f"{number}/2"]


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


def _in_front(python: str, arguments: list[str], settings: dict[str, str], name: str) -> Run:
    summary = ""
    command = _command(python, arguments)
    with subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1) as tests:
        for line in tests.stdout or []:
            print(line, end="", flush=True)
            summary = line if SUMMARY.search(line) else summary
    return Run(name, summary.strip(), bool(tests.returncode))


class _Beside:
    """A run beside another; it ends with the house's own if that is broken off."""

    def __init__(
        self, python: str, arguments: list[str], settings: dict[str, str], stack: ExitStack, name: str
    ) -> None:
        VAR.mkdir(exist_ok=True)
        self.name = name
        self.path: Path = VAR / "tests-beside.txt"
        command = _command(python, ["-p", "no:cacheprovider", *arguments])
        with self.path.open("w") as output:
            self.tests = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=output, stderr=output)
        stack.callback(self._stop)

    def result(self) -> Run:
        start = time.monotonic()
        code = self.tests.wait()
        lines = self.path.read_text().splitlines()
        say(f"\n{self.name}, beside it and {time.monotonic() - start:.0f} s longer:\n" + "\n".join(lines))
        summary = next((line for line in reversed(lines) if SUMMARY.search(line)), "it did not get to an end")
        return Run(self.name, summary.strip(), bool(code) and code != 5)  # 5: nothing of what was asked for is here

    def _stop(self) -> None:
        if self.tests.poll() is None:
            self.tests.terminate()
            self.tests.wait()
