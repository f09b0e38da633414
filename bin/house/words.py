"""bin/words: bring the catalogues in `locale/` up to date with the code; `--check` only says what is missing."""

import os
import sys

from house.environment import ROOT, environment


def main() -> None:
    python = environment("dev")
    script = str(ROOT / "bin/house/catalogues.py")
    os.execv(python, [python, script, *sys.argv[1:]])
