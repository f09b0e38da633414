"""The files in which Polis exports a conversation: votes.csv, participants-votes.csv and comments.csv, both ways.

    votes.csv               timestamp,datetime,comment-id,voter-id,vote     1 agrees, -1 disagrees, 0 passes
    participants-votes.csv  participant,group-id,n-comments,n-votes,n-agree,n-disagree,<one column a comment>
    comments.csv            timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body

In votes.csv the last vote of a pair counts, by its timestamp and then by its line. The matrix holds only that vote, an
empty cell where a statement was not seen. In comments.csv `moderated` is 1 in, -1 out, 0 not yet; its counts include
votes that were changed later.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from .opinion_map.votes import AGREE, DISAGREE, Ints, Votes

_VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
_PEOPLE = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
_COMMENTS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
_MODERATION = {"1": 1, "0": 0, "-1": -1, "": 0, "true": 1, "false": -1}


class UnreadableVotes(ValueError):
    """The file is not what it should be; the message names the line and the field."""


@dataclass(frozen=True)
class Comment:
    id: str
    text: str
    author: str = ""
    agrees: int = 0
    disagrees: int = 0
    moderated: int = 0  # 1 in, -1 out, 0 not yet


def read_votes(path: Path) -> Votes:
    """The votes of a votes.csv or a participants-votes.csv, told apart by their first line."""
    with _opened(path) as file:
        rows = csv.DictReader(file)
        names = rows.fieldnames or []
        try:
            if {"comment-id", "voter-id", "vote"} <= set(names):
                return Votes.of((who, what, vote) for _when, who, what, vote in sorted(_one_by_one(rows), key=_when))
            if "participant" in names:
                return _of_matrix(rows, [name for name in names if name not in _PEOPLE])
        except (csv.Error, UnicodeDecodeError) as problem:
            raise UnreadableVotes(f"line {rows.line_num}: {problem}") from problem
    raise UnreadableVotes("line 1: neither the columns comment-id, voter-id and vote nor the column participant")


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")


def _when(row: tuple[int, str, str, int]) -> int:
    return row[0]


def _one_by_one(rows: "csv.DictReader[str]") -> Iterator[tuple[int, str, str, int]]:
    for row in rows:
        who, what = row["voter-id"], row["comment-id"]
        if not who or not what:
            raise UnreadableVotes(f"line {rows.line_num}: voter-id or comment-id is empty")
        when = _number(row.get("timestamp") or "0", rows.line_num, "timestamp")
        yield when, who, what, _vote(row["vote"], rows, "vote")


def _number(value: str, line: int, field: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise UnreadableVotes(f"line {line}, {field}: “{value[:40]}” is not a whole number") from None


def _vote(value: str | None, rows: "csv.DictReader[str]", field: str) -> int:
    words = (value or "").strip().removesuffix(".0")
    if words not in {"1", "0", "-1"}:
        why = f"“{words[:40]}” is not 1 (agree), 0 (pass) or -1 (disagree)"
        raise UnreadableVotes(f"line {rows.line_num}, {field}: {why}")
    return int(words)


def _of_matrix(rows: "csv.DictReader[str]", statements: list[str]) -> Votes:
    participants: list[str] = []
    who, what, how = [], [], []
    for row in rows:
        for at, name in enumerate(statements):
            if row[name] not in {"", None}:
                who.append(len(participants))
                what.append(at)
                how.append(_vote(row[name], rows, name))
        participants.append(row["participant"] or "")
    if len(set(participants)) < len(participants):
        raise UnreadableVotes("the same participant stands on two lines")
    return Votes.of_numbers(who, what, how, participants, statements)


def read_comments(path: Path) -> list[Comment]:
    """The statements of a comments.csv, in the order of the file."""
    with _opened(path) as file:
        rows = csv.DictReader(file)
        if missing := {"comment-id", "comment-body"} - set(rows.fieldnames or ()):
            raise UnreadableVotes(f"line 1: there is no column {' or '.join(sorted(missing))}")
        try:
            return [_comment(row, rows.line_num) for row in rows]
        except (csv.Error, UnicodeDecodeError) as problem:
            raise UnreadableVotes(f"line {rows.line_num}: {problem}") from problem


def _comment(row: Mapping[str, str | None], line: int) -> Comment:
    def counted(field: str) -> int:
        return _number(row.get(field) or "0", line, field)

    moderated = (row.get("moderated") or "").strip().lower()
    if moderated not in _MODERATION:
        raise UnreadableVotes(f"line {line}, moderated: “{moderated[:40]}” is not 1, 0 or -1")
    return Comment(
        id=row["comment-id"] or "",
        text=row["comment-body"] or "",
        author=row.get("author-id") or "",
        agrees=counted("agrees"),
        disagrees=counted("disagrees"),
        moderated=_MODERATION[moderated],
    )


def write_votes(file: TextIO, votes: Votes) -> None:
    """A votes.csv without the times, which the matrix does not keep."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(_VOTES)
    for who, what, vote in zip(votes.row.tolist(), votes.column.tolist(), votes.vote.tolist(), strict=True):
        out.writerow(("", "", votes.statements[what], votes.participants[who], vote))


def write_matrix(
    file: TextIO, votes: Votes, group_of: Ints | None = None, written: Mapping[str, int] | None = None
) -> None:
    """A participants-votes.csv; `group_of` as in OpinionMap, `written` counts the comments that each one wrote."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow((*_PEOPLE, *votes.statements))
    for at, name in enumerate(votes.participants):
        mine = slice(votes.start[at], votes.start[at + 1])
        vote = votes.vote[mine]
        cells = [""] * len(votes.statements)
        for column, cast in zip(votes.column[mine].tolist(), vote.tolist(), strict=True):
            cells[column] = str(cast)
        group = "" if group_of is None or group_of[at] < 0 else int(group_of[at])
        sums = (len(vote), int(np.sum(vote == AGREE)), int(np.sum(vote == DISAGREE)))
        out.writerow((name, group, (written or {}).get(name, 0), *sums, *cells))


def write_comments(file: TextIO, comments: Iterable[Comment]) -> None:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(_COMMENTS)
    for one in comments:
        out.writerow(("", "", one.id, one.author, one.agrees, one.disagrees, one.moderated, one.text))
