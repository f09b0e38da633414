"""Instant run-off: the last is excluded until somebody has more than half of the ballots that still name somebody.

Ties for the last place: who had least at the latest earlier round at which they differed, else the lot.
"""

from .ranked import Ranked
from .result import Beforehand, Log, Result, Ties, numbered

_Pile = tuple[tuple[int, ...], int]  # a ballot and how many cast it


def irv(ballots: Ranked, rules: Beforehand) -> Result:
    """Elect one. Raises ValueError for more than one seat, or where ranks are equal."""
    if rules.seats != 1:
        raise ValueError("instant run-off elects one; for several seats there is stv")
    ties, names = Ties(ballots.names, rules.seed), ballots.names
    continuing, earlier = ballots.running(), list[list[int]]()
    piles: dict[int, list[_Pile]] = {at: [] for at in continuing}
    _deal(piles, ballots.strict())
    log: Log = []
    while True:
        votes = [sum(count for _order, count in piles.get(at, ())) for at in range(len(names))]
        active = sum(votes)
        log.append(
            {"what": "round", "votes": {names[at]: votes[at] for at in continuing}, "exhausted": ballots.total - active}
        )
        if not active:
            return Result("irv", (), numbered(log), ballots.total, "nobody")
        most = max(continuing, key=lambda at: votes[at])
        if votes[most] * 2 > active or len(continuing) == 1:
            log[-1]["elected"] = names[most]
            return Result("irv", (names[most],), numbered(log), ballots.total)
        least = min(votes[at] for at in continuing)
        tied = [at for at in continuing if votes[at] == least]
        last, how = ties.first(tied, earlier, highest=False)
        tie = {"tied": [names[at] for at in tied], "tie_by": how} if len(tied) > 1 else {}
        log[-1] |= {"excluded": names[last], **tie}
        continuing.remove(last)
        _deal(piles, piles.pop(last))
        earlier.append(votes)


def _deal(piles: dict[int, list[_Pile]], ballots: list[_Pile]) -> None:
    """Lay each ballot on the pile of the first that it names of those who are left."""
    for order, count in ballots:
        if (first := next((at for at in order if at in piles), None)) is not None:
            piles[first].append((order, count))
