"""The demo's school decides what it buys: this year's vote is running, last year's is counted, and was kept."""

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from rapport.deciding import demo_budget_words as words
from rapport.deciding.budget_promises import promise_what_was_bought
from rapport.deciding.demo_pictures import picture
from rapport.deciding.demo_processes import Part, asked, phase_of
from rapport.deciding.models import (
    Ballot,
    BudgetExample,
    CodeCard,
    Commitment,
    Count,
    Method,
    Option,
    Override,
    PhaseKind,
    Poll,
    Process,
    Project,
    Promise,
    Tier,
)
from rapport.deciding.models.count import marks_of
from rapport.people.models import Person
from rapport.places.models import Branch

_LAST_YEAR = (Part(PhaseKind.CHOOSE, -340, -326, {}), Part(PhaseKind.CARRY_OUT, -320, -250, {}))


def fill(school: Process, *, by: Person, ruled_by: Person) -> None:
    """Both budgets; the same children vote the same way each time that the town is made."""
    now = _budget(school, words.ASKED, 3000, words.THIS_YEAR, "knapsack", by=by)
    _refused(now, by=by)
    _vote(now, words.LIKES, by=by)
    last = _last_year(school.decision.branch, by=by)
    poll = _budget(last, words.ASKED, 2400, words.LAST_YEAR, "approval", by=by)
    _vote(poll, words.LIKED_LAST_YEAR, by=by)
    _counted(poll, by=by, ruled_by=ruled_by)


def _last_year(branch: Branch | None, *, by: Person) -> Process:
    said = {
        "question": words.ASKED_LAST_YEAR, "promise": Promise.EMPOWER, "open_words": words.ALL_OF_IT,
        "decider": words.ALL_CHILDREN,
    }  # fmt: skip
    return asked(said, branch, _LAST_YEAR, by=by, starter="school", budget=Decimal(2400), vote_tier=Tier.ON_SITE)


def _budget(
    process: Process, title: words.Said, money: int, plans: Sequence[words.Plan], ballot: str, *, by: Person
) -> Poll:
    poll = Poll.objects.create(
        phase=phase_of(process, PhaseKind.CHOOSE), title=title, method=Method.BUDGET, budget=money,
        budget_ballot=ballot, seed="MILLST", by=by,
    )  # fmt: skip
    for order, said in enumerate(words.CRITERIA, 1):
        poll.criteria.create(words=said, order=order)
    criteria = list(poll.criteria.all())
    for plan in plans:
        project = Project.objects.work_out(poll, plan.title, by=by, about=plan.about, picture_words=plan.shows)
        project.picture.save(f"{plan.picture}.webp", picture(plan.picture))
        project.estimate([(what, Decimal(amount)) for what, amount in plan.lines], by=by, who="Ben, with the shop")
        project.checks.model.objects.bulk_create(
            project.checks.model(project=project, criterion=one, is_met=True, reason={}, by=by) for one in criteria
        )
        project.put_to_vote(by=by)
    return poll


def _refused(poll: Poll, *, by: Person) -> None:
    slide = Project.objects.work_out(poll, words.SLIDE, by=by)
    safe = poll.criteria.all()[1]
    slide.check_criterion(safe, is_met=False, reason=words.SLIDE_WHY, by=by)
    slide.refuse(words.SLIDE_WHY, by=by)


def _vote(poll: Poll, likes: tuple[tuple[int, tuple[str, ...]], ...], *, by: Person) -> None:
    """Each child likes what their kind likes, with a mind of their own."""
    mind = random.Random(4)  # noqa: S311 - made-up votes, always the same
    options = {str(one.picture.name).rsplit("/", 1)[-1].split(".")[0].split("_")[0]: one for one in poll.options.all()}
    cards = CodeCard.deal(poll.process, sum(n for n, _liked in likes), by=by, batch="Class 4b")
    children = iter(cards)
    for n, liked in likes:
        for _child in range(n):
            picked = [one for one in liked if mind.random() < 0.75]
            if mind.random() < 0.3:
                picked.append(mind.choice(sorted(set(options) - set(liked))))
            marks = {"for": sorted(_affordable(poll, [options[one] for one in picked]), key=int)}
            Ballot.objects.take(poll, marks if picked else {}, participant=next(children).take_part())


def _affordable(poll: Poll, picked: list[Option]) -> list[str]:
    left, kept = poll.budget or Decimal(0), []
    for option in picked:
        if poll.budget_ballot != "knapsack" or (option.cost or 0) <= left:
            kept.append(str(option.pk))
            left -= option.cost or 0
    return kept


def _counted(poll: Poll, *, by: Person, ruled_by: Person) -> None:
    """What was bought was promised and is there; the lamps were a gift."""
    count = Count.objects.take(poll)
    file = poll.paper.files(poll.fixed, marks_of(poll), f"{poll.process.decision.branch}: {count.at.year - 1}")["pb"]
    BudgetExample.objects.bring(file, file_name="school.pb", by=by)
    poll = Poll.objects.get(pk=poll.pk)
    lamps = next(one for one in poll.options.select_related("poll") if str(one.title["en"]) == words.LAMPS.title["en"])
    if poll.counted and str(lamps.pk) in poll.counted.winners:
        Override.make(lamps, reason=words.OVERRIDE_WHY, by=ruled_by)
    day = timezone.localdate() - timedelta(days=260)
    promise_what_was_bought(poll, by=by, due=day, owner=by, owner_words=words.OWNER)
    for commitment in Commitment.objects.of(poll):
        commitment.keep(words.KEPT_WHY, by=by, on=day - timedelta(days=12))
