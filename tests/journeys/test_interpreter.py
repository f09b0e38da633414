"""A deaf patron's interpreter: asked for on a phone, arranged at the desk, told by mail, thanked for afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.accommodating.letters import ask_whether_it_helped
from rapport.programs.models import AccommodationRequest, Program, Session

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
OpenPage = Callable[..., Page]
AtOnce = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def reading(riverside: Branch, ben: Person) -> Session:
    program = Program.objects.plan("A writer reads", by=ben, need=None, branch=riverside)
    program.publish()
    starts = timezone.now() + timedelta(days=30)
    [session] = program.add_sessions(
        starts, starts + timedelta(hours=2), language="en", audience="19+", branch=riverside
    )
    return session


def test_from_request_to_thanks(
    reading: Session, ben: Person, open_page: OpenPage, at_once: AtOnce, axe: Any, no_sideways_scroll: Any
) -> None:
    with at_once():
        rosa = _asked(open_page(reading.get_absolute_url(), width=360))
    assert axe(rosa) == []
    assert no_sideways_scroll(rosa)
    assert "a sign language interpreter" in mail.outbox[-1].body
    with at_once():
        _arranged(open_page("/desk/", person=ben), axe)
    assert mail.outbox[-1].to == ["rosa@example.org"]
    assert "Jo Reyes interprets" in mail.outbox[-1].body

    rosa.reload()
    assert rosa.get_by_text("Jo Reyes interprets").is_visible()
    _the_evening_is_over(reading)
    with at_once():
        ask_whether_it_helped()
    rosa.goto(_link_in(mail.outbox[-1].body))
    rosa.get_by_label("yes", exact=True).check(force=True)
    rosa.get_by_label("In a few words").fill("I followed every word.")
    _go(rosa.get_by_role("button", name="Send"))
    assert rosa.get_by_text("Thank you", exact=True).is_visible()

    desk = open_page(f"/desk/accommodations/{AccommodationRequest.objects.get().pk}/", person=ben)
    assert desk.get_by_text("I followed every word.").is_visible()
    desk.goto("/desk/accommodations/demand/?year=" + str(timezone.localdate(Session.objects.get().starts_at).year))
    assert desk.get_by_role("row", name="A sign language interpreter").is_visible()


def _asked(page: Page) -> Page:
    _go(page.get_by_role("link", name="Do you need something to take part?"))
    page.get_by_label("a sign language interpreter").check()
    page.get_by_label("What should we know to do it well?").fill("ASL, please; I sit in front.")
    page.get_by_label("How should we call you?").fill("Rosa")
    page.get_by_label("E-mail").fill("rosa@example.org")
    _go(page.get_by_role("button", name="Send"))
    assert page.get_by_text("we are arranging it").is_visible()
    return page


def _arranged(page: Page, axe: Any) -> None:
    _go(page.get_by_role("link", name="A sign language interpreter"))
    assert page.get_by_text("ASL, please; I sit in front.").is_visible()
    page.get_by_text("Who, by when, through whom").click()
    page.get_by_label("Through whom?").fill("County interpreters")
    _go(page.get_by_role("button", name="Keep", exact=True))
    page.get_by_text("Say how it stands").click()
    assert axe(page) == []
    page.get_by_label("arranged", exact=True).check(force=True)
    page.get_by_label("What shall the person know?").fill("Jo Reyes interprets. Two seats in front are yours.")
    _go(page.get_by_role("button", name="Keep, and tell the person"))


def _the_evening_is_over(session: Session) -> None:
    then = timezone.now() - timedelta(days=1)
    session.move(then - timedelta(hours=2), then)


def _link_in(text: str) -> str:
    return next(f"/{word.split('/', 3)[3]}" for word in text.split() if word.startswith("http"))


def _go(press: Any) -> None:
    with press.page.expect_navigation():
        press.click()
