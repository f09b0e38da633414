"""Hands for tests of votes: a vote with options, voters with code cards, many at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from rapport.deciding.models import AlreadyVoted, CodeCard, NotOpen, Option, Participant, Phase, Poll, Process
from rapport.people.models import Person

HOURS = ("Sunday afternoon", "Thursday evening", "Early mornings")


def vote_on(phase: Phase, method: str, titles: tuple[str, ...] = HOURS, **fields: Any) -> Poll:
    poll = Poll.objects.create(phase=phase, title="When should we open?", method=method, seed="spring", **fields)
    for order, title in enumerate(titles, 1):
        poll.options.create(title={"en": title}, order=order)
    return poll


def keys(poll: Poll) -> list[str]:
    return [str(one.pk) for one in Option.objects.filter(poll=poll)]


def voters(process: Process, n: int, by: Person) -> list[Participant]:
    return [card.take_part() for card in CodeCard.deal(process, n, by=by)]


def together(acts: list[Callable[[], object]]) -> list[object]:
    """What each of these said, all begun at the same moment; a refusal is said by its class."""
    start, said = Barrier(len(acts)), list[object]([None] * len(acts))

    def run(n: int) -> None:
        try:
            start.wait(20)
            said[n] = acts[n]()
        except (AlreadyVoted, NotOpen) as refused:
            said[n] = type(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said
