"""Files of ballots: BLT for ranks (Hill, Wichmann and Woodall 1987) and simple CSV for every method.

BLT: "candidates seats", withdrawn ones as negative numbers, then one line a kind of ballot: how many, the preferences
("=" between equals, "-" for one left out), 0; a line 0; the names in quotes, and a title.

CSV, one ballot a line, with a column for each option: its rank (1 is first), score, dots, or a mark (x, yes, 1; for
times also "maybe"); blank is blank. Or one column `ranking`, such as Bench > Herbs = Pond. Or, for one question, one
column `answer`. A column `count` says how many voters cast the line; `voter` is not looked at.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .ballots.marks import Marks
from .ballots.ranked import Ranked, Ranking

_OTHER_COLUMNS = {"voter", "voter-id", "voter_id", "count", "timestamp"}
_MARKS = {"x": 1, "✓": 1, "yes": 1, "no": 0, "true": 1, "false": 0}
_TIMES = {"yes": 2, "x": 2, "maybe": 1, "if need be": 1, "no": 0}


class UnreadableBallots(ValueError):
    """The file is not what it should be; the message names the line."""


@dataclass(frozen=True)
class Blt:
    ballots: Ranked
    seats: int
    title: str


def is_blt(path: Path) -> bool:
    """Whether the file is BLT: by its name, or by two numbers on its first line."""
    if path.suffix.lower() in {".blt", ".csv"}:
        return path.suffix.lower() == ".blt"
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return re.fullmatch(r"\s*\d+\s+\d+\s*(#.*)?", file.readline()) is not None


def read_blt(path: Path) -> Blt:
    """Raises UnreadableBallots, or OSError where there is no such file."""
    lines = list(_lines(path))
    if not lines or not (head := re.fullmatch(r"(\d+)\s+(\d+)", lines[0][1])):
        raise UnreadableBallots("line 1: there should be the numbers of candidates and of seats")
    size, seats = int(head[1]), int(head[2])
    withdrawn: set[int] = set()
    ballots: list[tuple[Ranking, int]] = []
    rest = iter(lines[1:])
    for number, line in rest:
        words = line.split()
        if words == ["0"]:
            break
        if all(re.fullmatch(r"-\d+", word) for word in words):
            withdrawn |= {_candidate(word[1:], size, number) for word in words}
        else:
            ballots.append(_ballot(words, size, number))
    names = [_name(number, line) for number, line in rest]
    if len(names) not in {size, size + 1}:
        raise UnreadableBallots(f"after the ballots there are {len(names)} names for {size} candidates")
    return Blt(_ranked(names[:size], ballots, withdrawn), seats, names[size] if len(names) > size else "")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers; what follows # outside quotes is a remark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableBallots(f"this is not text in UTF-8 (byte {problem.start})") from problem
    for number, line in enumerate(text.splitlines(), 1):
        words = re.sub(r'("[^"]*")|#.*', lambda found: found[1] or "", line).strip()
        if words:
            yield number, words


def _ballot(words: list[str], size: int, number: int) -> tuple[Ranking, int]:
    if not re.fullmatch(r"\d+", words[0]) or words[-1] != "0":
        raise UnreadableBallots(f"line {number}: a ballot begins with how many there are and ends with 0")
    levels = [tuple(_candidate(one, size, number) for one in word.split("=")) for word in words[1:-1] if word != "-"]
    return tuple(levels), int(words[0])


def _candidate(word: str, size: int, number: int) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= size:
        raise UnreadableBallots(f"line {number}: “{word[:20]}” is no candidate from 1 to {size}")
    return int(word) - 1


def _name(number: int, line: str) -> str:
    if not (found := re.fullmatch(r'"([^"]*)"', line)):
        raise UnreadableBallots(f"line {number}: a name stands in quotes")
    return found[1]


def _ranked(names: list[str], ballots: Iterable[tuple[Ranking, int]], withdrawn: Iterable[int] = ()) -> Ranked:
    try:
        return Ranked.counted(names, ballots, withdrawn)
    except ValueError as problem:
        raise UnreadableBallots(str(problem)) from problem


def write_blt(file: TextIO, ballots: Ranked, seats: int, title: str = "") -> None:
    file.write(f"{len(ballots.names)} {seats}\n")
    if ballots.withdrawn:
        file.write(" ".join(f"-{at + 1}" for at in sorted(ballots.withdrawn)) + "\n")
    for ranking, count in ballots.ballots:
        levels = ["=".join(str(at + 1) for at in level) for level in ranking]
        file.write(" ".join([str(count), *levels, "0"]) + "\n")
    names = [*ballots.names, title]
    file.write("0\n" + "".join('"' + name.replace('"', "'") + '"\n' for name in names))


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    @property
    def count(self) -> int:
        words = self.cells.get("count", "") or "1"
        if not words.isdecimal():
            raise UnreadableBallots(f"line {self.line}, count: “{words[:20]}” is not a whole number")
        return int(words)


def _rows(path: Path) -> tuple[list[str], list[_Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = [name.strip() for name in reader.fieldnames or ()]
            if not names or len(set(names)) < len(names):
                raise UnreadableBallots("line 1: there are no columns, or two of the same name")
            reader.fieldnames = names
            rows = [_row(reader.line_num, cells) for cells in reader]
    except (csv.Error, UnicodeDecodeError) as problem:
        raise UnreadableBallots(str(problem)) from problem
    if not rows:
        raise UnreadableBallots("there are no ballots")
    return [name for name in names if name.lower() not in _OTHER_COLUMNS], rows


def _row(line: int, cells: Mapping[str | None, str | list[str] | None]) -> _Row:
    if None in cells:
        raise UnreadableBallots(f"line {line}: there are more cells than columns")
    return _Row(line, {name: str(cell or "").strip() for name, cell in cells.items() if name is not None})


def read_ranks(path: Path) -> Ranked:
    """Ranked ballots from CSV: a column for each option, or one column `ranking`."""
    names, rows = _rows(path)
    if [name.lower() for name in names] == ["ranking"]:
        written = [(row, _written(row.cells[names[0]])) for row in rows]
        known = sorted({name for _row, levels in written for level in levels for name in level})
        place = {name: at for at, name in enumerate(known)}
        found = [(tuple(tuple(place[one] for one in level) for level in levels), row.count) for row, levels in written]
        return _ranked(known, found)
    return _ranked(names, [(_by_rank(row, names), row.count) for row in rows])


def _written(words: str) -> list[list[str]]:
    return [[one.strip() for one in level.split("=") if one.strip()] for level in words.split(">") if level.strip()]


def _by_rank(row: _Row, names: list[str]) -> Ranking:
    ranks = {at: _number(row, name) for at, name in enumerate(names) if row.cells[name]}
    levels = sorted(set(ranks.values()))
    if levels and levels[0] < 1:
        raise UnreadableBallots(f"line {row.line}: ranks begin at 1")
    return tuple(tuple(at for at, rank in ranks.items() if rank == level) for level in levels)


def _number(row: _Row, name: str, words: Mapping[str, int] = {}) -> int:
    cell = row.cells[name].lower()
    if cell in words:
        return words[cell]
    if not re.fullmatch(r"-?\d+(\.0+)?", cell):
        raise UnreadableBallots(f"line {row.line}, {name}: “{cell[:20]}” is not a whole number")
    return int(float(cell))


def read_marks(path: Path, times: bool = False) -> Marks:
    """Marks from CSV: a column for each option."""
    names, rows = _rows(path)
    words = _TIMES if times else _MARKS
    found = [
        ({at: _number(row, name, words) for at, name in enumerate(names) if row.cells[name]}, row.count) for row in rows
    ]
    return Marks(tuple(names), tuple(found))


def read_answers(path: Path) -> list[str]:
    """Answers from CSV: one column, a word or two in each line."""
    names, rows = _rows(path)
    if len(names) != 1:
        raise UnreadableBallots(f"line 1: there should be one column for the answer, and there are {len(names)}")
    return [row.cells[names[0]].lower() for row in rows for _ in range(row.count)]
