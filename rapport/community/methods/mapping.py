"""Reading any table of counts, once somebody has said which column is what.

Two shapes: one row for each area and band ("long"), or one column for each band ("wide"). What cannot be
read is refused with its reason, never guessed. Numbers of the same area and band are added up: census bands are finer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .cells import Unknown, estimate_of, margin_of
from .margins import weighted_sum

Grid = Sequence[Sequence[str]]
BandKey = tuple[str, str]  # dimension, band


@dataclass(frozen=True)
class Counted:
    """How many people of an area are in a band."""

    area: str
    area_name: str
    band: BandKey
    estimate: float
    margin: float | None


@dataclass(frozen=True)
class Refusal:
    """What was not taken: where it stands, and why."""

    where: str
    why: Unknown
    text: str = ""


@dataclass(frozen=True)
class Reading:
    counted: list[Counted] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Columns:
    """Which column is what; columns by their place. `bands` maps the words of the band column, or wide columns."""

    area: int
    name: int | None = None
    header: int = 0  # the row of names; what stands above is left out
    band: int | None = None  # long: the column that names the band
    number: int | None = None
    margin: int | None = None
    words: Mapping[str, BandKey] = field(default_factory=dict)  # long: what the band column says
    wide: Mapping[int, BandKey] = field(default_factory=dict)
    wide_margins: Mapping[int, int] = field(default_factory=dict)  # the margin's column of a number's column


Found = dict[tuple[str, BandKey], list[tuple[float, float | None]]]


def read_mapped(grid: Grid, columns: Columns) -> Reading:
    found: Found = {}
    names: dict[str, str] = {}
    refused: list[Refusal] = []
    unknown: set[tuple[str, BandKey]] = set()
    for where, area, name, band, number, margin in _cells(grid, columns):
        cell = estimate_of(number)
        names[area] = name
        if cell.value is None:
            refused.append(Refusal(where, cell.why or Unknown.EMPTY, number))
            unknown.add((area, band))
        else:
            found.setdefault((area, band), []).append((cell.value, margin_of(margin).value if margin else None))
    counted = [_added(area, names[area], band, parts) for (area, band), parts in found.items()
               if (area, band) not in unknown]  # fmt: skip
    return Reading(counted, refused, sorted({one.band[0] for one in counted}))


def _added(area: str, name: str, band: BandKey, parts: list[tuple[float, float | None]]) -> Counted:
    total = weighted_sum((estimate, margin, 1.0) for estimate, margin in parts)
    return Counted(area, name, band, total.estimate, total.margin)


def _cells(grid: Grid, columns: Columns) -> Iterator[tuple[str, str, str, BandKey, str, str]]:
    """Where it stands, area, its name, band, number, margin: of every cell that somebody gave a band."""
    for place, row in enumerate(grid[columns.header + 1 :], columns.header + 2):
        area = _at(row, columns.area)
        if not area:
            continue
        name = _at(row, columns.name) or area
        if columns.band is not None:
            band = columns.words.get(_at(row, columns.band))
            if band:
                yield str(place), area, name, band, _at(row, columns.number), _at(row, columns.margin)
            continue
        for column, band in columns.wide.items():
            heading = _at(grid[columns.header], column)
            margin = _at(row, columns.wide_margins.get(column))
            yield f"{place}, {heading}", area, name, band, _at(row, column), margin


def _at(row: Sequence[str], column: int | None) -> str:
    return str(row[column]).strip() if column is not None and column < len(row) else ""
