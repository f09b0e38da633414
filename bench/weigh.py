"""A million weighted answers: raking, a mean with its calibrated standard error, a table, and the memory that it takes.

    python bench/weigh.py [--json]

Beside weightipy and svy (each in an environment of its own under var/) and R's survey (where `Rscript` has it), on the
same answers in the same run. svy's own table is left out: it makes standard errors with it, and takes minutes.
Exits 1 if a bound is missed.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import _weigh_data as answers
from _elsewhere import NotThere, python_with

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

MOST_SECONDS = {"rake": 0.1, "mean": 0.5, "crosstab": 0.05, "codebook": 2.0}
MOST_MB = 2000.0
LEAST_RATIO = 5.0
SAME = 1e-6
PEERS = {"weightipy": "weightipy==0.4.2", "svy": "svy==0.35.0"}
PATIENCE = 600.0


def main() -> int:
    options = _options()
    if options.load:
        print(json.dumps(_ours(answers.make())))
        return 0
    with tempfile.TemporaryDirectory(prefix="rapport-weigh-") as folder:
        answers.write(Path(folder), answers.make())
        ours = _run([sys.executable, __file__, "--load"])
        peers, absent = _peers(Path(folder))
    found = {"rows": answers.ROWS, "ours": ours, "peers": peers, "absent": absent, "ratios": _ratios(ours, peers)}
    missed = _missed(found)
    print(json.dumps({**found, "missed": missed}) if options.json else _readable(found, missed))
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _ours(data: dict[str, Any]) -> dict[str, float]:
    """In a process of its own, so that the memory is that of the work and of the answers only."""
    import numpy as np

    from rapport.insight.methods.estimating.crosstabs import crosstab, crosstabs
    from rapport.insight.methods.estimating.estimates import mean
    from rapport.insight.methods.weighing.designs import Design
    from rapport.insight.methods.weighing.margins import Margin
    from rapport.insight.methods.weighing.weighting import rake

    start, sizes = np.ones(answers.ROWS), answers.LEVELS
    margins = [Margin(name, data[name], data[f"target_{name}"]) for name in sizes]
    design = Design.of(answers.ROWS, weights=start)
    raking, raked = answers.best(lambda: rake(start, margins, total=answers.POPULATION))
    averaging, found = answers.best(lambda: mean(design.weighed(raked), data["visits"]))
    district, age = data["district"], data["age"]
    counting, _table = answers.best(lambda: crosstab(district, age, levels=(25, 6), weights=raked.weights))
    chance = np.random.default_rng(1)
    questions = {
        f"question {i}": (chance.integers(-1, answers.ANSWERS, answers.ROWS).astype(np.int8), answers.ANSWERS)
        for i in range(answers.QUESTIONS)
    }
    codebook, _tables = answers.best(lambda: crosstabs(questions, (district, 25), weights=raked.weights))
    return {
        "rake": raking,
        "mean": averaging,
        "crosstab": counting,
        "codebook": codebook,
        "mean_found": found.estimate,
        "se_found": found.se or 0.0,
        "worst_miss": max(raked.misses.values()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _peers(folder: Path) -> tuple[dict[str, dict[str, float]], list[str]]:
    peers, absent = {}, []
    for name, package in PEERS.items():
        try:
            peers[name] = _run([python_with(package), str(HERE / "_weigh_peers.py"), name, str(folder)])
        except (NotThere, subprocess.SubprocessError) as problem:
            absent.append(f"{name} was left out: {problem}")
    if not _has_r():
        absent.append("R's survey was left out: there is no Rscript with it (Debian: r-cran-survey).")
        return peers, absent
    try:
        peers["R survey"] = _run(["Rscript", str(HERE / "_weigh_r.R"), str(folder), str(answers.ROWS)])
    except subprocess.SubprocessError as problem:
        absent.append(f"R's survey was left out: {problem}")
    return peers, absent


def _has_r() -> bool:
    command = ["Rscript", "-e", "library(survey)"]
    return bool(shutil.which("Rscript")) and subprocess.run(command, capture_output=True).returncode == 0


def _run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _ratios(ours: dict[str, float], peers: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times as long the fastest other takes."""
    fastest = {
        what: min((peer[what] for peer in peers.values() if what in peer), default=None)
        for what in ("rake", "mean", "crosstab")
    }
    return {what: round(seconds / ours[what], 1) for what, seconds in fastest.items() if seconds is not None}


def _missed(found: dict[str, Any]) -> list[str]:
    ours = found["ours"]
    missed = [what for what, bound in MOST_SECONDS.items() if ours[what] >= bound]
    missed += ["peak_mb"] if ours["peak_mb"] >= MOST_MB else []
    missed += [f"{what} beside the fastest" for what, ratio in found["ratios"].items() if ratio < LEAST_RATIO]
    for name, peer in found["peers"].items():
        for what in ("mean_found", "se_found"):
            if what in peer and abs(peer[what] / ours[what] - 1) > SAME:
                missed.append(f"{what} of {name} differs")
    return missed


def _readable(found: dict[str, Any], missed: list[str]) -> str:
    ours = found["ours"]
    lines = [f"{found['rows']:,} rows, four margins with {', '.join(str(n) for n in answers.LEVELS.values())} levels"]
    for what, bound in MOST_SECONDS.items():
        others = [f"{name} {peer[what]:.3f}" for name, peer in found["peers"].items() if what in peer]
        ratio = f", {found['ratios'][what]} times as fast" if what in found["ratios"] else ""
        beside = f"  (beside {', '.join(others)}{ratio})" if others else ""
        lines.append(f"  {what:9} {ours[what]:.4f} s, bound {bound}{beside}")
    lines.append(f"  peak memory {ours['peak_mb']:,.0f} MB, bound {MOST_MB:,.0f}")
    lines.append(f"  margins met to {ours['worst_miss']:.0e}; mean {ours['mean_found']:.6f}, SE {ours['se_found']:.6g}")
    lines += found["absent"]
    lines.append(f"missed: {', '.join(missed)}" if missed else "all bounds held")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
