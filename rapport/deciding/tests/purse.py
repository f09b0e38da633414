"""A school's purchase budget, for the tests: six children want things for the garden, four a workshop."""

from typing import Any

from rapport.deciding.models import Ballot, Count, Option, Phase, Poll
from rapport.people.models import Person

from .idea_box import over
from .voting import voters

COSTS = {"Herb bed": 33, "Bench": 34, "Pond": 35, "Workshop": 33}


def purse(phase: Phase, *, budget: int = 102, costs: dict[str, int] = COSTS, **rules: Any) -> Poll:
    poll = Poll.objects.create(
        phase=phase, title="What do we buy?", method="budget", budget=budget, seed="spring", **rules
    )
    for order, (title, cost) in enumerate(costs.items(), 1):
        poll.options.create(title={"en": title}, cost=cost, order=order)
    return poll


def key(poll: Poll, title: str) -> str:
    return str(option(poll, title).pk)


def option(poll: Poll, title: str) -> Option:
    return next(one for one in Option.objects.filter(poll=poll).select_related("poll") if str(one) == title)


def chosen(poll: Poll, *titles: str) -> dict[str, Any]:
    return {"for": sorted(key(poll, title) for title in titles)}


def vote(poll: Poll, marks: list[dict[str, Any]], *, by: Person) -> None:
    for one, voter in zip(marks, voters(poll.process, len(marks), by), strict=True):
        Ballot.objects.cast(poll, one, participant=voter)


def the_street_votes(poll: Poll, *, by: Person) -> None:
    garden = chosen(poll, "Herb bed", "Bench", "Pond")
    vote(poll, [garden] * 6 + [chosen(poll, "Workshop")] * 4, by=by)


def counted(poll: Poll) -> Count:
    """When the days of the vote have passed."""
    over(poll.phase)
    return Count.objects.take(Poll.objects.get(pk=poll.pk))


def titles(poll: Poll, keys: list[str]) -> list[str]:
    names = {str(one.pk): str(one) for one in poll.options.all()}
    return [names[key] for key in keys]
