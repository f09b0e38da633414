"""Groups beside their share as a plot that a trustee reads: of 100 who would have been it, so many took part."""

from collections.abc import Iterable, Mapping
from typing import Any

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
    said = _("Nobody is missing beyond chance.")
    if missing:
        said = _("Missing: %(who)s.") % {"who": ", ".join(missing)}
    elif any(row is None for _name, row, _said in groups):
        said = _("Of the groups that can be shown nobody is missing.")
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


def of_a_release(title: str, rows: Iterable[Mapping[str, Any]]) -> Plot | None:
    """The same of what went out: shares alone, without how far chance reaches. None where nothing is beside them."""
    known = [row for row in rows if row.get("people")]
    told = [row for row in known if row.get("share") is not None]
    if not told:
        return None
    marks, table = [], []
    for row in known:
        of_100 = None if row.get("share") is None else round(100 * row["share"] / row["people"])
        tone = {"missing": "few", "more": "many", "in_line": "fair"}.get(row.get("standing", ""), "unsure")
        note = _("too few to show") if of_100 is None else _("of 100")
        marks.append(Dot(row["name"], of_100, of_100 or 0, of_100 or 0, tone, note))  # type: ignore[arg-type]
        table.append([row["name"], of_100, row["says"]])
    missing = [row["name"] for row in told if row.get("standing") == "missing"]
    said = _("Missing: %(who)s.") % {"who": ", ".join(missing)} if missing else ""
    header = [_("Group"), _("Of 100 who would be their share"), _("What it says")]
    fair = (100 * LOW, 100 * HIGH)
    return dots(title, marks, summary=said, middle=_("their share"), header=header, table=table, fair=fair)


def _numbers(row: Represented | None) -> list[Number]:
    return [None, None, None] if row is None else [round(100 * one) for one in (row.index, row.low, row.high)]


def _dot(name: str, row: Represented | None, said: str) -> Dot:
    if row is None:
        return Dot(name, None, note=said)
    tone = _TONES.get(row.standing, "unsure")
    return Dot(name, round(100 * row.index), 100 * row.low, 100 * row.high, tone, _("of 100"))  # type: ignore[arg-type]
