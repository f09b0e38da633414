"""A town's reading garden, from an idea written on a phone to a promise that was kept, and those who are told."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from rapport.deciding.models import Collection, Commitment, PhaseKind, Process, Promise, Proposal
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
OpenPage = Callable[..., Page]
AtOnce = Callable[[], AbstractContextManager[None]]


def test_from_an_idea_to_a_kept_promise(
    riverside: Branch, desk: Person, mona: Person, open_page: OpenPage, at_once: AtOnce
) -> None:
    box = _opened(riverside, mona)
    here = f"/collections/{box.pk}/"

    noor = _written_on_a_phone(open_page(here, width=370))
    tree = Proposal.objects.get()
    rosa = _supported(open_page(tree.get_absolute_url(), width=370))
    _argued_and_changed(rosa, noor, tree)
    _entered_from_paper(open_page(f"/desk/collections/{box.pk}/entry/", person=desk))
    made = _put_together(open_page(f"/desk/collections/{box.pk}/", person=mona), noor)
    with at_once():
        _answered(open_page(f"/desk/ideas/{made.pk}/", person=mona))
    assert _told("There is room for one tree") == {"noor@example.org", "rosa@example.org", "edith@example.org"}
    with at_once():
        _promised_and_kept(open_page(f"/desk/ideas/{made.pk}/", person=mona))

    assert Commitment.objects.get().kept is not None
    assert _told("The tree stands by the south wall") == {"noor@example.org", "rosa@example.org", "edith@example.org"}
    page = open_page(made.get_absolute_url(), width=370)
    assert page.get_by_text("One tree for shade, planted").first.is_visible()


def _opened(riverside: Branch, mona: Person) -> Collection:
    process = Process.objects.prepare(
        "What should the reading garden be?",
        by=mona,
        branch=riverside,
        decision={
            "promise": Promise.INVOLVE,
            "open_words": {"en": "Plants and seats"},
            "decider": {"en": "The board"},
            "by_when": timezone.localdate() + timedelta(days=60),
        },
    )
    now = timezone.now()
    collect = process.phases.create(
        kind=PhaseKind.COLLECT, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=20)
    )
    process.open(by=mona)
    return Collection.objects.create(phase=collect, title="Ideas for the garden", threshold=2)


def _written_on_a_phone(page: Page) -> Page:
    _go(page.get_by_role("link", name="Write a proposal"))
    page.get_by_label("Your idea in one sentence").fill("A tree that gives shade")
    page.get_by_label("Your first name").fill("Noor")
    _go(page.get_by_role("button", name="Go on"))
    page.get_by_label("Say more about it").fill("It is hot in summer, and pears are good.")
    _go(page.get_by_role("button", name="Go on"))
    _go(page.get_by_role("button", name="Go on"))  # no picture
    _go(page.get_by_role("button", name="Publish it"))
    assert page.get_by_role("heading", level=1, name="A tree that gives shade").is_visible()
    _left_an_address(page, "noor@example.org")
    return page


def _left_an_address(page: Page, email: str) -> None:
    page.get_by_label("Your e-mail address").fill(email)
    _go(page.get_by_role("button", name="Tell me what comes of it"))


def _supported(page: Page) -> Page:
    _go(page.get_by_role("button", name="I support this"))
    assert page.get_by_text("1 more is needed").is_visible()
    _left_an_address(page, "rosa@example.org")
    return page


def _argued_and_changed(rosa: Page, noor: Page, tree: Proposal) -> None:
    rosa.get_by_text("Say something", exact=True).click()
    rosa.get_by_label("against it").check(force=True)
    rosa.get_by_label("What would you like to say?").fill("Pears draw wasps")
    _go(rosa.get_by_role("button", name="Say it"))
    _go(rosa.get_by_role("link", name="Suggest a change"))
    rosa.get_by_label("Words", exact=True).fill("It is hot in summer, and early pears draw no wasps.")
    rosa.get_by_label("Why would you change it?").fill("Because of the wasps")
    _go(rosa.get_by_role("button", name="Suggest it"))
    noor.reload()
    _go(noor.get_by_role("link", name="Because of the wasps"))
    _go(noor.get_by_role("button", name="Accept it"))
    assert noor.get_by_text("early pears draw no wasps").first.is_visible()


def _entered_from_paper(page: Page) -> None:
    page.get_by_label("The idea in one sentence").fill("Something for shade over the benches")
    page.get_by_label("Say more about it").fill("I cannot sit in the sun.")
    page.get_by_label("Their first name").fill("Edith")
    page.get_by_label("E-mail").fill("edith@example.org")
    _go(page.get_by_role("button", name="Publish it"))


def _put_together(page: Page, noor: Page) -> Proposal:
    for title in ("A tree that gives shade", "Something for shade over the benches"):
        page.get_by_role("row", name=title).get_by_role("checkbox").check()
    _go(page.get_by_role("button", name="Put together or take apart"))
    page.locator("[name=results-0-title]").fill("One tree for shade, over a bench")
    page.locator("[name=results-0-words]").fill("An early pear tree with a bench under it.")
    _go(page.get_by_role("button", name="Ask the authors"))
    page.get_by_role("article").filter(has_text="Edith").get_by_role("button", name="An author told me: yes").click()
    page.wait_for_load_state()
    noor.reload()
    _go(noor.get_by_role("link", name="See what would come of it"))
    _go(noor.get_by_role("button", name="I agree"))
    return Proposal.objects.public().get()


def _answered(page: Page) -> None:
    page.get_by_label("accepted", exact=True).check(force=True)
    page.locator("[name=reason_en]").fill("There is room for one tree")
    page.locator("[name=cost]").fill("400")
    _go(page.get_by_role("button", name="Publish the answer"))


def _promised_and_kept(page: Page) -> None:
    _go(page.get_by_role("link", name="Promise something because of it"))
    page.locator("[name=said_en]").fill("One tree for shade, planted")
    page.locator("[name=due]").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    page.locator("[name=steps]").fill("The hole is dug")
    _go(page.locator("main form button[type=submit], main form .button--primary").last)
    _go(page.get_by_role("link", name="Reached"))
    _go(page.locator("main form .button--primary").last)
    page.get_by_text("It was kept", exact=True).click()
    page.locator("[name=keeping-see_en]").fill("The tree stands by the south wall")
    _go(page.get_by_role("button", name="Tell everyone"))


def _told(words: str) -> set[str]:
    return {address for letter in mail.outbox if words in letter.body for address in letter.to}


def _go(button: Any) -> None:
    with button.page.expect_navigation():
        button.click()
