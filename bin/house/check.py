"""bin/check: what must hold before a change is handed on. Quick things first, tests last, nothing skipped."""

import subprocess
import sys
import tempfile
import time

from house.environment import ROOT, environment, plain_environment, say
from house.tests import run_all


def main() -> None:
    python = environment("dev")
    start = time.monotonic()
    failed = [name for name, command in _checks(python) if not _holds(name, command)]
    runs = run_all(python, sys.argv[1:], nothing_skipped=True)
    failed += [run.name for run in runs if run.failed]
    say("\n" + (f"These did not hold: {', '.join(failed)}" if failed else "All checks held, nothing was skipped"))
    say(f"bin/check took {time.monotonic() - start:.0f} s")
    for run in runs:
        say(f"{run.name}: {run.summary}")
    sys.exit(bool(failed))


def _checks(python: str) -> list[tuple[str, list[str]]]:
    tool = [python, "-m"]
    return [
        ("Lint", [*tool, "ruff", "check", "."]),
        ("Format", [*tool, "ruff", "format", "--check", "."]),
        ("Imports", [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        ("Types", [*tool, "mypy", "rapport"]),
        ("Migrations", [*tool, "rapport", "makemigrations", "--check", "--dry-run"]),
        ("Deployment", [*tool, "rapport", "check", "--deploy", "--fail-level", "WARNING"]),
        ("Translations", [python, "bin/words", "--check"]),
    ]


def _holds(name: str, command: list[str]) -> bool:
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rapport-check-") as folder:
        settings = plain_environment(RAPPORT_DATA=folder)
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    holds = done.returncode == 0
    say(f"{name:13} {'holds' if holds else 'DOES NOT HOLD'} ({time.monotonic() - start:.0f} s)")
    if not holds:
        say(done.stdout + done.stderr)
    return holds
