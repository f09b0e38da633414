"""Themes proposed from 4,000 real comments beside TF-IDF + KMeans, and the time and memory for 10,000 voices.

    python bench/themes.py [--json]

Reads data/comments_nhs/comments_4000.csv in the folder RAPPORT_SHARED, or in ../shared beside the repository.
Exits 1 if a bound is missed.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

LEAST_AMI = 0.15
LEAST_RATIO = 1.5
MOST_SECONDS = 30.0
MOST_MB = 1000.0
VOICES = 10_000
SEEDS = (0, 1, 2)


def main() -> int:
    options = _options()
    path = Path(os.environ.get("RAPPORT_SHARED", ROOT.parent / "shared")) / "data/comments_nhs/comments_4000.csv"
    if not path.exists():
        print("bench themes: left out, because there is no comments_4000.csv. Set RAPPORT_SHARED to its folder.")
        return 0
    if options.load:
        print(json.dumps(_load(_rows(path)[0])))
        return 0
    found = {**_agreement(*_rows(path)), **_measured_alone()}
    missed = _missed(found)
    print(json.dumps({**found, "missed": missed}) if options.json else _readable(found, missed))
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _rows(path: Path) -> tuple[list[str], list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["feedback"] for row in rows], [row["label"] for row in rows]


def _agreement(texts: list[str], labels: list[str]) -> dict[str, Any]:
    """Adjusted mutual information with the human labels, both at their true number; mean of three seeds."""
    k = len(set(labels))
    ours = [_score(labels, _ours(texts, k, seed)) for seed in SEEDS]
    base = [_score(labels, _baseline(texts, k, seed)) for seed in SEEDS]
    mean_ours, mean_base = sum(ours) / len(ours), sum(base) / len(base)
    return {
        "labels": k,
        "ami": round(mean_ours, 4),
        "ami_lowest": round(min(ours), 4),
        "ami_baseline": round(mean_base, 4),
        "ami_baseline_highest": round(max(base), 4),
        "ratio": round(mean_ours / mean_base, 2),
    }


def _score(labels: list[str], groups: list[int]) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(labels, groups))


def _ours(texts: list[str], k: int, seed: int) -> list[int]:
    """The voices that say nothing are one of the k groups, so k - 1 themes are asked for."""
    from rapport.insight.methods.themes.themes import propose_themes

    proposal = propose_themes(texts, k=k - 1, seed=seed)
    return [k - 1 if place.theme is None else place.theme for place in proposal.places]


def _baseline(texts: list[str], k: int, seed: int) -> list[int]:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(stop_words="english").fit_transform(texts)
    groups: list[int] = KMeans(k, n_init=10, random_state=seed).fit_predict(weights).tolist()
    return groups


def _measured_alone() -> dict[str, Any]:
    """In a process of its own, so that the memory is that of the proposal and of nothing else."""
    command = [sys.executable, __file__, "--load"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _load(texts: list[str]) -> dict[str, Any]:
    voices = _many(texts)
    began = time.perf_counter()
    from rapport.insight.methods.themes.themes import propose_themes

    proposal = propose_themes(voices)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "voices": len(voices),
        "distinct": len(set(voices)),
        "themes": len(proposal.themes),
        "seconds": round(seconds, 1),
        "peak_mb": round(peak),
    }


def _many(texts: list[str]) -> list[str]:
    """Ten thousand: the comments, then made-up ones that join the halves of two, so that they do not fold."""
    chance = random.Random(0)
    made = list(texts)
    while len(made) < VOICES:
        one, other = chance.choice(texts).split(), chance.choice(texts).split()
        made.append(" ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :]))
    return made


def _missed(found: dict[str, Any]) -> list[str]:
    bounds = {
        "ami": found["ami"] >= LEAST_AMI,
        "ratio": found["ratio"] >= LEAST_RATIO,
        "seconds": found["seconds"] < MOST_SECONDS,
        "peak_mb": found["peak_mb"] < MOST_MB,
    }
    return [name for name, held in bounds.items() if not held]


def _readable(found: dict[str, Any], missed: list[str]) -> str:
    return "\n".join(
        [
            f"agreement with {found['labels']} human labels (AMI, mean of {len(SEEDS)} seeds, bound {LEAST_AMI})",
            f"  ours             {found['ami']:.3f} (lowest {found['ami_lowest']:.3f})",
            f"  TF-IDF + KMeans  {found['ami_baseline']:.3f} (highest {found['ami_baseline_highest']:.3f})",
            f"  ratio            {found['ratio']:.2f} (bound {LEAST_RATIO})",
            f"{found['voices']:,} voices, {found['distinct']:,} of them distinct: {found['themes']} themes",
            f"  seconds          {found['seconds']:.1f} (bound {MOST_SECONDS:.0f})",
            f"  peak memory      {found['peak_mb']:,} MB (bound {MOST_MB:,.0f})",
            f"missed: {', '.join(missed)}" if missed else "all bounds held",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
