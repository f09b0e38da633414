"""Reading tables of the American Community Survey as data.census.gov gives them, in both of its forms.

Wide: codes (`GEO_ID`, `NAME`, `DP05_0005E`, `DP05_0005M`, `DP05_0005PE`), a row of labels, a row for each area.
Turned: a column "Label (Grouping)" whose indent says what belongs to what, and for each area a column
"…!!Estimate" and one "…!!Margin of Error". Detailed tables (B, C) are read by their line numbers, profiles (DP) by
their labels, because their numbers change from year to year. Limits: only tables of `standard.ACS_TABLES`; any other
is read with a mapping.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .cells import Unknown, estimate_of, margin_of
from .mapping import BandKey, Counted, Grid, Reading, Refusal
from .margins import weighted_sum
from .standard import ACS_TABLES, Terms

_CODE = re.compile(r"([A-Z]+\d+[A-Z]*(?:_C\d+)?)_(\d+)(E|M|PE|PM)")
_TABLE = re.compile(r"(?<![A-Z])((?:DP|[BCS])\d{2,6}[A-Z]?)(?![0-9])")
_INDENT = "\u00a0 "


class Form(StrEnum):
    WIDE = "wide"
    TURNED = "turned"
    OTHER = "other"


@dataclass(frozen=True)
class Area:
    """One area of the table: for each line (its number and its label) the estimate and the margin as they stand."""

    code: str
    name: str
    by_number: Mapping[int, tuple[str, str]]
    by_label: Mapping[str, tuple[str, str]]


def form_of(grid: Grid) -> Form:
    first = [str(cell).strip() for cell in grid[0]] if grid else []
    if first and first[0].casefold().startswith("label (grouping)"):
        return Form.TURNED
    return Form.WIDE if "GEO_ID" in first and any(map(_CODE.fullmatch, first)) else Form.OTHER


def table_of(grid: Grid, file_name: str = "") -> str:
    """The table's name ("B28002"): from its codes, or from the name that data.census.gov gave the file."""
    for cell in grid[0] if grid else []:
        if code := _CODE.fullmatch(str(cell).strip()):
            return code[1].split("_")[0]
    found = _TABLE.search(file_name.upper())
    return found[1] if found else ""


def read_acs(grid: Grid, table: str) -> Reading:
    """Everything that the table says about the standard dimensions."""
    areas = _turned(grid) if form_of(grid) == Form.TURNED else _wide(grid)
    counted: list[Counted] = []
    refused: list[Refusal] = []
    for area in areas:
        for band, terms in ACS_TABLES.get(table, {}).items():
            found = _band(area, band, terms)
            if isinstance(found, Counted):
                counted.append(found)
            else:
                refused.append(found)
    return Reading(counted, refused, sorted({one.band[0] for one in counted}))


def _band(area: Area, band: BandKey, terms: Terms) -> Counted | Refusal:
    parts = []
    where = f"{area.name}: {band[0]}, {band[1]}"
    for key, sign in terms:
        pair = area.by_number.get(key) if isinstance(key, int) else _by_end(area.by_label, key)
        if pair is None:
            return Refusal(where, Unknown.EMPTY, str(key))
        cell = estimate_of(pair[0])
        if cell.value is None:
            return Refusal(where, cell.why or Unknown.EMPTY, pair[0])
        parts.append((cell.value, margin_of(pair[1]).value, float(sign)))
    total = weighted_sum(parts)
    if total.estimate < 0:
        return Refusal(where, Unknown.BELOW_ZERO, f"{total.estimate:g}")
    return Counted(area.code, area.name, band, total.estimate, total.margin)


def _by_end(labels: Mapping[str, tuple[str, str]], wanted: str) -> tuple[str, str] | None:
    wanted = _plain(wanted)
    return next((pair for label, pair in labels.items() if label == wanted or label.endswith("!!" + wanted)), None)


def _plain(label: str) -> str:
    parts = [part.strip(" :\u00a0") for part in label.replace("’", "'").replace("“", '"').split("!!")]
    return "!!".join(part for part in parts if part and part.casefold() not in {"estimate", "number"}).casefold()


def _wide(grid: Grid) -> list[Area]:
    names = [str(cell).strip() for cell in grid[0]]
    has_labels = len(grid) > 1 and str(grid[1][0]).strip().casefold() in {"geography", "geographic area name"}
    labels = [_plain(str(cell)) for cell in grid[1]] if has_labels else []
    places = {name: place for place, name in enumerate(names)}
    lines = [
        (int(code[2]), labels[place] if place < len(labels) else "", place, places.get(f"{code[1]}_{code[2]}M", -1))
        for place, name in enumerate(names)
        if (code := _CODE.fullmatch(name)) and code[3] == "E"
    ]
    return [_area(row, places, lines) for row in grid[2 if has_labels else 1 :] if any(row)]


def _area(row: Sequence[str], places: Mapping[str, int], lines: Sequence[tuple[int, str, int, int]]) -> Area:
    cells = [(number, label, (_at(row, place), _at(row, margin))) for number, label, place, margin in lines]
    code = _at(row, places["GEO_ID"])
    return Area(
        code,
        _at(row, places.get("NAME", -1)) or code,
        {number: pair for number, _label, pair in cells},
        {label: pair for _number, label, pair in reversed(cells) if label},
    )


def _turned(grid: Grid) -> list[Area]:
    heads = [str(cell).strip() for cell in grid[0]]
    labels = _paths([str(row[0]) for row in grid[1:] if row])
    rows = [row for row in grid[1:] if row]
    areas = []
    for place, head in enumerate(heads):
        name, _mark, what = head.rpartition("!!")
        if what.casefold() != "estimate" or name.casefold().endswith("percent"):
            continue
        name = name.removesuffix("!!Total")
        at = heads.index(f"{head.rpartition('!!')[0]}!!Margin of Error") if _has_margin(heads, head) else -1
        pairs = [(_at(row, place), _at(row, at)) for row in rows]
        by_label = {label: pair for label, pair in reversed(list(zip(labels, pairs, strict=True))) if pair[0]}
        areas.append(Area(name[:120], name, dict(enumerate(pairs, 1)), by_label))
    return areas


def _has_margin(heads: Sequence[str], head: str) -> bool:
    return f"{head.rpartition('!!')[0]}!!Margin of Error" in heads


def _paths(labels: Sequence[str]) -> list[str]:
    """Each label with those that it is indented under: "sex and age!!total population!!under 5 years"."""
    above: list[tuple[int, str]] = []
    found = []
    for label in labels:
        indent = len(label) - len(label.lstrip(_INDENT))
        above = [pair for pair in above if pair[0] < indent] + [(indent, label.strip(_INDENT))]
        found.append(_plain("!!".join(words for _indent, words in above)))
    return found


def _at(row: Sequence[str], place: int) -> str:
    return str(row[place]).strip() if 0 <= place < len(row) else ""
