"""What the checks of the plan read: the areas in their order, and each area's files."""

from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "rapport"
AREAS: list[str] = settings.AREAS
PLAN = ROOT / ".importlinter"


def floors() -> list[set[str]]:
    """The areas as the import contract has them, from the ground up; those of one floor do not know each other."""
    lines = PLAN.read_text().split("layers =")[1].split()
    rows = " ".join(lines).replace(" | ", "|").split()
    return [set(row.split("|")) & set(AREAS) for row in reversed(rows) if set(row.split("|")) & set(AREAS)]


def may_know(area: str) -> set[str]:
    """The area itself and all that stand below it."""
    known: set[str] = set()
    for floor in floors():
        if area in floor:
            return known | {area}
        known |= floor
    raise KeyError(area)


def files(area: str, *patterns: str) -> list[Path]:
    found = {path for pattern in patterns for path in (CODE / area).rglob(pattern)}
    return sorted(path for path in found if "tests" not in path.relative_to(CODE).parts)
