"""bin/demo: a library town on this machine, at http://127.0.0.1:8000. The first start takes about a minute."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from house.environment import ROOT, VAR, environment, fingerprint, plain_environment, say


def main() -> None:
    fresh = _options().fresh
    port = int(os.environ.get("RAPPORT_PORT", "8000"))
    if _taken(port):
        sys.exit(f"Something already answers at port {port}. Stop it, or choose another: RAPPORT_PORT=8001 bin/demo")
    python = environment("app")
    folder = VAR / "demo"
    if fresh and folder.exists():
        say("Starting over: the old town is taken away.")
        shutil.rmtree(folder)
    settings = town(python, folder, port)
    say(f"\n  Rapport is at http://127.0.0.1:{port}   (Ctrl+C stops it; what you do there is kept)\n")
    os.chdir(ROOT)
    os.execve(python, [python, "-m", "rapport", "serve", "--with-worker"], settings)


def town(python: str, folder: Path, port: int) -> dict[str, str]:
    """Make the database and the town where they are lacking; the environment to serve them with."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = plain_environment(
        RAPPORT_MODE="demo",
        RAPPORT_DATA=str(folder),
        RAPPORT_PORT=str(port),
        RAPPORT_ADDRESS=f"http://127.0.0.1:{port}",
        RAPPORT_LIBRARY=json.dumps(
            {"en": "Riverside Libraries", "es": "Bibliotecas de Riverside", "ar": "مكتبات ريفرسايد"}
        ),
    )
    migrations = sorted(ROOT.glob("rapport/*/migrations/*.py"))
    wanted = fingerprint([*migrations, ROOT / "requirements/app.txt"])
    _once(folder / "migrated", wanted, "Making the database", [python, "-m", "rapport", "migrate", "-v", "0"], settings)
    _once(folder / "town", "made", "Making the demo town", [python, "-m", "rapport", "demo"], settings)
    return settings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="take the town away and make a new one")
    return parser.parse_args()


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _once(stamp: Path, wanted: str, words: str, command: list[str], settings: dict[str, str]) -> None:
    if stamp.exists() and stamp.read_text() == wanted:
        return
    start = time.monotonic()
    say(f"{words} …")
    if subprocess.run(command, env=settings, cwd=ROOT).returncode:
        sys.exit(f"{words} did not work; the reason stands above. bin/demo --fresh starts over.")
    stamp.write_text(wanted)
    say(f"{words}: done in {time.monotonic() - start:.0f} s.")
