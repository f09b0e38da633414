"""All votes of a conversation as the method wants them, in an order that tells nothing and can be made again."""

from dataclasses import dataclass

import numpy as np

from rapport.deciding.methods.opinion_map import Votes
from rapport.deciding.models import Conversation, Fate, ModerationMode, OpinionVote


@dataclass(frozen=True)
class Matrix:
    """`votes` names statements by their number and people by their place; `people` are their keys, in that order."""

    votes: Votes
    people: list[int]
    moderated_out: list[str]


def matrix_of(conversation: Conversation) -> Matrix:
    """What the map is drawn from, and what is exported.

    The order of people follows from how they voted and nothing else, and that of statements from people's: so whoever
    reads the export, in which the ids are others, draws the same map to the last digit.
    """
    statements = dict(conversation.statements.values_list("pk", "number"))
    out = {number for number, standing in conversation.statements.values_list("number", "standing")
           if standing == Fate.REJECTED}  # fmt: skip
    waiting = set()
    if conversation.moderation == ModerationMode.STRICT:
        waiting = set(conversation.statements.waiting().values_list("pk", flat=True))
    kept = [key for key in statements if key not in waiting]
    rows = OpinionVote.objects.filter(statement__in=kept).values_list("participant_id", "statement_id", "vote")
    table = np.array(list(rows.order_by().iterator(chunk_size=20_000)), dtype=np.int64).reshape(-1, 3)
    people, who = np.unique(table[:, 0], return_inverse=True)
    keys, what = np.unique(table[:, 1], return_inverse=True)
    names = [str(statements[int(key)]) for key in keys]
    votes = Votes.of_numbers(who, what, table[:, 2], [str(i) for i in range(len(people))], names)
    order = _by_votes_alone(votes)
    votes = _as_first_seen(votes.of_people(order))
    named = Votes([str(i) for i in range(len(order))], votes.statements, votes.start, votes.column, votes.vote)
    return Matrix(named, people[order].tolist(), [str(number) for number in sorted(out)])


def _by_votes_alone(votes: Votes) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    columns, cast = votes.column.astype(">i4"), (votes.vote + 1).astype(np.uint8)
    ends = zip(votes.start[:-1].tolist(), votes.start[1:].tolist(), strict=True)
    keys = [columns[a:b].tobytes() + cast[a:b].tobytes() for a, b in ends]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)


def _as_first_seen(votes: Votes) -> Votes:
    """Statements in the order in which a reader of votes.csv meets them."""
    _columns, first = np.unique(votes.column, return_index=True)
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    names = [votes.statements[i] for i in order]
    return Votes.of_numbers(votes.row, place[votes.column], votes.vote, votes.participants, names)
