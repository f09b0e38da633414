"""A school decides what it buys: projects with pictures, votes by phone and on paper, counted by Equal Shares, told."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from rapport.deciding.counting import count_what_is_over
from rapport.deciding.models import (
    BallotPrint,
    CodeCard,
    Commitment,
    Method,
    PaperBallot,
    PapersIn,
    Phase,
    PhaseKind,
    Poll,
    Process,
    Project,
    Promise,
    Tier,
)
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
OpenPage = Callable[..., Page]
AtOnce = Callable[[], AbstractContextManager[None]]

COSTS = {"Comics": 60, "Tent": 50, "Microscope": 40}


def test_a_school_decides_what_it_buys(
    riverside: Branch, mona: Person, ben: Person, open_page: OpenPage, at_once: AtOnce
) -> None:
    poll = _school(riverside, ben)
    cards = CodeCard.deal(poll.process, 4, by=ben, batch="Class 4b")

    for card, titles in zip(cards, (["Comics", "Tent"], ["Comics"], ["Comics", "Tent"], ["Microscope"]), strict=True):
        _voted_on_a_phone(open_page, poll, card, titles)
    _voted_on_paper(poll, "Microscope", ben, mona)
    _over(poll)
    with at_once():
        count_what_is_over()
    _read_by_everybody(open_page(poll.get_absolute_url()))
    _asked_what_it_paid(open_page(f"/budgets/{poll.pk}/my-vote/"))
    _promised(open_page(f"/desk/budgets/{poll.pk}/", person=ben), at_once)

    assert {str(one) for one in Commitment.objects.of(poll)} == {"Comics", "Microscope"}


def _school(branch: Branch, ben: Person) -> Poll:
    said = {"promise": Promise.EMPOWER, "decider": {"en": "All children"}, "by_when": timezone.localdate()}
    process = Process.objects.prepare(
        "What do we buy?", by=ben, branch=branch, decision=said, vote_tier=Tier.ON_SITE, join_tier=Tier.ON_SITE
    )
    process.open(by=ben)
    now = timezone.now()
    phase = process.phases.create(
        kind=PhaseKind.CHOOSE, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    poll = Poll.objects.create(
        phase=phase, title="Our reading room", method=Method.BUDGET, budget=110, budget_ballot="knapsack"
    )
    for title, cost in COSTS.items():
        project = Project.objects.work_out(poll, title, by=ben, picture_words=title)
        project.picture.save(f"{title}.webp", _picture())
        project.estimate([("All of it", Decimal(cost))], by=ben)
        project.put_to_vote(by=ben)
    return poll


def _picture() -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "WEBP")
    return ContentFile(file.getvalue(), name="x.webp")


def _voted_on_a_phone(open_page: OpenPage, poll: Poll, card: CodeCard, titles: list[str]) -> None:
    page = open_page(f"/polls/{poll.pk}/ballot/")
    page.locator("main input:not([type=hidden])").first.fill(card.code)
    _go(page.locator("main button").first)
    for title in titles:
        page.get_by_role("checkbox", name=re.compile(title)).check(force=True)
    left = 110 - sum(COSTS[title] for title in titles)
    page.get_by_text(f"You have {left} left").wait_for()
    _go(page.locator("[name=look]"))
    _go(page.locator("[name=cast]"))
    page.get_by_role("heading", level=1).wait_for()


def _voted_on_paper(poll: Poll, title: str, *readers: Person) -> None:
    printed = BallotPrint.make(poll, language="en", copies=1, by=readers[0])
    option = next(one for one in poll.options.all() if str(one) == title)
    for reader in readers:
        PaperBallot.of(poll, printed.first).read({"for": [str(option.pk)]}, by=reader)
    PapersIn.say(poll, handed_out=1, by=readers[0])


def _over(poll: Poll) -> None:
    Phase.objects.filter(pk=poll.phase_id).update(closes_at=timezone.now())


def _read_by_everybody(page: Page) -> None:
    page.get_by_role("heading", name="2 projects are bought, for 100").wait_for()
    assert page.get_by_text("3 people chose it. 3 of them paid for it together").count()


def _asked_what_it_paid(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("Microscope")).check(force=True)
    _go(page.get_by_role("button", name="Show what it paid for"))
    page.get_by_role("heading", name=re.compile("Your share was")).wait_for()


def _promised(page: Page, at_once: AtOnce) -> None:
    page.locator("[name=due]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    with at_once():
        _go(page.get_by_role("button", name="Promise it in public"))


def _go(button: Any) -> None:
    with button.page.expect_navigation():
        button.click()
