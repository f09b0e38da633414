"""Themes of real comments beside TF-IDF + KMeans, assisted coding, and the time and memory for 100,000 voices.

    python bench/themes.py [--voices N] [--json]

Reads data/comments_nhs and data/comments_cimt_de in the folder RAPPORT_SHARED, or in ../shared beside the repository.
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

LEAST_AMI = 0.25
LEAST_CODED_RIGHT = 0.58
LEAST_RATIO = 1.5
MOST_SECONDS = 240.0
MOST_MB = 2000.0
MOST_SECONDS_TO_ASSIGN = 2.0
VOICES = 100_000
NEW, BY_HAND = 1_000, 200
SEEDS = (0, 1, 2)


def main() -> int:
    options = _options()
    data = Path(os.environ.get("RAPPORT_SHARED", ROOT.parent / "shared")) / "data"
    path = data / "comments_nhs/comments_4000.csv"
    if not path.exists():
        print("bench themes: left out, because there is no comments_4000.csv. Set RAPPORT_SHARED to its folder.")
        return 0
    if options.load:
        print(json.dumps(_load(_rows(path)[0], options.voices)))
        return 0
    found = {
        **_agreement(*_rows(path)),
        **_in_german(data / "comments_cimt_de"),
        **_coded(*_rows(path)),
        **_measured_alone(options.voices),
    }
    missed = _missed(found)
    print(json.dumps({**found, "missed": missed}) if options.json else _readable(found, missed))
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--voices", type=int, default=VOICES, metavar="N", help="how many for time and memory")
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _rows(path: Path) -> tuple[list[str], list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["feedback"] for row in rows], [row["label"] for row in rows]


def _agreement(texts: list[str], labels: list[str], silent: int = 1) -> dict[str, Any]:
    """Adjusted mutual information with the human labels, both at their true number; mean of three seeds."""
    k = len(set(labels))
    ours = [_score(labels, _ours(texts, k, seed, silent)) for seed in SEEDS]
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


def _in_german(folder: Path) -> dict[str, Any]:
    """697 contributions with several human codes each: of those coded, the rarest code is the label."""
    files = sorted(folder.glob("*/*.csv"))
    if not files:
        return {}
    with files[0].open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = list(rows[0])[4:]
    often = {code: sum(row[code] == "1" for row in rows) for code in codes}
    labelled = [
        (f"{row['title']}. {row['text']}", min(given, key=lambda code: often[code]))
        for row in rows
        if (given := [code for code in codes if row[code] == "1"])
    ]
    told = _agreement([text for text, _label in labelled], [label for _text, label in labelled], silent=0)
    return {f"german_{name}": value for name, value in told.items()}


def _coded(texts: list[str], labels: list[str]) -> dict[str, Any]:
    """200 comments coded by hand, drawn anew with each seed; how many of the others are right, and how sure it was."""
    from rapport.insight.methods.themes.coding import suggest_codes
    from rapport.insight.methods.themes.meaning import read

    vectors = read(texts).vectors
    right, error = [], []
    for seed in SEEDS:
        by_hand = set(random.Random(seed).sample(range(len(texts)), BY_HAND))
        found = suggest_codes(vectors, [label if i in by_hand else "" for i, label in enumerate(labels)])
        rest = [i for i in range(len(texts)) if i not in by_hand]
        pairs = [(found[i].confidence, found[i].code == labels[i]) for i in rest]
        right.append(sum(is_right for _sure, is_right in pairs) / len(pairs))
        error.append(_calibration_error(pairs))
    return {
        "coded_right": round(sum(right) / len(right), 4),
        "coded_right_lowest": round(min(right), 4),
        "calibration_error": round(sum(error) / len(error), 4),
    }


def _calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """Between what it said and what was right, over ten bands of confidence (expected calibration error)."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for sure, is_right in pairs:
        bands.setdefault(min(9, int(sure * 10)), []).append((sure, is_right))
    return sum(abs(sum(s for s, _r in band) - sum(r for _s, r in band)) for band in bands.values()) / len(pairs)


def _score(labels: list[str], groups: list[int]) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(labels, groups))


def _ours(texts: list[str], k: int, seed: int, silent: int) -> list[int]:
    """Where the voices that say nothing are one of the k groups, k - 1 themes are asked for."""
    from rapport.insight.methods.themes.themes import propose_themes

    proposal = propose_themes(texts, k=k - silent, seed=seed)
    return [k if place.theme is None else place.theme for place in proposal.places]


