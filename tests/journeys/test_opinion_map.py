"""An opinion map on a phone in Arabic: votes, a statement of one's own, its fate, and one's place on the map."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.deciding import demo_opinions
from rapport.deciding.models import Conversation, OpinionVote, Participant, Statement
from rapport.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evenings(ben: Person) -> Conversation:
    return demo_opinions.fill(by=ben)


def _vote(page: Any, key: str) -> None:
    """Press one of the three, and wait for the next statement."""
    before = page.locator("[name=statement]").get_attribute("value")
    page.locator(f"[data-opinion-key={key}]").click()
    expect(page.locator("[name=statement]")).not_to_have_value(before)


def test_a_neighbour_says_where_she_stands_on_a_phone_in_arabic(
    evenings: Conversation, ben: Person, open_page: Any, axe: Any, no_sideways_scroll: Any
) -> None:
    people, url = Participant.objects.count(), evenings.get_absolute_url()
    page = open_page(url, width=360, lang="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator(".opinion__words")).to_have_attribute("lang", "ar")
    for key in "adadapada":
        _vote(page, key)
    page.keyboard.press("p")
    expect(page.locator(".opinion__progress")).to_contain_text("10")
    assert no_sideways_scroll(page)

    page.goto(f"{url}statements/")
    page.locator("[name=words]").fill("أود أن نقرأ الشعر معاً كل خميس.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{url}statements/")
    mine = Statement.objects.get(number=evenings.statements.count())
    assert (mine.language, mine.standing) == ("ar", "waiting")

    desk = open_page(f"/desk/opinions/{evenings.pk}/queue/", person=ben)
    while Statement.objects.waiting().exists():
        shown = desk.locator(".opinion__words")
        expect(shown).to_be_visible()
        with desk.expect_navigation():
            desk.keyboard.press("a")
    expect(desk.get_by_text("Nothing waits to be read")).to_be_visible()

    evenings.draw()
    page.goto(f"{url}statements/")
    expect(page.locator(".status--done").first).to_be_visible()
    page.goto(f"{url}map/")
    expect(page.locator(".opinion-map__you")).to_be_visible()
    expect(page.locator(".opinion-map__group")).to_have_count(2)
    assert no_sideways_scroll(page)
    assert axe(page) == []
    assert Participant.objects.count() == people + 1
    noor = Participant.objects.order_by("-pk")[0]
    assert OpinionVote.objects.filter(participant=noor).count() == 11


def test_without_scripts_one_votes_and_reads_the_report_afterwards(evenings: Conversation, open_page: Any) -> None:
    page = open_page(evenings.get_absolute_url(), js=False, width=360)
    first = page.locator("[name=statement]").get_attribute("value")
    page.get_by_role("button", name="Disagree").click()
    expect(page.locator("[name=statement]")).not_to_have_value(first)
    assert OpinionVote.objects.filter(statement=first, vote=-1, participant=Participant.objects.order_by("-pk")[0])

    evenings.phase.closes_at = timezone.now() - timedelta(minutes=1)
    evenings.phase.save()
    page.goto(f"{evenings.get_absolute_url()}report/")
    expect(page.get_by_role("heading", name="There are 2 groups")).to_be_visible()
