"""Files of Pabulib (.pb): participatory budgets with their projects and ballots, read defensively and written.

    META                    key;value
    PROJECTS                project_id;cost;name;votes;selected ...
    VOTES                   voter_id;vote;points ...

Format: Faliszewski et al. 2023, "Participatory Budgeting: Data, Tools and Analysis". vote_type is approval, choose-1,
cumulative, scoring or ordinal. Whatever cannot be counted is refused with its line and field; where the file's own
totals differ from its ballots both are kept, and `differences` says so. Age, sex and the like are neither kept nor
written. In an ordinal ballot the first of n projects gets n points, the last one point (Borda).
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TextIO

from .budgets.counting import Completion, EqualShares
from .budgets.election import Election, Project
from .budgets.outcome import Outcome

VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
_WITH_POINTS = {"cumulative", "scoring"}
_SECTIONS = ("META", "PROJECTS", "VOTES")


class UnreadableBudget(ValueError):
    """The file is not what it should be; the message names the line and the field."""


@dataclass(frozen=True)
class Pabulib:
    meta: Mapping[str, str]
    election: Election
    published: Mapping[str, int]  # by project id: 1 elected, 0 not, 2 elected with extra money; empty where not said
    differences: tuple[str, ...]  # what the file says of itself and does not keep

    @property
    def vote_type(self) -> str:
        return self.meta["vote_type"]


def read_budget(path: Path) -> Pabulib:
    """Raises UnreadableBudget, or OSError where there is no such file."""
    return read_budget_text(in_utf8(path.read_bytes()))


def in_utf8(file: bytes) -> str:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableBudget(f"this is not text in UTF-8 (byte {problem.start})") from problem


def read_budget_text(text: str) -> Pabulib:
    sections = _sections(text.splitlines())
    meta = _meta(sections["META"])
    published: dict[str, int] = {}
    projects, scores = _projects(sections["PROJECTS"], published)
    votes, differences = _votes(sections["VOTES"], meta["vote_type"], {project.id for project in projects})
    election = Election.of(_money(meta["budget"], 0, "budget"), projects, votes)
    return Pabulib(meta, election, published, (*_differences(meta, scores, election), *differences))


_FILLED: dict[str, Completion] = {
    "equalshares": "none", "equalshares/votes": "votes", "equalshares/add1": "add1", "equalshares/add1u": "add1u",
}  # fmt: skip


def own_shares(meta: Mapping[str, str]) -> EqualShares:
    """Equal Shares as the file's own rule completes it; filled up by votes where it was counted in another way."""
    rule = meta.get("rule", "").lower()
    own = rule.removesuffix("comparison").rstrip("-/")
    return EqualShares(completion=_FILLED.get(own, "add1u"), compare=own in _FILLED and rule.endswith("comparison"))


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        if not (value := self.cells.get(field, "").strip()):
            raise UnreadableBudget(f"line {self.line}, {field}: is empty")
        return value


def _sections(lines: list[str]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    names: list[str] | None = None
    section = ""
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if words.upper() in _SECTIONS:
            section, names = words.upper(), None
            if section in found:
                raise UnreadableBudget(f"line {number}: {section} stands twice")
            found[section] = []
        elif words and not section:
            raise UnreadableBudget(f"line {number}: the file does not begin with META")
        elif words and names is None:
            names = [name.strip().lower() for name in _cells(line)]
        elif words and names is not None:
            found[section].append(_row(number, line, names))
    if missing := [name for name in _SECTIONS if name not in found]:
        raise UnreadableBudget(f"there is no part {missing[0]}")
    return found


def _row(number: int, line: str, names: list[str]) -> _Row:
    cells = _cells(line)
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise UnreadableBudget(f"line {number}: {len(cells)} fields, but only {len(names)} have a name")
    return _Row(number, dict(zip(names, cells, strict=False)))


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=";"), []) if '"' in line else line.split(";")


def _meta(rows: list[_Row]) -> dict[str, str]:
    meta = {row.get("key").lower(): row.cells.get("value", "").strip() for row in rows}
    if missing := [name for name in ("budget", "vote_type") if not meta.get(name)]:
        raise UnreadableBudget(f"META says no {missing[0]}")
    line = {row.cells["key"].strip().lower(): row.line for row in rows}
    meta["vote_type"] = meta["vote_type"].lower()
    if meta["vote_type"] not in VOTE_TYPES:
        known = ", ".join(VOTE_TYPES)
        raise UnreadableBudget(f"line {line['vote_type']}, vote_type: “{meta['vote_type'][:40]}” is none of {known}")
    _money(meta["budget"], line["budget"], "budget")
    return meta


def _money(words: str, line: int, field: str) -> Fraction:
    try:
        money = Fraction(words.replace(",", ".").strip())
    except (ValueError, ZeroDivisionError):
        raise UnreadableBudget(f"line {line}, {field}: “{words[:40]}” is not an amount") from None
    if money < 0:
        raise UnreadableBudget(f"line {line}, {field}: “{words[:40]}” is less than nothing")
    return money


