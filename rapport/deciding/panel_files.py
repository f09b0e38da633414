"""What anybody needs to draw the lots again, as `rapport sortition` reads it: the pot without names, and the quotas."""

from rapport.deciding.methods import sortition
from rapport.deciding.models import Draw

Rows = list[list[object]]


def volunteers_file(draw: Draw) -> tuple[list[str], Rows]:
    categories = sorted({quota.category for quota in draw.quotas})
    rows: Rows = [[code, *(values.get(one, "") for one in categories)] for code, values in draw.pot.items()]
    return ["id", *categories], rows


def quotas_file(draw: Draw) -> tuple[list[str], Rows]:
    return ["category", "value", "min", "max"], [[q.category, q.value, q.least, q.most] for q in draw.quotas]


def chances_by_kind(draw: Draw, size: int, draws: int) -> list[dict[str, object]]:
    """For each kind of volunteer: how many there were, and the chance of each of them to be drawn, in percent."""
    chance = sortition.chances(draw.pot, draw.quotas, size, draws)
    categories = sorted({quota.category for quota in draw.quotas})
    kinds: dict[tuple[str, ...], list[float]] = {}
    for code, values in draw.pot.items():
        kinds.setdefault(tuple(values[one] for one in categories), []).append(chance[code])
    return [
        {"kind": dict(zip(categories, kind, strict=True)), "n": len(found), "percent": round(100 * found[0])}
        for kind, found in sorted(kinds.items())
    ]
