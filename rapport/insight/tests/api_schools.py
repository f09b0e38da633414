"""The samples of Californian schools (from R's `survey`) that the published figures are made from."""

import csv
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rapport.insight.methods.weighing.designs import Codes, Design
from rapport.insight.methods.weighing.margins import Margin

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[4] / "shared"))
FOLDER = SHARED / "data" / "survey_r_api"

needs_the_schools = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="There is no survey_r_api. Set RAPPORT_SHARED to the folder above it."
)

SCHOOL_TYPES = {"E": 4421, "H": 755, "M": 1018}
SCHOOL_WIDE = {"No": 1072, "Yes": 5122}

Table = dict[str, NDArray[np.generic]]


@cache
def schools(name: str) -> Table:
    """A file by columns: numbers with NaN for NA, or words."""
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: _column([row[column] for row in rows]) for column in rows[0]}


def _column(texts: list[str]) -> NDArray[np.generic]:
    try:
        return np.array(["nan" if text == "NA" else text for text in texts], dtype=np.float64)
    except ValueError:
        return np.array(texts)


def codes(column: NDArray[np.generic]) -> Codes:
    return np.unique(column, return_inverse=True)[1]


def margin(table: Table, name: str, targets: dict[str, int]) -> Margin:
    place = {level: number for number, level in enumerate(targets)}
    return Margin(name, np.array([place[str(one)] for one in table[name]]), list(targets.values()), tuple(targets))


def simple() -> tuple[Design, Table]:
    data = schools("apisrs")
    return Design.of(200, weights=data["pw"], fpc=[data["fpc"]]), data


def stratified() -> tuple[Design, Table]:
    data = schools("apistrat")
    return Design.of(200, weights=data["pw"], strata=data["stype"], fpc=[data["fpc"]]), data


def clustered() -> tuple[Design, Table]:
    """One stage: whole districts."""
    data = schools("apiclus1")
    return Design.of(183, weights=data["pw"], clusters=[data["dnum"]], fpc=[data["fpc"]]), data


def two_stage(*, replaced: bool = False) -> tuple[Design, Table]:
    """Districts, and up to five schools in each; with replacement the second stage does not matter."""
    data = schools("apiclus2")
    clusters = [data["dnum"], data["snum"]]
    if replaced:
        return Design.of(126, weights=data["pw"], clusters=clusters), data
    return Design.of(126, clusters=clusters, fpc=[data["fpc1"], data["fpc2"]]), data