def _projects(rows: list[_Row], published: dict[str, int]) -> tuple[list[Project], dict[str, tuple[int, str]]]:
    projects: dict[str, Project] = {}
    scores: dict[str, tuple[int, str]] = {}
    for row in rows:
        name = row.get("project_id")
        if name in projects:
            raise UnreadableBudget(f"line {row.line}, project_id: “{name}” stands twice")
        cost = _money(row.get("cost"), row.line, "cost")
        projects[name] = Project(name, cost, row.cells.get("name", "").strip())
        if said := row.cells.get("selected", "").strip():
            if said not in {"0", "1", "2", "3"}:
                raise UnreadableBudget(f"line {row.line}, selected: “{said[:40]}” is not 0, 1 or 2")
            published[name] = int(said)
        scores[name] = (row.line, (row.cells.get("score") or row.cells.get("votes") or "").strip())
    if not projects:
        raise UnreadableBudget("PROJECTS is empty")
    return list(projects.values()), scores


def _votes(rows: list[_Row], vote_type: str, known: set[str]) -> tuple[dict[str, dict[str, Fraction]], tuple[str, ...]]:
    votes: dict[str, dict[str, Fraction]] = {}
    twice: list[str] = []
    for row in rows:
        voter = row.get("voter_id")
        if voter in votes:
            twice.append(f"line {row.line}: a second ballot of voter {voter}, counted as somebody else's")
            voter = f"{voter} (line {row.line})"
        votes[voter] = _ballot(row, vote_type, known)
    return votes, tuple(twice)


def _ballot(row: _Row, vote_type: str, known: set[str]) -> dict[str, Fraction]:
    chosen = [name.strip() for name in row.cells.get("vote", "").split(",") if name.strip()]
    if unknown := [name for name in chosen if name not in known]:
        raise UnreadableBudget(f"line {row.line}, vote: there is no project “{unknown[0][:40]}”")
    if len(set(chosen)) < len(chosen):
        raise UnreadableBudget(f"line {row.line}, vote: a project stands twice")
    if vote_type == "choose-1" and len(chosen) > 1:
        raise UnreadableBudget(f"line {row.line}, vote: only one may be chosen")
    if vote_type in _WITH_POINTS:
        given = [part for part in row.cells.get("points", "").split(",") if part.strip()]
        if len(given) != len(chosen):
            raise UnreadableBudget(f"line {row.line}, points: {len(given)} for {len(chosen)} projects")
        return {name: _money(points, row.line, "points") for name, points in zip(chosen, given, strict=True)}
    if vote_type == "ordinal":
        return {name: Fraction(len(chosen) - place) for place, name in enumerate(chosen)}
    return dict.fromkeys(chosen, Fraction(1))


def _differences(meta: Mapping[str, str], scores: Mapping[str, tuple[int, str]], election: Election) -> Iterable[str]:
    counted = {"num_projects": len(election.projects), "num_votes": len(election.voters)}
    for name, number in counted.items():
        if (said := meta.get(name)) and said != str(number):
            yield f"{name} is said to be {said}, but there are {number}"
    if meta["vote_type"] == "ordinal":
        return
    for at, project in enumerate(election.projects):
        line, said = scores[project.id]
        support = election.supports[at]
        if said and said not in {str(support.count), str(support.score)}:
            yield f"line {line}: project {project.id} is said to have {said}, but the ballots give it {support.score}"


def write_budget(
    file: TextIO, election: Election, meta: Mapping[str, str], outcome: Outcome | None = None, with_points: bool = False
) -> None:
    """A .pb from which anybody can count again. `meta` gives at least description, country, unit, instance and rule."""
    out = csv.writer(file, delimiter=";", lineterminator="\n")
    counted = {
        "num_projects": len(election.projects),
        "num_votes": len(election.voters),
        "budget": _plain(election.budget),
        "vote_type": meta.get("vote_type", "cumulative" if with_points else "approval"),
    }
    out.writerows([["META"], ["key", "value"], *({**meta, **counted}).items()])
    columns = ["project_id", "cost", "votes", "score", "name", *(["selected"] if outcome else [])]
    out.writerows([["PROJECTS"], columns])
    for at, project in enumerate(election.projects):
        support = election.supports[at]
        won = [int(at in outcome.winners)] if outcome else []
        out.writerow([project.id, _plain(project.cost), support.count, _plain(support.score), project.name, *won])
    out.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if with_points else [])]])
    for voter, ballot in zip(election.voters, election.ballot_of.tolist(), strict=True):
        pairs = sorted(election.ballots[ballot], key=lambda pair: -pair[1])
        chosen = ",".join(election.projects[at].id for at, _ in pairs)
        out.writerow([voter, chosen, *([",".join(_plain(points) for _, points in pairs)] if with_points else [])])


def _plain(number: Fraction) -> str:
    return str(int(number)) if number == int(number) else str(float(number))
