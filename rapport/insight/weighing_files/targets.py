"""The file of margins: what is known of the population, level by level, as shares or as counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from rapport.insight.methods.weighing.margins import Margin
from rapport.insight.weighing_files.answers import Answers, Refused, is_missing, parts

_ROUNDED = 0.01  # published figures are rounded; what is further off is a mistake
_WAYS = ("count", "share")


@dataclass(frozen=True)
class Target:
    """One margin as its file has it: the figure of each level (counts, or shares of 1), and where it stands."""

    name: str
    is_count: bool
    figures: dict[str, float]
    places: dict[str, int]

    @property
    def total(self) -> float:
        return sum(self.figures.values())

    def margin(self, answers: Answers) -> Margin:
        """This margin for these answers. Raises Refused for an answer that is none of its levels."""
        columns = parts(self.name, list(answers.texts))
        texts = ["+".join(row) for row in zip(*(answers.texts[column] for column in columns), strict=True)]
        place = {level: i for i, level in enumerate(self.figures)}
        place = {_as_number(level): i for level, i in place.items()} | place
        codes = [place.get(text, place.get(_as_number(text), -1)) for text in texts]
        if -1 in codes:
            raise self._unknown(answers, columns, codes.index(-1), texts)
        return Margin(self.name, np.array(codes), list(self.figures.values()), tuple(self.figures))

    def _unknown(self, answers: Answers, columns: list[str], at: int, texts: list[str]) -> Refused:
        known = ", ".join(self.figures)
        if is_missing(texts[at]):
            why = _("Nothing was answered, but it is a margin. Its levels are: %(known)s.")
        else:
            why = _("“%(text)s” is not a level of this margin. Its levels are: %(known)s.")
        return answers.refuse(columns[0], at, why % {"text": texts[at], "known": known})


@dataclass(frozen=True)
class Margins:
    """The file of margins, and its targets in their order."""

    file: Answers
    targets: tuple[Target, ...]

    @classmethod
    def read(cls, path: Path) -> "Margins":
        file = Answers.read(path, {"variable", "level"}, either=_WAYS)
        names = list(dict.fromkeys(file.texts["variable"]))
        if "" in names:
            raise file.refuse("variable", file.texts["variable"].index(""), _("Every row names its variable."))
        targets = tuple(_target(file, name) for name in names)
        _check_totals(file, [target for target in targets if target.is_count])
        return cls(file, targets)

    def total(self) -> float | None:
        """The population, where counts say how large it is; as in R, the last of them has the last word."""
        return next((target.total for target in reversed(self.targets) if target.is_count), None)

    def refuse(self, variable: str, level: str, why: str) -> Refused:
        """What is wrong with one level, said where it stands."""
        target = next(target for target in self.targets if target.name == variable)
        return self.file.refuse("level", target.places[level], why)


def _target(file: Answers, name: str) -> Target:
    places = [i for i, variable in enumerate(file.texts["variable"]) if variable == name]
    way = next((way for way in _WAYS if way in file.texts and not is_missing(file.texts[way][places[0]])), _first(file))
    figures: dict[str, float] = {}
    for place in places:
        level = file.texts["level"][place]
        if level in figures:
            raise file.refuse("level", place, _("“%(level)s” is there twice.") % {"level": level})
        figures[level] = _figure(file, way, place)
    if not any(figures.values()):
        raise file.refuse(way, places[0], _("Something must be more than 0."))
    target = Target(name, way == "count", figures, dict(zip(figures, places, strict=True)))
    return target if target.is_count else _of_one(file, target)


def _first(file: Answers) -> str:
    return next(way for way in _WAYS if way in file.texts)


def _figure(file: Answers, way: str, place: int) -> float:
    text = file.texts[way][place].removesuffix("%").strip()
    try:
        figure = float(text)
    except ValueError:
        figure = -1.0
    if not 0 <= figure < float("inf"):
        raise file.refuse(way, place, _("“%(text)s” is not a number of 0 or more.") % {"text": file.texts[way][place]})
    return figure


def _of_one(file: Answers, target: Target) -> Target:
    """Shares may be of 1 or of 100; rounding is forgiven."""
    if all(abs(target.total / whole - 1) > _ROUNDED for whole in (1, 100)):
        why = _("The shares of “%(variable)s” add up to %(total)s; they must add up to 1 (or to 100).")
        first = next(iter(target.places.values()))
        raise file.refuse("share", first, why % {"variable": target.name, "total": f"{target.total:g}"})
    return replace(target, figures={level: figure / target.total for level, figure in target.figures.items()})


def _check_totals(file: Answers, counted: Sequence[Target]) -> None:
    for one, other in pairwise(counted):
        if abs(other.total / one.total - 1) > _ROUNDED:
            why = _("The counts of “%(one)s” add up to %(first)s, those of “%(other)s” to %(second)s.")
            facts = {"one": one.name, "other": other.name, "first": f"{one.total:,g}", "second": f"{other.total:,g}"}
            raise file.refuse("count", next(iter(other.places.values())), why % facts)


def _as_number(text: str) -> str:
    """One way to write a number, so that 1, 1.0 and 01 are the same level; other text as it is."""
    try:
        return repr(float(text))
    except ValueError:
        return text
