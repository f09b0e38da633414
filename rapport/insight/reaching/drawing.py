"""Groups beside their share as a plot that a trustee reads: of 100 who would have been it, so many took part."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rapport.insight.methods.assessing.representation import HIGH, LOW, Represented, Standing
from rapport.ui.charts import Number, Plot, Words
from rapport.ui.shares import Dot, dots

_TONES = {Standing.MISSING: "few", Standing.MORE: "many", Standing.IN_LINE: "fair"}


def beside_their_share(title: str | Promise, groups: Iterable[tuple[str, Represented | None, str]]) -> Plot:
    """`groups`: how each is called, its numbers (None: nothing may be said), and what is said of it."""
    groups = list(groups)
    missing = [name for name, row, _said in groups if row and row.standing == Standing.MISSING]
    said = _("Missing: %(who)s.") % {"who": ", ".join(missing)} if missing else _("Nobody is missing beyond chance.")
    header = [_("Group"), _("Of 100 who would be their share"), _("From"), _("To"), _("What it says")]
    table: list[list[Words | Number]] = [[name, *_numbers(row), told] for name, row, told in groups]
    return dots(
        title,
        [_dot(name, row, told) for name, row, told in groups],
        summary=said,
        middle=_("their share"),
        header=header,
        table=table,
        fair=(100 * LOW, 100 * HIGH),
    )


def _numbers(row: Represented | None) -> list[Number]:
    return [None, None, None] if row is None else [round(100 * one) for one in (row.index, row.low, row.high)]


def _dot(name: str, row: Represented | None, said: str) -> Dot:
    if row is None:
        return Dot(name, None, note=said)
    tone = _TONES.get(row.standing, "unsure")
    return Dot(name, round(100 * row.index), 100 * row.low, 100 * row.high, tone, _("of 100"))  # type: ignore[arg-type]
