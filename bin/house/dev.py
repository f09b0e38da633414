"""bin/dev: the demo town served from the code as it is, starting again at every change. Port 8000, or RAPPORT_PORT."""

import os
import subprocess

from house.demo import town
from house.environment import ROOT, VAR, environment, say


def main() -> None:
    python = environment("dev")
    port = int(os.environ.get("RAPPORT_PORT", "8000"))
    settings = town(python, VAR / "dev", port)
    os.chdir(ROOT)
    with subprocess.Popen([python, "-m", "rapport", "worker"], env=settings) as worker:
        say(f"\n  Rapport is at http://127.0.0.1:{port}\n")
        try:
            subprocess.run([python, "-m", "rapport", "runserver", f"127.0.0.1:{port}"], env=settings)
        except KeyboardInterrupt:
            say("")
        finally:
            worker.terminate()
