"""The method of Schulze (2011, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method"): who beats whom along the strongest path of pairwise victories, by winning votes.

What a ballot leaves out ranks below what it names. Equal ranks are welcome. Several seats go to the first in the order,
which is not in proportion. Ties: the lot.
"""

import numpy as np
from numpy.typing import NDArray

from .ranked import Ranked
from .result import Beforehand, Log, Result, Ties, numbered


def schulze(ballots: Ranked, rules: Beforehand) -> Result:
    """Order the options and elect the first `rules.seats`."""
    running = ballots.running()
    wins = pairwise(ballots)[np.ix_(running, running)]
    paths = strongest_paths(wins)
    names = [ballots.names[at] for at in running]
    log: Log = [
        {"what": "pairs", "votes": _table(names, wins)},
        {"what": "strongest paths", "votes": _table(names, paths)},
    ]
    ties, left = Ties(tuple(names), rules.seed), list(range(len(names)))
    winners: list[str] = []
    while left and len(winners) < rules.seats:
        best = [at for at in left if all(paths[at, other] >= paths[other, at] for other in left)]
        chosen = ties.lot(best)
        left.remove(chosen)
        winners.append(names[chosen])
        tie = {"tied": [names[at] for at in best], "tie_by": "lot"} if len(best) > 1 else {}
        log.append({"what": "elected", "elected": names[chosen], **tie})
    return Result("schulze", tuple(winners), numbered(log), ballots.total)


def pairwise(ballots: Ranked) -> NDArray[np.int64]:
    """How many voters put the row's option above the column's."""
    size = len(ballots.names)
    levels = np.full((len(ballots.ballots), size), size, dtype=np.int16)
    for row, (ranking, _count) in enumerate(ballots.ballots):
        for place, equals in enumerate(ranking):
            for at in equals:
                levels[row, at] = place
    counts = np.array([count for _ranking, count in ballots.ballots], dtype=np.int64)
    return np.array([counts @ (levels[:, [at]] < levels) for at in range(size)]).reshape(size, size)


def strongest_paths(above: NDArray[np.int64]) -> NDArray[np.int64]:
    """The strength of the strongest path of victories from each option to each other (Floyd and Warshall)."""
    paths = np.where(above > above.T, above, 0)
    for via in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, [via]], paths[[via], :]))
    np.fill_diagonal(paths, 0)
    return paths


def _table(names: list[str], table: NDArray[np.int64]) -> dict[str, dict[str, int]]:
    return {
        name: {other: int(table[row, column]) for column, other in enumerate(names) if row != column}
        for row, name in enumerate(names)
    }
