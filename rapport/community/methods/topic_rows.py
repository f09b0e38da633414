"""Topics in a table: one row each, under names that stay the same in every language of the house.

`slug`, `part_of` (slug or name of the main topic), `name_en`, `about_en` and so on, `dewey`, `bisac`, `udc` (several
codes with ; between them) and `retired` (yes or no). A column that is not there changes nothing; an empty cell empties.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .topic_codes import BISAC, DEWEY, UDC, is_code, tidy

SCHEMES = (DEWEY, BISAC, UDC)
_YES, _NO = {"yes", "y", "1", "true", "sí", "si", "نعم"}, {"no", "n", "0", "false", "لا"}
Grid = Sequence[Sequence[str]]


class Wrong(StrEnum):
    NO_NAME = "no-name"
    TWICE = "twice"
    CODE = "code"
    RETIRED = "retired"
    NO_SUCH_TOPIC = "no-such-topic"
    DEEP = "deep"  # its main topic is a part itself, or it has parts


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, by its number in the file."""

    number: int
    why: Wrong
    text: str = ""


@dataclass(frozen=True)
class TopicRow:
    """What one row says; None where the file has no such column."""

    number: int
    slug: str
    part_of: str | None
    name: Mapping[str, str] | None
    about: Mapping[str, str] | None
    codes: Mapping[str, list[str]] = field(default_factory=dict)
    retired: bool | None = None


def header(languages: Sequence[str]) -> list[str]:
    words = [f"{kind}_{code}" for kind in ("name", "about") for code in languages]
    return ["slug", "part_of", *words, *SCHEMES, "retired"]


def has_names(grid: Grid, languages: Sequence[str]) -> bool:
    """Whether the first row names columns that we know: without any we should read nonsense."""
    return bool(grid) and bool({"slug", *(f"name_{code}" for code in languages)} & set(_names(grid, languages)))


def read_topics(grid: Grid, languages: Sequence[str]) -> tuple[list[TopicRow], list[Refused]]:
    names = _names(grid, languages)
    rows, refused, seen = [], [], set()
    for number, cells in enumerate(grid[1:], 2):
        told = {name: cells[place].strip().removeprefix("'") for place, name in enumerate(names) if place < len(cells)}
        if not any(told.values()):
            continue
        wrong = _wrong(told, languages)
        key = told.get("slug") or " ".join(_words(told, "name", languages).values()).casefold()
        if wrong is None and key in seen:
            wrong = (Wrong.TWICE, key)
        seen.add(key)
        if wrong:
            refused.append(Refused(number, *wrong))
        else:
            rows.append(_row(number, told, languages))
    return rows, refused


def _names(grid: Grid, languages: Sequence[str]) -> list[str]:
    """The names of the columns; `name` and `about` alone are those of the first language."""
    names = [cell.strip().casefold().lstrip("\ufeff") for cell in grid[0]]
    return [f"{name}_{languages[0]}" if name in {"name", "about"} else name for name in names]


def _wrong(told: Mapping[str, str], languages: Sequence[str]) -> tuple[Wrong, str] | None:
    if not told.get("slug") and not any(_words(told, "name", languages).values()):
        return Wrong.NO_NAME, ""
    if any(f"name_{code}" in told for code in languages) and not any(_words(told, "name", languages).values()):
        return Wrong.NO_NAME, told["slug"]
    for scheme in SCHEMES:
        for code in _codes(told.get(scheme, ""), scheme):
            if not is_code(scheme, code):
                return Wrong.CODE, f"{scheme} {code}"
    retired = told.get("retired", "").casefold()
    return (Wrong.RETIRED, retired) if retired and retired not in _YES | _NO else None


def _row(number: int, told: Mapping[str, str], languages: Sequence[str]) -> TopicRow:
    retired = told.get("retired", "").casefold()
    return TopicRow(
        number,
        told.get("slug", ""),
        told.get("part_of"),
        _words(told, "name", languages) or None,
        _words(told, "about", languages) if any(f"about_{code}" in told for code in languages) else None,
        {scheme: _codes(told[scheme], scheme) for scheme in SCHEMES if scheme in told},
        None if not retired else retired in _YES,
    )


def _words(told: Mapping[str, str], kind: str, languages: Sequence[str]) -> dict[str, str]:
    return {code: told[f"{kind}_{code}"] for code in languages if told.get(f"{kind}_{code}")}


def _codes(cell: str, scheme: str) -> list[str]:
    return [tidy(scheme, code) for code in cell.split(";") if code.strip()]
