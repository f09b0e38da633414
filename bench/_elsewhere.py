"""Other implementations, each in an environment of its own under var/: measured beside ours, never imported by us."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class NotThere(Exception):
    """It could not be installed here."""


def python_with(*packages: str) -> str:
    """A Python that has these packages; made on the first call."""
    folder = ROOT / "var" / "elsewhere" / "-".join(one.split("=")[0] for one in packages)
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return str(python)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(install, check=True, capture_output=True, text=True)
    except (subprocess.CalledProcessError, OSError) as problem:
        last = (getattr(problem, "stderr", "") or str(problem)).strip().splitlines()[-1:]
        raise NotThere(f"{', '.join(packages)} cannot be installed here: {' '.join(last)}") from problem
    (folder / "ready").touch()
    return str(python)


def answer(python: str, script: str, given: Any, patience: float) -> Any:
    """What `script` makes of `given`: it is run with the name of a JSON file and prints one line of JSON."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(given, file)
        file.flush()
        done = subprocess.run(
            [python, "-W", "ignore", "-c", script, file.name], capture_output=True, text=True, timeout=patience
        )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.strip().splitlines()[-1])
