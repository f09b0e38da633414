"""Who voted what on which statement: a sparse matrix in which a pass (0) is stored and an unseen statement is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

AGREE, PASS, DISAGREE = 1, 0, -1

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Votes:
    """`start[i]:start[i + 1]` are the votes of participant i in `column` (ascending) and `vote`."""

    participants: Sequence[str]
    statements: Sequence[str]
    start: Ints
    column: NDArray[np.int32]
    vote: NDArray[np.int8]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int]]) -> "Votes":
        """From (participant, statement, vote) in the order in which they were given: the last of a pair counts."""
        people: dict[str, int] = {}
        statements: dict[str, int] = {}
        table = [
            (people.setdefault(who, len(people)), statements.setdefault(what, len(statements)), vote)
            for who, what, vote in rows
        ]
        numbers = np.array(table, dtype=np.int64).reshape(-1, 3)
        return cls.of_numbers(numbers[:, 0], numbers[:, 1], numbers[:, 2], list(people), list(statements))

    @classmethod
    def of_numbers(
        cls,
        participant: ArrayLike,
        statement: ArrayLike,
        vote: ArrayLike,
        participants: Sequence[str],
        statements: Sequence[str],
    ) -> "Votes":
        """From three arrays of equal length, positions among the names and votes; the last of a pair counts.

        Raises ValueError where a vote is not -1, 0 or 1, or a position is outside the names.
        """
        row = np.asarray(participant, dtype=np.int64)
        column = np.asarray(statement, dtype=np.int64)
        given = np.asarray(vote)
        _check(row, column, given, len(participants), len(statements))
        width = max(1, len(statements))
        pair, last = _last_of_each_pair(row * width + column)
        start = np.searchsorted(pair, np.arange(len(participants) + 1) * width)
        return cls(participants, statements, start, (pair % width).astype(np.int32), given.astype(np.int8)[last])

    @cached_property
    def row(self) -> Ints:
        """The participant of each stored vote."""
        return np.repeat(np.arange(len(self.participants)), self.counts)

    @cached_property
    def counts(self) -> Ints:
        """How many statements each participant has voted on, passes included."""
        return np.diff(self.start)

    def only(self, statements: NDArray[np.bool_]) -> "Votes":
        """The votes on these statements; the columns stay where they are."""
        if statements.all():
            return self
        kept = statements[self.column]
        start = np.concatenate([[0], np.cumsum(kept)])[self.start].astype(np.intp)
        return Votes(self.participants, self.statements, start, self.column[kept], self.vote[kept])

    def of_people(self, people: Ints) -> "Votes":
        """The votes of these participants, in this order."""
        if len(people) == len(self.participants) and np.array_equal(people, np.arange(len(people))):
            return self
        sizes = self.counts[people]
        start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
        at = np.arange(start[-1]) + np.repeat(self.start[people] - start[:-1], sizes)
        names = [self.participants[i] for i in people]
        return Votes(names, self.statements, start, self.column[at], self.vote[at])

    def centred(self, mean: Floats) -> "csr_array[np.float64]":
        """Participants × statements, less the statements' means: what was not seen is imputed with the mean, so 0."""
        shape = (len(self.participants), len(self.statements))
        return csr_array((self.vote - mean[self.column], self.column, self.start), shape=shape)


def _check(row: NDArray[np.int64], column: NDArray[np.int64], vote: NDArray[np.int64], people: int, texts: int) -> None:
    if not len(row) == len(column) == len(vote):
        raise ValueError("participants, statements and votes differ in number")
    if len(vote) and (vote.min() < DISAGREE or vote.max() > AGREE):
        raise ValueError("a vote is 1 (agree), 0 (pass) or -1 (disagree)")
    if len(row) and (row.min() < 0 or row.max() >= people or column.min() < 0 or column.max() >= texts):
        raise ValueError("a vote is by nobody, or on no statement")


def _last_of_each_pair(pair: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs in order, and where the last vote of each stands: one sort of pair and position together, in place."""
    bits = len(pair).bit_length()
    if len(pair) and int(pair.max()).bit_length() + bits > 62:
        raise ValueError("too many participants and statements to count together")
    pair <<= bits
    pair |= np.arange(len(pair))
    pair.sort()
    position = pair & ((1 << bits) - 1)
    pair >>= bits
    is_last = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return (pair, position) if is_last.all() else (pair[is_last], position[is_last])
