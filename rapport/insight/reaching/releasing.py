"""The library's own numbers of who took part, as anyone may download them: protected, or with noise and its budget."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings

from rapport.insight.methods.assessing.representation import STANDINGS, indices
from rapport.insight.methods.estimating.noise import noisy
from rapport.insight.models import Release
from rapport.insight.models.release import end_of
from rapport.insight.reached import in_order
from rapport.insight.reaching.people import beside, people_of
from rapport.lib.publishing import Cells, published
from rapport.people.models import Person
from rapport.places.models import Branch

HEADER = ["quarter", "step", "dimension", "band", "branch", "count", "share", "people", "standing"]
Table = dict[tuple[str, str], Counter[tuple[str, str]]]  # (step, dimension): (band, branch): n


def release(quarter: date, *, by: Person | None, epsilon: Decimal | None = None) -> Release:
    """Let the numbers of a quarter out, once. Raises AlreadyReleased, OverBudget, or ValueError before its end."""
    tables = tables_of(quarter)
    rows = [row for key, cells in sorted(tables.items()) for row in _rows(quarter, key, cells, epsilon)]
    cost = epsilon * len(tables) if epsilon else Decimal(0)
    threshold = settings.HOUSE.threshold
    return Release.publish(quarter, rows, threshold=threshold, epsilon=epsilon, cost=cost, by=by)


def tables_of(quarter: date) -> Table:
    slugs = dict(Branch.objects.values_list("pk", "slug"))
    tables: Table = defaultdict(Counter)
    for step in in_order():
        if not step.counts_people:
            continue
        for one in step.counts(quarter, end_of(quarter)):
            tables[step.name, one.dimension][one.band, slugs.get(one.branch or 0, "")] += one.n
    return {key: cells for key, cells in tables.items() if any(cells.values())}


def _rows(
    quarter: date, key: tuple[str, str], cells: Counter[tuple[str, str]], epsilon: Decimal | None
) -> Iterator[dict[str, Any]]:
    """Every band that was asked for by every branch; and each band as a whole, under the branch "*"."""
    step, dimension = key
    people = people_of(dimension)
    asked = {band for band, _branch in cells}
    bands = [band for band in people.names if band in asked] + sorted(asked - set(people.names))
    branches = sorted({branch for (_band, branch), n in cells.items() if n})
    counts = [[cells[band, branch] for branch in branches] for band in bands]
    shown, totals = _safe(counts, epsilon)
    told = _beside(dict(zip(bands, totals, strict=True)), sum(map(sum, counts)) if not epsilon else None, people.counts)
    head = {"quarter": quarter.isoformat(), "step": step, "dimension": dimension}
    for band, row, total in zip(bands, shown, totals, strict=True):
        yield {**head, "band": band, "branch": "*", "count": total, **told.get(band, {})}
        if len(branches) > 1:
            for branch, n in zip(branches, row, strict=True):
                yield {**head, "band": band, "branch": branch, "count": n}


def _safe(counts: list[list[int]], epsilon: Decimal | None) -> tuple[Cells, Sequence[int | None]]:
    if epsilon is None:
        safe = published(counts)
        return safe.cells, safe.totals
    shown = [noisy(row, Fraction(epsilon)) for row in counts]
    return shown, [sum(row) for row in shown]


def _beside(totals: Mapping[str, int | None], n: int | None, people: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """For each band that is shown: its share, the share that lives here, and how it stands. `n` is of all."""
    known = {band: max(0, count) for band, count in totals.items() if count is not None}
    everybody = sum(known.values()) if n is None else n
    if not everybody or not people:
        return {}
    rest = everybody - sum(known.values())
    heard = {band: known.get(band, 0) for band in totals}
    living, told = beside(heard, people), sum(people.values())
    found = indices([*heard.values(), rest], [*(living.get(band, 0.0) for band in heard), 1e-9 if rest else 0.0])
    return {
        band: {
            "share": round(100 * heard[band] / everybody, 1),
            "people": round(100 * living.get(band, 0.0) / told, 1),
            "standing": STANDINGS[found.standing[place]].name.lower() if living.get(band) else "",
        }
        for place, band in enumerate(heard)
        if band in known
    }
