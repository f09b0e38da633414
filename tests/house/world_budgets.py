"""A budget in the small world: counted, with projects, and a budget of others to learn from."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from rapport.deciding.models import (
    Ballot,
    BudgetExample,
    CodeCard,
    Count,
    Method,
    PhaseKind,
    Poll,
    Process,
    Project,
    Promise,
)
from rapport.deciding.models.count import marks_of
from rapport.people.models import Person
from rapport.places.models import Branch


def a_budget(riverside: Branch, ben: Person) -> Poll:
    """A budget that is over and counted, with a project that nobody could vote on; made once."""
    if (there := Poll.objects.filter(method=Method.BUDGET).first()) is not None:
        return there
    said = {"promise": Promise.EMPOWER, "decider": {"en": "All who vote"}, "by_when": timezone.localdate()}
    process = Process.objects.prepare("What do we buy?", by=ben, branch=riverside, decision=said)
    process.open(by=ben)
    now = timezone.now()
    phase = process.phases.create(
        kind=PhaseKind.CHOOSE, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    poll = Poll.objects.create(phase=phase, title="Our budget", method=Method.BUDGET, budget=50)
    for title, cost in (("A bench", 40), ("A pond", 30)):
        project = Project.objects.work_out(poll, title, by=ben)
        project.picture.save("project.webp", a_picture())
        project.estimate([("All of it", Decimal(cost))], by=ben)
        project.put_to_vote(by=ben)
    poll.criteria.create(words="It is safe")
    voter = CodeCard.deal(process, 1, by=ben)[0].take_part()
    Ballot.objects.take(poll, {"for": [str(poll.options.all()[0].pk)]}, participant=voter)
    Count.objects.take(poll)
    return poll


def an_example(riverside: Branch, ben: Person) -> BudgetExample:
    """Made anew for each, as the walk takes it away."""
    poll = a_budget(riverside, ben)
    file = poll.paper.files(poll.fixed, marks_of(poll), "Our budget")["pb"]
    return BudgetExample.objects.first() or BudgetExample.objects.bring(file, file_name="our.pb", by=ben)


def a_picture() -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(file, "WEBP")
    return ContentFile(file.getvalue(), name="project.webp")


BUDGET_SAMPLES: dict[str, Callable[[Any], Any]] = {
    "budgets": lambda world: a_budget(world.riverside, world.ben).pk,
    "budget-examples": lambda world: an_example(world.riverside, world.ben).pk,
    "examples": lambda world: an_example(world.riverside, world.ben).pk,
    "options/pk": lambda world: a_budget(world.riverside, world.ben).options.all()[0].pk,
    "projects": lambda world: a_budget(world.riverside, world.ben).projects.all()[0].pk,
}
