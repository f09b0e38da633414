"""What is asked for on the command line, such as `mean:age`, and its answer from a design."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rapport.insight.methods.estimating.estimates import Estimate, mean, ratio, shares, total
from rapport.insight.methods.estimating.quantiles import quantile
from rapport.insight.methods.weighing.designs import Design, LonelyUnit
from rapport.insight.weighing_files.answers import Answers, Refused

_WAYS = ("mean", "total", "share", "ratio", "quantile")


@dataclass(frozen=True)
class Asked:
    """One estimate as it was asked for: `mean:C`, `total:C`, `share:C`, `ratio:C:D` or `quantile:C:Q`."""

    name: str
    way: str
    columns: tuple[str, ...]
    q: float = math.nan

    @classmethod
    def read(cls, name: str, names: list[str]) -> "Asked":
        """Raises Refused for what cannot be asked of columns of these names."""
        way, _colon, rest = name.partition(":")
        if way not in _WAYS or not rest:
            why = _("“%(name)s” is none of mean:C, total:C, share:C, ratio:C:D and quantile:C:Q.")
            raise Refused(why % {"name": name})
        if way == "quantile":
            column, _colon, q = rest.rpartition(":")
            return cls(name, way, (column,), _part(name, q))
        if way == "ratio":
            return cls(name, way, _two(name, rest, names))
        return cls(name, way, (rest,))

    def answer(self, answers: Answers, design: Design) -> list[tuple[str | None, Estimate]]:
        """The estimates, each with its level. Raises Refused for a column that does not fit."""
        try:
            return self._answer(answers, design)
        except ValueError as problem:
            if isinstance(problem, LonelyUnit):
                raise
            raise Refused(_("%(name)s: nobody answered, or only with 0.") % {"name": self.name}) from problem

    def _answer(self, answers: Answers, design: Design) -> list[tuple[str | None, Estimate]]:
        if self.way == "share":
            names, codes = answers.levels(self.columns[0])
            if not names:
                raise ValueError(self.name)
            return list(zip(names, shares(design, codes, len(names)), strict=True))
        values = [answers.values(column) for column in self.columns]
        if self.way == "ratio":
            return [(None, ratio(design, *values))]
        if self.way == "quantile":
            return [(None, quantile(design, values[0], self.q))]
        return [(None, (mean if self.way == "mean" else total)(design, values[0]))]


def _part(name: str, text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = math.nan
    if not 0 < part < 1:
        raise Refused(_("%(name)s: a quantile ends in a number between 0 and 1, such as :0.5.") % {"name": name})
    return part


def _two(name: str, text: str, names: list[str]) -> tuple[str, str]:
    """Both columns of a ratio; a name may hold a colon itself."""
    pieces = text.split(":")
    halves = [(":".join(pieces[:i]), ":".join(pieces[i:])) for i in range(1, len(pieces))]
    if not halves:
        raise Refused(_("%(name)s: a ratio names two columns, ratio:C:D.") % {"name": name})
    return next((pair for pair in halves if set(pair) <= set(names)), halves[0])
