"""A million made-up answers with four margins, the same for all that are measured, and the clock. NumPy only."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROWS = 1_000_000
LEVELS = {"age": 6, "gender": 2, "education": 8, "district": 25}
POPULATION = 5_000_000
QUESTIONS, ANSWERS = 40, 5
ROUNDS = 5


def make(rows: int = ROWS) -> dict[str, Any]:
    """Codes of each margin, targets, and a number that depends on them."""
    chance = np.random.default_rng(0)
    data: dict[str, Any] = {
        name: chance.choice(count, rows, p=chance.dirichlet(np.full(count, 5.0))).astype(np.int8)
        for name, count in LEVELS.items()
    }
    for name, count in LEVELS.items():
        data[f"target_{name}"] = np.round(chance.dirichlet(np.full(count, 8.0)), 4)
        data[f"target_{name}"] *= POPULATION / data[f"target_{name}"].sum()
    data["visits"] = chance.normal(5, 1, rows) + data["age"] * 0.3 + data["district"] * 0.02
    return data


def write(folder: Path, data: dict[str, Any]) -> None:
    """As one file for Python, and a file of plain bytes for each column for R."""
    np.savez(folder / "answers.npz", **data)
    for name in LEVELS:
        (folder / f"{name}.bin").write_bytes(data[name].astype("<i4").tobytes())
        (folder / f"target_{name}.bin").write_bytes(data[f"target_{name}"].astype("<f8").tobytes())
    (folder / "visits.bin").write_bytes(data["visits"].astype("<f8").tobytes())


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest time of some rounds, and what the last of them gave."""
    times, found = [], None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - began)
    return min(times), found
