"""What is lacking in the balance of programs, in sentences, each with something to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rapport.programs.balancing.balance import Balance, Row
from rapport.programs.methods.balance import EVENING, WEEKEND

_FEW = 10  # in a hundred: below it a time of day hardly exists
_MUCH = 33  # in a hundred of all dates cost something, or say nothing of access


@dataclass(frozen=True)
class Gap:
    what: str
    do: str
    url: str
    act: str


def gaps(balance: Balance) -> Iterator[Gap]:
    """None where too little is on to say anything."""
    if balance.n < 10:
        return
    plan = reverse("programs:desk-new")
    for row in _rows(balance, "language"):
        if row.is_missing:
            told = {"language": row.label, "n": row.n, "of": balance.n, "living": round(row.living or 0)}
            what = _("%(language)s: %(n)s of %(of)s dates, and %(living)s in 100 speak it at home") % told
            yield Gap(what, _("Ask those who speak it what they would come to, and who could lead it."), plan, _plan())
    for row in _rows(balance, "branch"):
        if row.is_missing:
            told = {"branch": row.label, "n": row.n, "of": balance.n, "living": round(row.living or 0)}
            what = _("%(branch)s: %(n)s of %(of)s dates, and %(living)s in 100 live there") % told
            yield Gap(what, _("Repeat there what goes well elsewhere."), plan, _plan())
    for row in _rows(balance, "audience"):
        if not row.n:
            yield Gap(_("Nothing for: %(audience)s") % {"audience": row.label}, _("Look at what they need first."),
                      reverse("insight:desk-needs"), _("To the needs"))  # fmt: skip
    yield from _times(balance, plan)
    yield from _rest(balance)


def _times(balance: Balance, plan: str) -> Iterator[Gap]:
    said = {EVENING: _("Hardly anything on weekday evenings"), WEEKEND: _("Hardly anything on weekends")}
    for row in _rows(balance, "time"):
        if row.key in said and row.share < _FEW:
            told = _(" (%(n)s of %(of)s dates)") % {"n": row.n, "of": balance.n}
            do = _("Whoever works by day cannot come. Move one date of a series that goes well.")
            yield Gap(said[row.key] + told, do, plan, _plan())


def _rest(balance: Balance) -> Iterator[Gap]:
    dates, act = reverse("programs:desk-sessions"), _("To the dates")
    costs = next((row for row in _rows(balance, "cost") if row.key == "costs"), None)
    if costs and costs.share > _MUCH:
        what = _("%(share)s in 100 dates cost something") % {"share": round(costs.share)}
        yield Gap(what, _("Offer some places free, and say so."), dates, act)
    silent = next((row for row in _rows(balance, "access") if row.key == "none"), None)
    if silent and silent.share > _MUCH:
        what = _("Of %(share)s in 100 dates nothing is said about access") % {"share": round(silent.share)}
        yield Gap(what, _("People who depend on it stay at home when nothing is said. Fill it in."), dates, act)


def _rows(balance: Balance, name: str) -> list[Row]:
    aspect = balance.aspect(name)
    return list(aspect.rows) if aspect else []


def _plan() -> str:
    return _("Plan something")
