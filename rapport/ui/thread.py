"""The sign of the house: what belongs together hangs on one thread, and each turn of it is a knot."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = str | Promise
State = Literal["done", "present", "owed", "declined"]
Size = Literal["small", "large", "spine"]

STAGES: dict[str, Words] = {
    "listen": _("Heard"),
    "understand": _("Understood"),
    "decide": _("Decided"),
    "deliver": _("Done"),
    "measure": _("Measured"),
    "report": _("Reported"),
    "told": _("Told"),
}
STATES: dict[str, Words] = {
    "done": _("done"),
    "present": _("now"),
    "owed": _("still to come"),
    "declined": _("declined"),
}


@dataclass(frozen=True)
class Knot:
    label: Words
    state: State
    at: datetime.datetime | datetime.date | None = None
    words: Words = ""
    url: str = ""
    stage: str = ""
    actor: Words = ""

    @property
    def state_words(self) -> Words:
        return STATES[self.state]

    @property
    def stage_words(self) -> Words:
        return STAGES.get(self.stage, "")

    @property
    def opens(self) -> bool:
        return bool(self.words or self.url or self.actor)


_WEIGHT = {"owed": 0, "done": 1, "declined": 2, "present": 3}


def seven(knots: Iterable[Knot]) -> list[Knot]:
    """One knot for each stage: the one that matters most now; a stage that nobody reached is still owed."""
    row = {stage: Knot(label, "owed", stage=stage) for stage, label in STAGES.items()}
    for knot in knots:
        if knot.stage in row and _WEIGHT[knot.state] >= _WEIGHT[row[knot.stage].state]:
            row[knot.stage] = Knot(STAGES[knot.stage], knot.state, knot.at, stage=knot.stage)
    return list(row.values())


def summary(knots: Sequence[Knot]) -> str:
    """The small thread for those who do not look."""
    done = sum(knot.state == "done" for knot in knots)
    text = ngettext("%(done)d of %(all)d step done", "%(done)d of %(all)d steps done", len(knots)) % {
        "done": done,
        "all": len(knots),
    }
    turns = [f"{knot.label} ({knot.state_words})" for knot in knots if knot.state in ("present", "declined")]
    return ": ".join([text, ", ".join(turns)]) if turns else text


def draw(knots: Iterable[Knot], size: Size = "large") -> SafeString:
    row = list(knots)
    if size == "small" and all(knot.stage for knot in row):
        row = seven(row)
    return render_to_string(f"ui/thread/{size}.html", {"knots": row, "summary": summary(row), **_dots(row)})


def _dots(row: Sequence[Knot]) -> dict[str, object]:
    """Where each small knot sits; the thread sways a little, as threads do."""
    step, middle = 18, 10
    places = [(9 + step * i, middle + (2 if i % 2 else -2), knot) for i, knot in enumerate(row)]
    return {"dots": places, "path": _swaying([(x, y) for x, y, _knot in places]), "width": max(step * len(row), step)}


def _swaying(places: Sequence[tuple[int, int]]) -> str:
    """A line that goes through all places and is level in each."""
    path = [f"M{x} {y}" for x, y in places[:1]]
    for (x, y), (to_x, to_y) in pairwise(places):
        half = (to_x - x) / 2
        path.append(f"C{x + half:g} {y} {to_x - half:g} {to_y} {to_x} {to_y}")
    return " ".join(path)
