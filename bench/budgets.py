"""Participatory budgets of Pabulib: published winners, the time of each count, and pabutools on the same files.

    python bench/budgets.py [--json]

Reads data/pabulib in the folder RAPPORT_SHARED, or in ../shared beside the repository. pabutools (GPL, with a
dependency that is not free) gets an environment of its own under var/; where it cannot be installed it is left out,
with a message. Exits 1 if a bound is missed.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _elsewhere import ROOT, NotThere, answer, python_with

sys.path.insert(0, str(ROOT))

MOST_MS = 50.0  # one count, without reading the file
MOST_MS_RAISING = 3_000.0  # all the counts of add1 together
LEAST_RATIO = 10.0  # beside pabutools, over all files
TRIES = 5
OTHER = "pabutools==1.2.3"
PATIENCE = 300.0
UTILITIES = ("cost", "cardinality")
SEED = "bench"

_SCRIPT = """
import hashlib, json, sys, time
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule
given = json.load(open(sys.argv[1]))
lot = lambda project: int(hashlib.sha256(f"{given['seed']}:{project.name}".encode()).hexdigest(), 16)
place = lambda instance, profile, project: (-profile.approval_score(project), project.cost, lot(project))
ties = TieBreakingRule(place)
found = {}
for path in given["files"]:
    instance, profile = parse_pabulib(path)
    for utility, measure in (("cost", Cost_Sat), ("cardinality", Cardinality_Sat)):
        began = time.perf_counter()
        won = method_of_equal_shares(instance, profile, sat_class=measure, tie_breaking=ties)
        found[path + " " + utility] = [sorted(project.name for project in won), time.perf_counter() - began]
print(json.dumps(found))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    folder = Path(os.environ.get("RAPPORT_SHARED", ROOT.parent / "shared")) / "data/pabulib"
    files = sorted(folder.glob("*.pb"))
    if not files:
        print("bench budgets: left out, because there is no pabulib folder. Set RAPPORT_SHARED to where it lies.")
        return 0
    found = [_measured(path) for path in files]
    theirs = _theirs(files)
    missed = _missed(found, theirs)
    facts = {"files": found, "ratio": _ratio(found, theirs), "missed": missed}
    print(json.dumps(facts) if options.json else _readable(found, theirs, missed))
    return 1 if missed else 0


def _measured(path: Path) -> dict[str, Any]:
    from rapport.deciding.methods.budgets import EqualShares, Greedy, count, draw_lots
    from rapport.deciding.methods.pabulib_files import read_budget

    read = read_budget(path)
    election = draw_lots(read.election, SEED)
    plain = {name: EqualShares(name, "none") for name in UTILITIES}
    won = {name: count(election, rule) for name, rule in plain.items()}
    names = {name: sorted(election.projects[at].id for at in outcome.winners) for name, outcome in won.items()}
    raised = count(election, EqualShares(completion="add1"))
    official = {name for name, elected in read.published.items() if elected}
    is_shares = read.meta["rule"].startswith("equalshares")
    return {
        "path": str(path),
        "name": path.stem,
        "voters": len(election.voters),
        "projects": len(election.projects),
        "greedy_ms": _best(lambda: count(election, Greedy())),
        **{f"{name}_ms": _best(lambda rule=rule: count(election, rule)) for name, rule in plain.items()},
        "add1_ms": _best(lambda: count(election, EqualShares(completion="add1")), 2),
        "add1_tried": raised.tried,
        "won": names,
        "as_published": {election.projects[at].id for at in raised.winners} == official if is_shares else None,
    }


def _best(counted: Callable[[], Any], tries: int = TRIES) -> float:
    best = float("inf")
    for _ in range(tries):
        began = time.perf_counter()
        counted()
        best = min(best, time.perf_counter() - began)
    return round(best * 1000, 2)


def _theirs(files: list[Path]) -> dict[str, Any] | None:
    try:
        python = python_with(OTHER)
    except NotThere as problem:
        print(f"left out: {problem}", file=sys.stderr)
        return None
    found: dict[str, Any] = answer(python, _SCRIPT, {"files": [str(path) for path in files], "seed": SEED}, PATIENCE)
    return found


def _ratio(found: list[dict[str, Any]], theirs: dict[str, Any] | None) -> float | None:
    if theirs is None:
        return None
    ours = sum(one[f"{name}_ms"] for one in found for name in UTILITIES)
    return round(sum(seconds for _won, seconds in theirs.values()) * 1000 / ours, 1)


def _missed(found: list[dict[str, Any]], theirs: dict[str, Any] | None) -> list[str]:
    missed = []
    for one in found:
        missed += [f"{one['name']} {kind}" for kind in ("greedy", *UTILITIES) if one[f"{kind}_ms"] >= MOST_MS]
        missed += [f"{one['name']} add1"] if one["add1_ms"] >= MOST_MS_RAISING else []
        missed += [f"{one['name']} as published"] if one["as_published"] is False else []
        for utility in UTILITIES if theirs is not None else ():
            if theirs[f"{one['path']} {utility}"][0] != one["won"][utility]:
                missed.append(f"{one['name']} {utility}: other winners than {OTHER}")
    ratio = _ratio(found, theirs)
    return missed + (["ratio"] if ratio is not None and ratio < LEAST_RATIO else [])


def _readable(found: list[dict[str, Any]], theirs: dict[str, Any] | None, missed: list[str]) -> str:
    lines = [f"milliseconds a count, best of {TRIES} (bound {MOST_MS:.0f}); add1 with its endowments tried"]
    for one in found:
        lines.append(
            f"  {one['name'][:32]:32} {one['voters']:6,} voters {one['projects']:3} projects"
            f"  greedy {one['greedy_ms']:5.2f}  shares {one['cost_ms']:5.2f}  {one['cardinality_ms']:5.2f}"
            f"  add1 {one['add1_ms']:6.1f} ({one['add1_tried']})"
            + ("" if one["as_published"] is None else "  as published" if one["as_published"] else "  NOT AS PUBLISHED")
        )
    if theirs is not None:
        same = sum(theirs[f"{one['path']} {name}"][0] == one["won"][name] for one in found for name in UTILITIES)
        lines.append(f"the winners of {OTHER}: {same} of {len(theirs)}; {_ratio(found, theirs):.0f} times our time")
    return "\n".join([*lines, f"missed: {', '.join(missed)}" if missed else "all bounds held"])


if __name__ == "__main__":
    sys.exit(main())
