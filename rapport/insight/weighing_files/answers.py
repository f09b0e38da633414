"""The file of answers: its columns as numbers or as levels, and where exactly something is wrong."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from rapport.insight.methods.weighing.designs import Codes, Floats
from rapport.lib.tables import Table, UnreadableTable

_MISSING = {"", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null"}


class Refused(Exception):
    """A file cannot be used as it is; the words say which, where, and why."""


@dataclass(frozen=True)
class Answers:
    """The columns of a file that were asked for, as text; `numbers` are those of its rows, the names being row 1."""

    path: Path
    numbers: list[int]
    texts: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path, wanted: Collection[str], *, either: Collection[str] = ()) -> "Answers":
        """The `wanted` columns, and those of `either` that are there: at least one. Raises Refused."""
        with _readable(path):
            table = Table(path)
            names = table.names()
            wanted = [*wanted, *([name for name in either if name in names] or list(either)[-1:])]
            _check_columns(path, wanted, names)
            numbers, texts = table.columns(wanted)
        if not numbers:
            raise _refused(path, _("There is no row under the names of the columns."))
        return cls(path, numbers, texts)

    def __len__(self) -> int:
        return len(self.numbers)

    def values(self, column: str) -> Floats:
        """Numbers, NaN where nothing was answered."""
        texts = ["nan" if text in _MISSING else text for text in self.texts[column]]
        try:
            found = np.array(texts, dtype=np.float64)
        except ValueError:
            place = next(i for i, text in enumerate(texts) if not _is_number(text))
            raise self.refuse(column, place, _("“%(text)s” is not a number.") % {"text": texts[place]}) from None
        if np.isinf(found).any():
            raise self.refuse(column, int(np.isinf(found).argmax()), _("A number must have an end."))
        return found

    def above(self, column: str, least: float, *, also_equal: bool = False) -> Floats:
        """Numbers, all of them there and above `least` (or equal to it)."""
        found = self.values(column)
        good = found >= least if also_equal else found > least
        if not good.all():
            place = int(good.argmin())
            words = (
                _("There must be a number of %(least)s or more.")
                if also_equal
                else _("There must be a number above %(least)s.")
            )
            raise self.refuse(column, place, words % {"least": f"{least:g}"})
        return found

    def units(self, column: str) -> Codes:
        """A code for each distinct text, all of them there: a stratum, a cluster."""
        texts = self.texts[column]
        for place, text in enumerate(texts):
            if text in _MISSING:
                raise self.refuse(column, place, _("Every row needs one."))
        return np.unique(texts, return_inverse=True)[1]

    def levels(self, column: str) -> tuple[list[str], Codes]:
        """The distinct answers, numbers by size and words by letter, and the code of each row (-1: no answer)."""
        texts = self.texts[column]
        distinct = set(texts) - _MISSING
        by_size = all(_is_number(text) for text in distinct)
        names = sorted(distinct, key=lambda text: (float(text) if by_size else 0.0, text))
        place = {name: i for i, name in enumerate(names)}
        return names, np.array([place.get(text, -1) for text in texts])

    def refuse(self, column: str, place: int, why: str) -> Refused:
        facts = {"file": self.path.name, "row": self.numbers[place], "column": column, "why": why}
        return Refused(_("%(file)s, row %(row)s, column “%(column)s”: %(why)s") % facts)


def names_of(path: Path) -> list[str]:
    """What the columns of a file are called. Raises Refused."""
    with _readable(path):
        return Table(path).names()


def parts(name: str, names: Collection[str]) -> list[str]:
    """The columns that `a+b` speaks of: one of that very name, or each part."""
    return [name] if name in names else name.split("+")


def is_missing(text: str) -> bool:
    return text in _MISSING


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _check_columns(path: Path, wanted: Collection[str], names: list[str]) -> None:
    for name in wanted:
        if names.count(name) > 1:
            raise _refused(path, _("The column “%(name)s” is there more than once.") % {"name": name})
    if missing := [name for name in wanted if name not in names]:
        raise _refused(
            path,
            _("There is no column “%(missing)s”. The file has: %(names)s.")
            % {"missing": "”, “".join(missing), "names": ", ".join(names)},
        )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError, UnreadableTable) as problem:
        raise _refused(path, getattr(problem, "strerror", None) or problem) from problem


def _refused(path: Path, why: object) -> Refused:
    return Refused(_("%(file)s: %(why)s") % {"file": path.name, "why": why})
