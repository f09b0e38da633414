"""bin/pictures: take the pictures of the docs from a fresh demo town, always the same pages in the same light."""

import os
import shutil
import subprocess
import sys

from house.demo import town
from house.environment import ROOT, VAR, environment, say

PORT = 8765


def main() -> None:
    python = environment("dev")
    folder = VAR / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    settings = town(python, folder, PORT)
    os.chdir(ROOT)
    with subprocess.Popen([python, "-m", "rapport", "serve"], env=settings) as server:
        try:
            code = subprocess.run([python, "bin/house/camera.py", f"http://127.0.0.1:{PORT}"], env=settings).returncode
        finally:
            server.terminate()
    say("The pictures are in docs/pictures" if code == 0 else "The pictures could not be taken")
    sys.exit(code)
