"""Ranked ballots: made-up elections counted by us and by others, and the time for many ballots.

    python bench/ballots.py [--json]

pref_voting (Scottish STV), stvpoll (instant run-off) and votelib (Schulze) get environments of their own under var/;
where they cannot be installed they are left out, with a message. Elections in which a lot was drawn are not compared.
(Not stvpoll's STV: it passes a surplus on to somebody elected at the same stage, which the Order does not.)
Exits 1 if a bound is missed.
"""

import argparse
import json
import random
import sys
import time
from typing import Any

from _elsewhere import ROOT, NotThere, answer, python_with

sys.path.insert(0, str(ROOT))

ELECTIONS = 300
BALLOTS, CANDIDATES, SEATS = 100_000, 20, 5
MOST_SECONDS = 3.0
LEAST_COMPARED = 200
OTHERS = {"stv": "pref-voting==1.18.2", "irv": "stvpoll==0.5.6", "schulze": "votelib==0.4.0"}
PATIENCE = 300.0

_SCRIPTS = {
    "pref-voting==1.18.2": """
import json, sys
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
found = []
for one in json.load(open(sys.argv[1])):
    place = {name: at for at, name in enumerate(one["names"])}
    ranks = [{place[name]: at for at, name in enumerate(ranking)} for ranking, _ in one["ballots"]]
    counts = [count for _, count in one["ballots"]]
    profile = ProfileWithTies(ranks, rcounts=counts, candidates=list(place.values()))
    found.append([one["names"][at] for at in stv_scottish(profile, num_seats=one["seats"])])
print(json.dumps(found))
""",
    "stvpoll==0.5.6": """
import json, sys
from stvpoll.irv import IRV
found = []
for one in json.load(open(sys.argv[1])):
    poll = IRV(candidates=one["names"])
    for ranking, count in one["ballots"]:
        poll.add_ballot(ranking, count)
    result = poll.calculate().as_dict()
    found.append(None if result["randomized"] else list(result["winners"]))
print(json.dumps(found))
""",
    "votelib==0.4.0": """
import json, sys
from collections import Counter
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze
found = []
for one in json.load(open(sys.argv[1])):
    together = Counter()
    for ranking, count in one["ballots"]:
        together[tuple(ranking)] += count
    won = Schulze().evaluate(RankedToCondorcetVotes().convert(together), one["seats"])
    found.append([str(name) for name in won] if all(isinstance(name, str) for name in won) else None)
print(json.dumps(found))
""",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    found = {method: _compared(method, other) for method, other in OTHERS.items()}
    seconds = {method: _timed(method) for method in OTHERS}
    missed = [f"{method} compared" for method, one in found.items() if one and one["compared"] < LEAST_COMPARED]
    missed += [f"{method} differs" for method, one in found.items() if one and one["same"] < one["compared"]]
    missed += [f"{method} seconds" for method, took in seconds.items() if took >= MOST_SECONDS]
    facts = {"compared": found, "seconds": seconds, "missed": missed}
    print(json.dumps(facts) if options.json else _readable(found, seconds, missed))
    return 1 if missed else 0


def _elections(method: str) -> list[dict[str, Any]]:
    """Candidates of unlike strength, ballots that stop anywhere: few ties, many transfers."""
    dice, made = random.Random(method), []
    for _ in range(ELECTIONS):
        names = [f"c{at}" for at in range(dice.randint(3, 9))]
        ballots = [(_ranking(dice, names, short=method != "schulze"), dice.randint(1, 30)) for _ in range(40)]
        seats = 1 if method == "irv" else dice.randint(1, len(names) - 1)
        made.append({"method": method, "names": names, "seats": seats, "ballots": ballots})
    return made


def _ranking(dice: random.Random, names: list[str], short: bool) -> list[str]:
    ranked = sorted(names, key=lambda name: dice.gauss(int(name[1:]) / 3, 1))
    return ranked[: dice.randint(1, len(names))] if short else ranked


def _compared(method: str, other: str) -> dict[str, int] | None:
    try:
        python = python_with(other)
    except NotThere as problem:
        print(f"left out: {problem}", file=sys.stderr)
        return None
    made = _elections(method)
    theirs = answer(python, _SCRIPTS[other], made, PATIENCE)
    ours = [_ours(one) for one in made]
    both = [(sorted(one), sorted(two)) for one, two in zip(ours, theirs, strict=True) if one and two is not None]
    return {"compared": len(both), "same": sum(one == two for one, two in both)}


def _ours(one: dict[str, Any]) -> list[str] | None:
    from rapport.deciding.methods.ballots import Beforehand, Ranked, count

    place = {name: at for at, name in enumerate(one["names"])}
    ballots = [(tuple((place[name],) for name in ranking), number) for ranking, number in one["ballots"]]
    result = count(one["method"], Ranked.counted(one["names"], ballots), Beforehand(seats=one["seats"]))
    return None if any(step.get("tie_by") == "lot" for step in result.steps) else list(result.winners)


def _timed(method: str) -> float:
    from rapport.deciding.methods.ballots import Beforehand, Ranked, count

    dice, names = random.Random(7), [f"c{at}" for at in range(CANDIDATES)]
    ballots = Ranked.of([_ranking(dice, names, short=True) for _ in range(BALLOTS)], names)
    began = time.perf_counter()
    count(method, ballots, Beforehand(seats=1 if method == "irv" else SEATS))
    return round(time.perf_counter() - began, 2)


def _readable(found: dict[str, Any], seconds: dict[str, float], missed: list[str]) -> str:
    lines = []
    for method, other in OTHERS.items():
        one = found[method]
        same = f"the winners of {other} in {one['same']} of {one['compared']} elections" if one else "not compared"
        lines.append(f"  {method:8} {same}; {BALLOTS:,} ballots in {seconds[method]:.2f} s (bound {MOST_SECONDS})")
    return "\n".join([*lines, f"missed: {', '.join(missed)}" if missed else "all bounds held"])


if __name__ == "__main__":
    sys.exit(main())
