"""What came of the rows of a file of answers: taken, here already, or refused, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from rapport.surveys.methods.answers import ReadRow

_MOST_SHOWN = 200


class Report:
    def __init__(self) -> None:
        self.read = self.taken = self.known = 0
        self.refused: list[dict[str, Any]] = []

    def count(self, row: ReadRow, why: dict[str, Any], *, is_known: bool) -> None:
        self.read += 1
        if why:
            self.refused.append({"row": row.number, **why})
        elif is_known:
            self.known += 1
        else:
            self.taken += 1

    def as_json(self) -> dict[str, Any]:
        refused = len(self.refused)
        shown = self.refused[:_MOST_SHOWN]
        return {"read": self.read, "taken": self.taken, "known": self.known, "refused": refused, "rows": shown}


def why_not(row: ReadRow, branches: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with a row, for `remarks.say_refused`; empty where nothing is."""
    if row.is_broken:
        return {"why": "broken"}
    if row.unknown:
        return {"why": "not_a_choice", "column": row.unknown[0][0], "said": row.unknown[0][1][:60]}
    if row.complaints:
        one = row.complaints[0]
        return {"why": str(one.fault), "column": one.column, "bound": one.bound}
    return _wrong_about(row, branches) or ({} if row.row else {"why": "empty"})


def _wrong_about(row: ReadRow, branches: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with the day or the branch of an answer."""
    if row.bad_day:
        return {"why": "no_day", "said": row.bad_day}
    if row.day and row.day > timezone.localdate():
        return {"why": "future", "said": row.day.isoformat()}
    if row.branch and row.branch.casefold() not in branches:
        return {"why": "no_branch", "said": row.branch[:60]}
    return {}
