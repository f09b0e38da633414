"""Sortition: a panel drawn by lot from volunteers so that it meets quotas, which anybody can draw again from the seed.

Volunteers are asked in the order of their lots (lots.py). Each is taken if the panel can still be completed to meet
every quota, and passed over if not; a mixed-integer programme (HiGHS) answers that exactly, so the draw never runs into
a wall. Volunteers of one and the same kind have equal chances. People of a rare kind that a quota asks for have better
ones; `chances` says how good. This is not the draw that makes the smallest chance as large as can be (Flanigan, Gölz,
Gupta, Hennig and Procaccia 2021, "Fair algorithms for selecting citizens' assemblies"), but it can be followed by hand.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from .lots import lots

Kind = tuple[str, ...]  # a volunteer's value in each category that has a quota


class NoPanel(ValueError):
    """No panel can be drawn; the message says what stands in the way."""


@dataclass(frozen=True)
class Quota:
    category: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Panel:
    members: tuple[str, ...]  # in the order of their lots
    passed_over: tuple[str, ...]  # whose lot came earlier than the last member's, but with whom no quota could be met
    seed: str
    counts: Mapping[tuple[str, str], int]  # by category and value


def draw_panel(volunteers: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], size: int, seed: str) -> Panel:
    """Draw `size` members. `volunteers` gives each one's value by category. Raises NoPanel where that cannot be."""
    programme = _Programme(volunteers, quotas, size)
    members: list[str] = []
    passed: list[str] = []
    for name in lots(volunteers, seed):
        if len(members) == size:
            break
        (members if programme.take(programme.kind_of[name]) else passed).append(name)
    chosen = [volunteers[name] for name in members]
    counts = {
        (quota.category, quota.value): sum(one[quota.category] == quota.value for one in chosen) for quota in quotas
    }
    return Panel(tuple(members), tuple(passed), seed, counts)


def chances(
    volunteers: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], size: int, draws: int = 200
) -> dict[str, float]:
    """Each volunteer's chance to be drawn, 0 to 1, from so many draws: the mean of all volunteers of the same kind."""
    kind_of = _Programme(volunteers, quotas, size).kind_of
    drawn = Counter(
        kind_of[name]
        for number in range(draws)
        for name in draw_panel(volunteers, quotas, size, f"chances {number}").members
    )
    sizes = Counter(kind_of.values())
    return {name: drawn[kind] / draws / sizes[kind] for name, kind in kind_of.items()}


def next_in_line(
    volunteers: Mapping[str, Mapping[str, str]],
    quotas: Sequence[Quota],
    staying: Sequence[str],
    asked: Sequence[str],
    seed: str,
) -> str | None:
    """Who is asked when somebody declines: of those not asked yet, in the order of the same lots, the first with whom
    the fewest quotas are missed (as a rule none). None where everybody has been asked."""
    left = [name for name in lots(volunteers, seed) if name not in set(asked)]
    return min(left, key=lambda name: _missed(volunteers, quotas, [*staying, name]), default=None)


def _missed(volunteers: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], members: Sequence[str]) -> int:
    """How many members too few or too many there are, over all quotas."""
    chosen = [volunteers[name] for name in members]
    counts = [(quota, sum(one[quota.category] == quota.value for one in chosen)) for quota in quotas]
    return sum(max(quota.least - n, n - quota.most, 0) for quota, n in counts)


