"""Every variable of a survey: its name, its words, its values, how many answered it and how many did not."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapport.insight.columns.encoding import CHOSEN
from rapport.insight.results.ground import Ground
from rapport.insight.results.variables import FACETS, facet_label, facet_words, level_words, title
from rapport.surveys.methods import Column, Kind

WEIGHT = "weight"


@dataclass(frozen=True)
class Entry:
    """One variable of the files. `codes` are its values as they stand there, with their words."""

    name: str
    words: str
    measure: str
    codes: list[tuple[str, str]]
    n: int
    missing: int
    is_telling: bool = False
    column: Column | None = None
    level: str = ""


def codebook_of(ground: Ground) -> list[Entry]:
    entries = [entry for column in ground.columns.columns() for entry in _of_column(ground, column)]
    entries += [_of_facet(ground, name) for name in FACETS]
    if ground.weights is not None:
        entries.append(Entry(WEIGHT, _("Weight, 1 on average"), "scale", [], ground.columns.n, 0))
    return entries


def _of_column(ground: Ground, column: Column) -> list[Entry]:
    """A column of several values has a variable for each."""
    words = title(ground, column)
    there = ground.columns.answered(column.name)
    n = int(there.sum())
    told: dict[str, Any] = {"n": n, "missing": ground.columns.n - n, "column": column}
    if not column.is_many:
        codes = [(str(code), level_words(ground, column, level)) for code, level in numbered(column)]
        return [Entry(column.name, words, measure(column), codes, is_telling=tells(column), **told)]
    yes_no = [] if column.question.kind == Kind.RANKING else [("1", _("chosen")), ("0", _("not chosen"))]
    kind = "ordinal" if column.question.kind == Kind.RANKING else "nominal"
    return [
        Entry(
            f"{column.name}{CHOSEN}{level}",
            f"{words}: {level_words(ground, column, level)}",
            kind,
            yes_no,
            is_telling=tells(column),
            level=level,
            **told,
        )
        for level in column.levels()
    ]


def numbered(column: Column) -> list[tuple[int, str]]:
    """Each level with its number in the files: steps of a scale keep theirs, "does not apply" is 99, others from 1."""
    if not column.is_coded:
        return []
    return [(code_of(level, place), level) for place, level in enumerate(column.levels())]


def code_of(level: str, place: int) -> int:
    if level.lstrip("-").isdecimal() and len(level) < 4:
        return int(level)
    return 99 if level == "na" else place + 1


def measure(column: Column) -> str:
    if column.question.kind in {Kind.SCALE, Kind.SMILEY, Kind.GRID}:
        return "ordinal"
    return "scale" if column.question.kind in {Kind.NUMBER, Kind.DATE} and not column.is_own_words else "nominal"


def tells(column: Column) -> bool:
    """Something by which somebody who knows a person might find them: the files warn of it."""
    return (
        bool(column.question.dimension)
        or column.is_own_words
        or column.question.kind in {Kind.PLACE, Kind.DATE, Kind.NUMBER}
    )


def _of_facet(ground: Ground, name: str) -> Entry:
    facet = ground.columns.facet(name)
    n = int((facet.codes >= 0).sum())
    codes = list(zip(facet.levels, facet_words(name, facet.levels), strict=True))
    return Entry(f"_{name}", facet_label(name), "nominal", codes, n, ground.columns.n - n, is_telling=name == "branch")


def rows_of(ground: Ground, book: list[Entry]) -> tuple[list[str], list[list[object]]]:
    """The codebook as a table, the label first."""
    header = [
        _("Variable"),
        _("Words"),
        _("Level"),
        _("Values"),
        _("Answered"),
        _("Not answered"),
        _("May tell who"),
        _("Label"),
    ]
    return header, [
        [
            entry.name,
            entry.words,
            entry.measure,
            "; ".join(f"{code} = {words}" for code, words in entry.codes),
            entry.n,
            entry.missing,
            _("yes") if entry.is_telling else _("no"),
            ground.label,
        ]
        for entry in book
    ]