def _baseline(texts: list[str], k: int, seed: int) -> list[int]:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(stop_words="english").fit_transform(texts)
    groups: list[int] = KMeans(k, n_init=10, random_state=seed).fit_predict(weights).tolist()
    return groups


def _measured_alone(voices: int) -> dict[str, Any]:
    """In a process of its own, so that the memory is that of the proposal and of nothing else."""
    command = [sys.executable, __file__, "--load", "--voices", str(voices)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _load(texts: list[str], count: int) -> dict[str, Any]:
    voices = _many(texts, count)
    began = time.perf_counter()
    from rapport.insight.methods.themes.coding import learn
    from rapport.insight.methods.themes.meaning import read
    from rapport.insight.methods.themes.themes import propose_themes

    proposal = propose_themes(voices)
    seconds = time.perf_counter() - began
    known = [i for i, place in enumerate(proposal.places) if place.theme is not None][:2000]
    coder = learn(read([voices[i] for i in known]).vectors, [str(proposal.places[i].theme) for i in known])
    began = time.perf_counter()
    coder.suggest(read(texts[-NEW:]).vectors)
    assigned = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "voices": len(voices),
        "distinct": len(set(voices)),
        "themes": len(proposal.themes),
        "seconds": round(seconds, 1),
        "peak_mb": round(peak),
        "seconds_to_assign": round(assigned, 2),
    }


def _many(texts: list[str], count: int) -> list[str]:
    """The comments, then made-up ones that join the halves of two, so that they do not fold."""
    chance = random.Random(0)
    made = list(texts)
    while len(made) < count:
        one, other = chance.choice(texts).split(), chance.choice(texts).split()
        made.append(" ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :]))
    return made


def _missed(found: dict[str, Any]) -> list[str]:
    bounds = {
        "ami": found["ami"] >= LEAST_AMI,
        "ratio": found["ratio"] >= LEAST_RATIO,
        "german_ratio": found.get("german_ratio", LEAST_RATIO) >= LEAST_RATIO,
        "coded_right": found["coded_right_lowest"] >= LEAST_CODED_RIGHT,
        "seconds": found["seconds"] < MOST_SECONDS,
        "peak_mb": found["peak_mb"] < MOST_MB,
        "seconds_to_assign": found["seconds_to_assign"] < MOST_SECONDS_TO_ASSIGN,
    }
    return [name for name, held in bounds.items() if not held]


def _readable(found: dict[str, Any], missed: list[str]) -> str:
    return "\n".join(
        [
            f"agreement with {found['labels']} human labels (AMI, mean of {len(SEEDS)} seeds, bound {LEAST_AMI})",
            f"  ours             {found['ami']:.3f} (lowest {found['ami_lowest']:.3f})",
            f"  TF-IDF + KMeans  {found['ami_baseline']:.3f} (highest {found['ami_baseline_highest']:.3f})",
            f"  ratio            {found['ratio']:.2f} (bound {LEAST_RATIO})",
            *_readable_german(found),
            f"{BY_HAND} coded by hand: {found['coded_right']:.3f} of the others right"
            f" (lowest {found['coded_right_lowest']:.3f}, bound {LEAST_CODED_RIGHT});"
            f" its confidence is wrong by {found['calibration_error']:.3f}",
            f"{found['voices']:,} voices, {found['distinct']:,} of them distinct: {found['themes']} themes",
            f"  seconds          {found['seconds']:.1f} (bound {MOST_SECONDS:.0f})",
            f"  peak memory      {found['peak_mb']:,} MB (bound {MOST_MB:,.0f})",
            f"  {NEW:,} new ones     {found['seconds_to_assign']:.2f} s (bound {MOST_SECONDS_TO_ASSIGN:.0f})",
            f"missed: {', '.join(missed)}" if missed else "all bounds held",
        ]
    )


def _readable_german(found: dict[str, Any]) -> list[str]:
    if "german_ami" not in found:
        return []
    told = f"{found['german_ami']:.3f} against {found['german_ami_baseline']:.3f}, ratio {found['german_ratio']:.2f}"
    return [f"German, {found['german_labels']} human codes: {told} (bound {LEAST_RATIO})"]


if __name__ == "__main__":
    sys.exit(main())
