"""False alarms over histories without anything new, planted topics found, and the time for 100,000 voices of a year.

    python bench/rising.py [--json]

Exits 1 if a bound is missed.
"""

import argparse
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

HISTORIES = 200
RATE = 0.1
PLANTED = 10
VOICES = 100_000
MOST_SECONDS = 30.0
THINGS, WEEKS, A_WEEK = 2_000, 52, 115


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    found = {**_alarms(), **_speed()}
    missed = [
        name
        for name, holds in {
            "false alarms (Poisson)": found["false_alarms"] <= RATE,
            "false alarms (twice as wide)": found["false_alarms_scattered"] <= RATE,
            "planted topics": found["found"] == 1.0,
            "seconds": found["seconds"] <= MOST_SECONDS,
        }.items()
        if not holds
    ]
    print(json.dumps({**found, "missed": missed}) if parser.parse_args().json else _readable(found, missed))
    return 1 if missed else 0


def _alarms() -> dict[str, Any]:
    """Each history without anything new is tested as it is, and again with one planted topic."""
    from rapport.insight.methods.themes.rising import changed

    chance = np.random.default_rng(11)
    means = 40 / np.arange(1, THINGS + 1) ** 0.9
    volume = np.full(WEEKS, float(A_WEEK))
    planted = np.zeros((1, WEEKS))
    planted[0, -1] = PLANTED
    alarms = scattered = found = 0
    for _history in range(HISTORIES):
        table = chance.poisson(np.broadcast_to(means[:, None], (THINGS, WEEKS)))
        wide = chance.poisson(chance.gamma(means, 1.0, (WEEKS, THINGS)).T)
        alarms += bool(changed(table, volume, rate=RATE))
        scattered += bool(changed(wide, volume, rate=RATE))
        found += any(change.thing == THINGS for change in changed(np.vstack([table, planted]), volume, rate=RATE))
    return {
        "histories": HISTORIES,
        "things": THINGS,
        "false_alarms": alarms / HISTORIES,
        "false_alarms_scattered": scattered / HISTORIES,
        "found": found / HISTORIES,
    }


def _speed() -> dict[str, Any]:
    from rapport.insight.methods.themes.rising_phrases import rising_phrases

    chance = np.random.default_rng(5)
    vocabulary = [f"word{number}" for number in range(5_000)]
    picked = chance.zipf(1.4, (VOICES, 8)) % len(vocabulary)
    first = date(2025, 1, 6)
    voices = [
        (" ".join(vocabulary[word] for word in words), first + timedelta(int(number * 364 / VOICES)), "en")
        for number, words in enumerate(picked)
    ]
    began = time.process_time()
    rising_phrases(voices)
    return {"voices": VOICES, "seconds": round(time.process_time() - began, 2)}


def _readable(found: dict[str, Any], missed: list[str]) -> str:
    lines = [
        f"{found['histories']} histories of {found['things']} things without anything new, {RATE:.0%} borne:",
        f"  false alarms in {found['false_alarms']:.1%} of them",
        f"  the same where counts scatter twice as wide as Poisson: {found['false_alarms_scattered']:.1%}",
        f"  a planted topic of {PLANTED} among {A_WEEK} a week found in {found['found']:.1%}",
        f"phrases of {found['voices']:,} voices in a year: {found['seconds']} s (bound {MOST_SECONDS} s)",
    ]
    return "\n".join([*lines, f"MISSED: {', '.join(missed)}" if missed else "within bounds"])


if __name__ == "__main__":
    sys.exit(main())
