"""Work on urns that comes again: counting what is over, and putting ballots into another order."""

from rapport.deciding.models import Ballot, Count, Poll
from rapport.lib.later import can_wait


@can_wait
def count_what_is_over() -> int:
    """Each few minutes: the count is taken by itself, once, also where two workers come at the same moment."""
    due = list(Poll.objects.to_be_counted())
    for poll in due:
        if not poll.lacking():
            Count.objects.take(poll)
    return len(due)


@can_wait
def shuffle_urns() -> int:
    """Each night: nothing tells any more in which order the ballots of past days came."""
    running = Poll.objects.filter(count=None, rules__isnull=False)
    return sum(Ballot.objects.shuffle(poll) for poll in running.order_by("pk"))
