"""How many rows a second `rapport import_voices` takes in on SQLite, and that a second time adds nothing.

    python bench/import_voices.py

Exits 1 below 2,000 rows a second.
"""

import csv
import io
import os
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from _ground import SAID, branches, fresh_house

ROWS = 20_000
LEAST = 2_000


def main() -> int:
    fresh_house()
    branches()
    path = _file(Path(os.environ["RAPPORT_DATA"]) / "voices.csv")
    first, again = _bring_in(path), _bring_in(path)

    from rapport.listening.models import Voice

    kept = Voice.objects.count()
    print(f"{ROWS:,} rows in {first:.1f} s: {ROWS / first:,.0f} rows a second (at least {LEAST:,})")
    print(f"the same file again in {again:.1f} s: {kept:,} voices kept")
    return 0 if ROWS / first >= LEAST and kept == ROWS else 1


def _file(path: Path) -> Path:
    dice = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["words", "day", "branch"])
        for number in range(ROWS):
            day = date(2026, 1, 1) + timedelta(days=dice.randrange(300))
            rows.writerow([f"{dice.choice(SAID)}, says neighbour {number}", day, dice.choice(["riverside", "hilltop"])])
    return path


def _bring_in(path: Path) -> float:
    from django.core.management import call_command

    start = time.perf_counter()
    call_command("import_voices", str(path), text="words", date="day", branch="branch", stdout=io.StringIO())
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
