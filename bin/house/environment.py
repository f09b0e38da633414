"""The virtual environments: `.venv` to run, `.venv-dev` to work on it, each made from its hashed lock."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
FOLDERS = {"app": ROOT / ".venv", "dev": ROOT / ".venv-dev"}
FROM_LOCK = ["--require-hashes", "--only-binary", ":all:"]


def say(words: str) -> None:
    print(words, flush=True)


def environment(lock: str) -> str:
    """The Python of the environment for that lock (`app` or `dev`), made or brought up to date where needed."""
    folder, path = FOLDERS[lock], ROOT / f"requirements/{lock}.txt"
    python, stamp = _python(folder), folder / "made-from"
    wanted = fingerprint([path]) + f" {sys.version_info[0]}.{sys.version_info[1]}"
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return str(python)
    start = time.monotonic()
    say(f"Setting up Python packages in {folder.name} (once; about half a minute) …")
    stamp.unlink(missing_ok=True)
    if not _install_with_uv(folder, path):
        _install_with_pip(folder, path)
    stamp.write_text(wanted)
    say(f"Packages are ready after {time.monotonic() - start:.0f} s.")
    return str(python)


def fingerprint(paths: list[Path]) -> str:
    """The same for the same files, wherever the repository lies."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def plain_environment(**words: str) -> dict[str, str]:
    """The environment without any setting of Rapport's, so that a chore never touches a real installation."""
    ours = ("RAPPORT_", "DATABASE_URL", "DJANGO_")
    return {**{name: value for name, value in os.environ.items() if not name.startswith(ours)}, **words}


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install_with_uv(folder: Path, lock: Path) -> bool:
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)]
    install = [uv, "pip", "install", "--quiet", "--python", str(_python(folder)), *FROM_LOCK, "-r", str(lock)]
    if subprocess.run(make).returncode or subprocess.run(install).returncode:
        say("uv could not do it; trying pip.")
        return False
    return True


def _install_with_pip(folder: Path, lock: Path) -> None:
    python = _python(folder)
    if subprocess.run([sys.executable, "-m", "venv", str(folder)], stdout=subprocess.DEVNULL).returncode == 0:
        pip = [str(python), "-m", "pip"]
    else:  # Debian's Python may come without ensurepip; its own pip can fill another environment
        _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)])
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    _run([*pip, "install", *quiet, *FROM_LOCK, "-r", str(lock)])


def _run(command: list[str]) -> None:
    if subprocess.run(command).returncode:
        sys.exit(f"This did not work: {' '.join(command)}\nNothing else was changed; mend it and start again.")
