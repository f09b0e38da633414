"""A sample drawn from a list of all: who is drawn, and what of it is kept so that results can be weighed."""

import secrets
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from rapport.people.models import Person
from rapport.surveys.inviting import Report, take_people
from rapport.surveys.methods.drawing import drawn, equal, mark_of, proportional
from rapport.surveys.models import Draw, Sampling, Survey


class DrawnBefore(Exception):
    """People were drawn for this survey already: a second draw would make the first one's chances unknown."""


class NoSuchColumn(ValueError):
    """The list has no column of this name."""


@dataclass
class Plan:
    """What a draw would do: of each part, how many there are and which places of the list are drawn."""

    report: Report
    places: dict[str, list[int]]
    sizes: dict[str, int]
    mark: str

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        return [(name, self.sizes[name], len(self.places[name])) for name in sorted(self.sizes)]

    @property
    def drawn(self) -> int:
        return sum(map(len, self.places.values()))


def new_seed() -> str:
    return secrets.token_hex(4)


def plan_draw(report: Report, *, n: int, seed: str, column: str = "", is_equal: bool = False) -> Plan:
    """Draw from the people of a list. Raises NoSuchColumn."""
    parts: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(report.rows):
        if column and column not in row:
            raise NoSuchColumn(column)
        parts[str(row[column]).strip()[:80] if column else ""].append(place)
    sizes = {name: len(places) for name, places in parts.items()}
    shares = (equal if is_equal else proportional)(sizes, n)
    mark = mark_of([[str(cell) for cell in row.values()] for row in report.rows])
    return Plan(report, drawn(parts, shares, seed), sizes, mark)


@transaction.atomic
def take_draw(survey: Survey, plan: Plan, *, seed: str, column: str, by: Person) -> Draw:
    """Put those drawn on the list of people to ask, and keep how they were drawn. Raises DrawnBefore."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.draws.exists():
        raise DrawnBefore
    chosen = []
    for name, size, many in plan.parts:
        survey.strata.create(name=name, size=size, drawn=many)
        for place in plan.places[name]:
            plan.report.people[place].stratum = name
            chosen.append(plan.report.people[place])
    take_people(Report(people=chosen))
    Survey.objects.filter(pk=survey.pk).update(sampling=Sampling.DRAWN, population=sum(plan.sizes.values()))
    return survey.draws.create(
        seed=seed, column=column, frame_size=sum(plan.sizes.values()), frame_mark=plan.mark, drawn=plan.drawn, by=by
    )