class _Programme:
    """Which panels can still be completed: how many of each kind, at least those taken, at most those there are."""

    def __init__(self, volunteers: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], size: int) -> None:
        categories = sorted({quota.category for quota in quotas})
        self.kind_of = {name: _kind(name, values, categories) for name, values in volunteers.items()}
        there = Counter(self.kind_of.values())
        kinds = sorted(there)
        self.place = {kind: at for at, kind in enumerate(kinds)}
        self.most = np.array([there[kind] for kind in kinds], dtype=np.float64)
        self.taken = np.zeros(len(kinds))
        self.blocked: set[Kind] = set()
        rows = [np.ones(len(kinds))] + [
            np.array([float(kind[categories.index(quota.category)] == quota.value) for kind in kinds])
            for quota in quotas
        ]
        least, most = [size, *(quota.least for quota in quotas)], [size, *(quota.most for quota in quotas)]
        _check(rows[1:], quotas, self.most, size)
        self.limits = LinearConstraint(np.array(rows), least, most)
        self.completed = self._completed(self.taken)
        if self.completed is None:
            raise NoPanel("these quotas cannot all be met at once")

    def take(self, kind: Kind) -> bool:
        """Take one of this kind if a panel can still be completed. Who was in the way once will be so ever after."""
        if kind in self.blocked:
            return False
        more = self.taken.copy()
        more[self.place[kind]] += 1
        if self.completed is None or (more > self.completed).any():
            found = self._completed(more)
            if found is None:
                self.blocked.add(kind)
                return False
            self.completed = found
        self.taken = more
        return True

    def _completed(self, taken: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Some panel with at least these, or None."""
        size = len(taken)
        found = milp(
            np.zeros(size), integrality=np.ones(size), bounds=Bounds(taken, self.most), constraints=self.limits
        )
        return np.round(found.x) if found.success else None


def _kind(name: str, values: Mapping[str, str], categories: Sequence[str]) -> Kind:
    if missing := [category for category in categories if not values.get(category)]:
        raise NoPanel(f"of {name} it is not known: {', '.join(missing)}")
    return tuple(values[category] for category in categories)


def _check(rows: list[NDArray[np.float64]], quotas: Sequence[Quota], most: NDArray[np.float64], size: int) -> None:
    """Say plainly what is plainly impossible."""
    if size < 1 or most.sum() < size:
        raise NoPanel(f"{int(most.sum())} volunteers are not enough for a panel of {size}")
    for quota, row in zip(quotas, rows, strict=True):
        there, name = int(row @ most), f"{quota.category} {quota.value}"
        if quota.least > quota.most:
            raise NoPanel(f"{name}: at least {quota.least} and at most {quota.most}")
        if there < quota.least:
            raise NoPanel(f"{name}: at least {quota.least} are wanted, and there are {there} volunteers")
    for category in {quota.category for quota in quotas}:
        least = sum(quota.least for quota in quotas if quota.category == category)
        if least > size:
            raise NoPanel(f"{category}: at least {least} are wanted, for a panel of {size}")


def read_volunteers(path: Path) -> dict[str, dict[str, str]]:
    """Volunteers from CSV: a column `id`, and one for each category. Raises NoPanel with the line, or OSError."""
    volunteers: dict[str, dict[str, str]] = {}
    for line, row in _rows(path, {"id"}):
        name = row.pop("id")
        if not name or name in volunteers:
            raise NoPanel(f"line {line}, id: is empty, or stands twice")
        volunteers[name] = row
    return volunteers


def read_quotas(path: Path) -> list[Quota]:
    """Quotas from CSV: category, value, min, max. Raises NoPanel with the line, or OSError."""
    quotas = []
    for line, row in _rows(path, {"category", "value", "min", "max"}):
        if not row["min"].isdecimal() or not row["max"].isdecimal():
            raise NoPanel(f"line {line}: min and max are whole numbers")
        quotas.append(Quota(row["category"], row["value"], int(row["min"]), int(row["max"])))
    return quotas


def _rows(path: Path, wanted: set[str]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := wanted - set(reader.fieldnames or ()):
                raise NoPanel(f"{path.name}, line 1: there is no column {', '.join(sorted(missing))}")
            return [
                (reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if isinstance(name, str)})
                for row in reader
            ]
    except (csv.Error, UnicodeDecodeError) as problem:
        raise NoPanel(f"{path.name}: {problem}") from problem
