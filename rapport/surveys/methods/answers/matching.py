"""Which column of a table holds which answer: guessed by names and words, corrected by people.

Known ways of naming: our own exports (`services.wifi.importance`), ODK and Kobo (`group/visits`, `group-visits`,
`barriers/hours` with 1 and 0 for each choice), LimeSurvey (`visits`, `services[wifi]`, `barriers[other]`), and the
words of the question in any of its languages.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..columns import OTHER, Column, columns_of
from ..forms.keys import key_for
from ..questionnaire import Kind, Questionnaire

SKIP, DATE, PLACE, LANGUAGE, KEY = "", ":date", ":branch", ":language", ":key"
_DATES = {"submissiondate", "_submission_time", "submitdate", "datestamp", "today", "end", "date", "day", "on"}
_LANGUAGES = {"language", "startlanguage", "lang", "_language"}
_PLACES = {"branch", "library", "place", "location"}
_KEYS = {"instanceid", "meta/instanceid", "_uuid", "key", "response id", "id"}
_PARTS = re.compile(r"[/\[\].\-:]+")


@dataclass(frozen=True)
class Target:
    """Where the cells of a column go: a column of answers, or one choice of several (its cells say yes or no)."""

    name: str
    code: str = ""
    is_rank: bool = False

    def __str__(self) -> str:
        return f"{self.name}={self.code}" if self.code else self.name

    @classmethod
    def read(cls, said: str) -> "Target":
        name, _equals, code = said.partition("=")
        return cls(name, code)


@dataclass
class Match:
    """For each heading of the file its target; `SKIP` where none is known."""

    targets: dict[str, str]

    def found(self) -> set[str]:
        return {Target.read(target).name for target in self.targets.values() if target}


def targets_of(questionnaire: Questionnaire) -> list[Target]:
    """All that a column may hold, in the order of the questions."""
    found = []
    for column in columns_of(questionnaire):
        found.append(Target(column.name))
        if column.is_many:
            found += [Target(column.name, choice.code) for choice in column.question.choices]
    return found


def guess(headings: Sequence[str], questionnaire: Questionnaire, words: Mapping[str, str] | None = None) -> Match:
    """The first column that fits takes a target; no target is taken twice. `words` say more of some headings."""
    names = _names(questionnaire)
    exact = {column.name for column in columns_of(questionnaire)}
    targets: dict[str, str] = {}
    taken: set[str] = set()
    for heading in headings:
        own = re.split(r"[/\-]", heading)[-1].strip()
        target = next((names[way] for way in _ways(heading) if way in names), _about(heading))
        target = own if own in exact else target
        more = (words or {}).get(heading, "")
        if not target and more:
            target = next((names[way] for way in _ways(more) if way in names), SKIP)
        targets[heading] = SKIP if target in taken else target
        taken.add(target)
    _not_both_ways(targets)
    return Match(targets)


def _not_both_ways(targets: dict[str, str]) -> None:
    """Kobo writes several choices twice, in one column and split; the column that has all of them is enough."""
    whole = {target for target in targets.values() if "=" not in target}
    for heading, target in targets.items():
        if Target.read(target).code and Target.read(target).name in whole:
            targets[heading] = SKIP


def _names(questionnaire: Questionnaire) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns_of(questionnaire):
        for way in _column_ways(column):
            names.setdefault(way, column.name)
        if column.is_many:
            for choice in column.question.choices:
                for said in {choice.code, key_for(choice.code), *choice.words.values()}:
                    names.setdefault(_plain(f"{column.name}/{said}"), str(Target(column.name, choice.code)))
    return names


def _column_ways(column: Column) -> list[str]:
    ways = [column.name]
    if column.name.endswith(OTHER):
        ways += [f"{column.question.key}_other", f"{column.question.key}[other]"]
    elif column.question.kind == Kind.GRID:
        ways += [f"{column.row}_{column.aspect}" if column.aspect else column.row]
        ways += [" ".join(said) for said in zip(*(part.values() for part in column.parts if part), strict=False)]
    else:
        ways += list(column.question.words.values())
    return [_plain(way) for way in ways]


def _ways(heading: str) -> list[str]:
    """The heading as it stands, and without the groups before it."""
    plain = _plain(heading)
    parts = plain.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _plain(said: str) -> str:
    said = said.strip().casefold()
    if " " in said:  # words of a question
        return " ".join(re.sub(r"[^\w\s]", " ", said).split())
    return _PARTS.sub("/", said).strip("/")


def _about(heading: str) -> str:
    plain = heading.strip().casefold()
    for names, target in ((_DATES, DATE), (_LANGUAGES, LANGUAGE), (_PLACES, PLACE), (_KEYS, KEY)):
        if plain in names:
            return target
    return SKIP
