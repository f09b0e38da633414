"""Who was heard beside who lives here: a million records, fifty segments, by branch and month; and how sure it is.

    python bench/represent.py [--json] [--records N]

Ten dimensions of five bands are fifty segments; each is counted for 12 branches and 12 months, with all intervals.
Then how often the 95 % interval holds the truth. Exits 1 if a bound is missed.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

MOST_SECONDS = 1.0
DIMENSIONS, BANDS, BRANCHES, MONTHS = 10, 5, 12, 12
LEAST_COVERED = 0.945
SAMPLES, HEARD = 4_000, 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--records", type=int, default=1_000_000)
    asked = parser.parse_args()
    found = {**_speed(asked.records), **_cover()}
    holds = {"seconds": found["seconds"] < MOST_SECONDS, "covered": found["covered"] >= LEAST_COVERED}
    missed = [name for name, kept in holds.items() if not kept]
    print(json.dumps({**found, "missed": missed}) if asked.json else _readable(found, missed))
    return 1 if missed else 0


def _speed(records: int) -> dict[str, Any]:
    from rapport.insight.methods.assessing.representation import counted, indices

    chance = np.random.default_rng(3)
    bands = chance.integers(-1, BANDS, (DIMENSIONS, records), dtype=np.int8)
    group = chance.integers(0, BRANCHES * MONTHS, records, dtype=np.int16)
    people = chance.integers(100, 9_000, (DIMENSIONS, BANDS)).astype(float)
    indices([[1, 2]], [1, 1])  # SciPy is read in once a day, not once a page
    began = time.perf_counter(), time.process_time()
    for dimension in range(DIMENSIONS):
        cells = counted(bands[dimension], BANDS, group, BRANCHES * MONTHS)
        indices(cells, people[dimension])
        indices(cells.sum(axis=0, keepdims=True), people[dimension])
    spent = time.perf_counter() - began[0], time.process_time() - began[1]
    return {
        "records": records,
        "segments": DIMENSIONS * BANDS,
        "seconds": round(spent[0], 3),
        "cpu": round(spent[1], 3),
    }


def _cover() -> dict[str, Any]:
    from rapport.insight.methods.assessing.representation import indices

    shares = np.array([0.02, 0.08, 0.15, 0.3, 0.45])
    people = np.array([0.05, 0.1, 0.15, 0.3, 0.4])
    found = indices(np.random.default_rng(9).multinomial(HEARD, shares, SAMPLES), people)
    true = shares / people
    inside = (found.low <= true) & (true <= found.high)
    return {"covered": round(float(inside.mean(axis=0).min()), 4)}


def _readable(found: dict[str, Any], missed: list[str]) -> str:
    lines = [
        f"{found['records']:,} records x {found['segments']} segments, {BRANCHES} branches, {MONTHS} months: "
        f"{found['seconds']} s ({found['cpu']} s of one core; bound {MOST_SECONDS} s)",
        f"the 95 % interval holds the truth in at least {found['covered']:.1%} of {SAMPLES} samples of {HEARD}",
    ]
    return "\n".join([*lines, f"MISSED: {', '.join(missed)}" if missed else "within bounds"])


if __name__ == "__main__":
    sys.exit(main())
