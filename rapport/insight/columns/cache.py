"""Keeps the columns of each survey in files, one a day, and lets them follow the answers in the database.

What tells that a day has changed is how many answers it has, which an index knows. An answer that is saved anew
forgets its day at once (`forget`); each night all keys are compared (`recheck`), so nothing stays unnoticed longer.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TypeVar
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db.models import Count, QuerySet

from rapport.lib.later import can_wait
from rapport.surveys.methods import Questionnaire, joined
from rapport.surveys.models import Response, Survey

from .columns import Columns
from .encoding import FACETS, KEY, Answers, Array, encoders
from .partition import Block, read, write

_AT_ONCE = 5_000
_LARGE = 50_000  # from here on a look at the database is not repeated within seconds
_STANDS = 5.0
_FIELDS = ("pk", "edition__number", "answers", "branch", "language", "channel", "stratum", "is_doubtful")
_T = TypeVar("_T")
_Row = tuple[UUID, int, Answers, int | None, str, str, str, bool]
_recent: dict[Path, tuple[float, dict[date, int]]] = {}


def read_columns(survey: Survey) -> Columns:
    """All answers of a survey, as they are now (of a very large one: as they were some seconds ago)."""
    editions = {edition.number: edition.questionnaire for edition in survey.editions.published()}
    folder = folder_of(survey)
    counts = _counts(survey, folder)
    _leave_out(folder, counts)
    days = [(day.toordinal(), block) for day in counts for block in _fresh(survey, folder, day, counts[day], editions)]
    whole = joined([editions[number] for number in sorted(editions)]) if editions else Questionnaire()
    return Columns(whole, editions, days)


def folder_of(survey: Survey) -> Path:
    """Its own folder; the moment of its making tells it from another survey that had the same key."""
    return Path(settings.HOUSE.folder) / "columns" / f"{survey.pk}-{survey.at:%Y%m%d%H%M%S%f}"


def forget(survey: Survey, day: date) -> None:
    """Answers of this day were corrected: read it anew the next time."""
    _path(folder_of(survey), day).unlink(missing_ok=True)


@can_wait
def recheck() -> None:
    """Each night: forget days whose answers are others than those kept, and folders whose survey is gone."""
    kept = {folder_of(survey): survey for survey in Survey.objects.all()}
    home = Path(settings.HOUSE.folder) / "columns"
    for folder in home.iterdir() if home.exists() else ():
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for path in folder.glob("*.tmp"):
            path.unlink(missing_ok=True)  # of writers that were killed
        for path in folder.glob("*.columns"):
            day = date.fromisoformat(path.stem)
            there = np.sort(_as_keys(_of_day(kept[folder], day).values_list("pk", flat=True)))
            if not np.array_equal(there, np.sort(_keys_of(read(path)))):
                path.unlink(missing_ok=True)


def _counts(survey: Survey, folder: Path) -> dict[date, int]:
    at, known = _recent.get(folder, (0.0, {}))
    if known and monotonic() - at < _STANDS:
        return known
    rows = Response.objects.filter(survey=survey).order_by("on").values_list("on").annotate(n=Count("*"))
    counts = dict(rows)
    _recent.clear()
    if sum(counts.values()) >= _LARGE:
        _recent[folder] = monotonic(), counts
    return counts


def _leave_out(folder: Path, counts: Mapping[date, int]) -> None:
    """Days that have no answers any more leave nothing behind."""
    for path in folder.glob("*.columns") if folder.exists() else ():
        if date.fromisoformat(path.stem) not in counts:
            path.unlink(missing_ok=True)


def _path(folder: Path, day: date) -> Path:
    return folder / f"{day.isoformat()}.columns"


def _fresh(survey: Survey, folder: Path, day: date, count: int, editions: Mapping[int, Questionnaire]) -> list[Block]:
    path = _path(folder, day)
    blocks = read(path)
    if sum(map(len, blocks)) == count:
        return blocks
    write(path, _followed(survey, day, blocks, editions))
    return read(path)


def _followed(survey: Survey, day: date, blocks: list[Block], editions: Mapping[int, Questionnaire]) -> list[Block]:
    """The day as the database has it now; what is kept already is not read again."""
    of_day = _of_day(survey, day)
    if not blocks:
        return _encoded(of_day.values_list(*_FIELDS).iterator(chunk_size=_AT_ONCE), editions)
    there = _as_keys(of_day.values_list("pk", flat=True))
    new = there[~np.isin(there, _keys_of(blocks))]
    kept = [block.only(np.isin(block.keys(), there)) for block in blocks]
    return _merged([*kept, *_encoded(_rows_of(of_day, new), editions)])


def _rows_of(of_day: QuerySet[Response], keys: Array) -> Iterator[_Row]:
    for some in _by(keys.tolist(), 500):
        found = of_day.filter(pk__in=[UUID(bytes=key.ljust(16, b"\0")) for key in some])
        yield from found.values_list(*_FIELDS)


def _of_day(survey: Survey, day: date) -> QuerySet[Response]:
    return Response.objects.filter(survey=survey, on=day).order_by()


def _as_keys(keys: Iterable[UUID]) -> Array:
    return np.array([key.bytes for key in keys], dtype="S16")


def _keys_of(blocks: Iterable[Block]) -> Array:
    return np.concatenate([np.zeros(0, "S16"), *(block.keys() for block in blocks)])


def _encoded(rows: Iterable[_Row], editions: Mapping[int, Questionnaire]) -> list[Block]:
    """Rows as blocks, one for each edition; never more than some thousand rows at once as objects."""
    made = {number: encoders(one) for number, one in editions.items()}
    found: list[Block] = []
    for some in _by(rows, _AT_ONCE):
        for number in sorted({row[1] for row in some} & set(made)):
            mine = [row for row in some if row[1] == number]
            answers = [row[2] for row in mine]
            arrays = {name: make(answers) for name, make in made[number].items()}
            found.append(Block(number, *_with_facets(arrays, mine)))
    return _merged(found)


def _with_facets(arrays: dict[str, Array], rows: list[_Row]) -> tuple[dict[str, Array], dict[str, list[str]]]:
    keys = b"".join(row[0].bytes for row in rows)
    arrays[KEY] = np.frombuffer(keys, np.uint8).reshape(-1, 16)
    levels: dict[str, list[str]] = {}
    for place, name in enumerate(FACETS, 3):
        said = [_level(row[place]) for row in rows]
        levels[name] = sorted({one for one in said if one})
        codes = {one: code for code, one in enumerate(levels[name])}
        arrays[name] = np.array([codes.get(one, -1) for one in said], np.int16)
    return arrays, levels


def _level(value: object) -> str:
    return "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _merged(blocks: Iterable[Block]) -> list[Block]:
    by_edition: dict[int, list[Block]] = {}
    for block in blocks:
        by_edition.setdefault(block.edition, []).append(block)
    return [_one(number, some).sorted() for number, some in sorted(by_edition.items())]


def _one(edition: int, blocks: list[Block]) -> Block:
    levels = {name: sorted({one for block in blocks for one in block.levels[name]}) for name in FACETS}
    arrays = {}
    for name in blocks[0].arrays:
        parts = [_in_levels(block, name, levels) if name in levels else block.arrays[name] for block in blocks]
        arrays[name] = np.concatenate(parts)
    return Block(edition, arrays, levels)


def _in_levels(block: Block, name: str, levels: Mapping[str, list[str]]) -> Array:
    table = np.array([*(levels[name].index(one) for one in block.levels[name]), -1], np.int16)
    moved: Array = table[block.arrays[name]]
    return moved


def _by(things: Iterable[_T], size: int) -> Iterator[list[_T]]:
    left = iter(things)
    while some := list(islice(left, size)):
        yield some
