"""Two people enter the same sheet; where do they differ? Each column is compared by itself.

Texts that differ only in blanks or in capitals say the same; then the first stands. What one marked as
unreadable differs from anything but unreadable.
"""

from collections.abc import Mapping
from typing import Any

from .columns import columns_of
from .questionnaire import Questionnaire

UNREADABLE = "\N{REPLACEMENT CHARACTER}"  # no pen writes it
Seen = tuple[Mapping[str, Any], set[str]]  # the answers of one entry, and the questions that nobody could read


def differences(questionnaire: Questionnaire, first: Seen, second: Seen) -> list[tuple[str, Any, Any]]:
    """The columns in which two entries differ, with what each says (None: left empty)."""
    found = []
    for column in columns_of(questionnaire):
        one, other = _cell(column.name, first), _cell(column.name, second)
        if _plain(one) != _plain(other):
            found.append((column.name, one, other))
    return found


def cells_seen(questionnaire: Questionnaire, first: Seen, second: Seen) -> int:
    """How many columns at least one of them found something in; what both found empty proves little."""
    columns = columns_of(questionnaire)
    return sum(any(_cell(column.name, seen) is not None for seen in (first, second)) for column in columns)


def key_of(column: str) -> str:
    """The key of the question that a column belongs to."""
    return column.partition(".")[0]


def _cell(column: str, seen: Seen) -> Any:
    row, unreadable = seen
    return UNREADABLE if key_of(column) in unreadable else row.get(column)


def _plain(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
