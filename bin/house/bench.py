"""bin/bench [NAME ...]: run what `bench/` measures, one after the other, each on a data folder of its own."""

import subprocess
import sys
import tempfile

from house.environment import ROOT, environment, plain_environment, say


def main() -> None:
    python = environment("dev")
    wanted = sys.argv[1:] or sorted(path.stem for path in (ROOT / "bench").glob("*.py") if path.stem[0] != "_")
    failed = [name for name in wanted if not _measure(python, name)]
    say(f"\nOut of bounds: {', '.join(failed)}" if failed else "\nAll within bounds")
    sys.exit(bool(failed))


def _measure(python: str, name: str) -> bool:
    say(f"\n== {name} ==")
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        settings = plain_environment(RAPPORT_DATA=folder, RAPPORT_MODE="demo", PYTHONPATH=str(ROOT))
        return subprocess.run([python, f"bench/{name}.py"], cwd=ROOT, env=settings).returncode == 0
