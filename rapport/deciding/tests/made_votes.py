"""Votes that are made up, with as many groups as are wanted, and where the data that are not ours may lie."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rapport.deciding.methods.opinion_map import Votes

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"


def made_votes(
    people: int = 120, statements: int = 30, each: int = 20, groups: int = 1, seed: int = 0
) -> tuple[Votes, NDArray[np.intp]]:
    """Everybody votes on `each` statements drawn by lot, as is usual in their group; and which group that is."""
    chance = np.random.default_rng(seed)
    group_of = np.arange(people) % groups
    usual = chance.normal(0, 2, (groups, statements))
    who = np.repeat(np.arange(people), each)
    what = np.concatenate([chance.permutation(statements)[:each] for _ in range(people)])
    felt = usual[group_of[who], what] + chance.logistic(0, 1, len(who))
    vote = np.where(felt > 0.3, 1, np.where(felt < -0.3, -1, 0))
    names = [f"p{i}" for i in range(people)], [f"s{i}" for i in range(statements)]
    return Votes.of_numbers(who, what, vote, *names), group_of
