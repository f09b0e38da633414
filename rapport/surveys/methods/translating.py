"""A translator's table against a questionnaire: what it would change, and what of it cannot be taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .questionnaire import Questionnaire
from .walking import inserted

_GUARD = re.compile(r"^'(?=[\s=+\-@|%])")  # our own tables put it before what a spreadsheet would take for a formula


@dataclass
class Read:
    """What was read, by the names that `all_words` gives."""

    new: dict[str, str] = field(default_factory=dict)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)  # as it was, as it would be
    same: int = 0
    empty: int = 0
    unknown: list[tuple[int, str]] = field(default_factory=list)  # the row's number, and a name that is not there
    lost: list[tuple[int, str, str]] = field(default_factory=list)  # an answer that the first language inserts

    @property
    def said(self) -> dict[str, str]:
        return self.new | {name: after for name, (_before, after) in self.changed.items()}


def read_translation(questionnaire: Questionnaire, language: str, rows: Iterable[tuple[int, str, str]]) -> Read:
    """Each row is its number, the name of the words, and the words. An empty cell changes nothing.

    Words that no longer insert an answer which the first language inserts are taken, and listed as lost.
    """
    first = questionnaire.languages[0]
    known = dict(questionnaire.all_words())
    read = Read()
    for number, name, text in rows:
        said = _GUARD.sub("", text).strip()
        words = known.get(name.strip())
        if words is None:
            read.unknown.append((number, name))
        elif not said:
            read.empty += 1
        else:
            _take(read, name.strip(), words.get(language, ""), said)
            for braces in sorted(inserted(words.get(first, "")) - inserted(said)):
                read.lost.append((number, name.strip(), braces))
    return read


def _take(read: Read, name: str, before: str, said: str) -> None:
    if before == said:
        read.same += 1
    elif before:
        read.changed[name] = (before, said)
    else:
        read.new[name] = said
