"""A survey reaches people and comes back: printed in Arabic, entered by two, settled; invited, reminded, answered."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.letters import write_due_letters
from rapport.surveys.models import Survey
from rapport.surveys.tests.everything import everything

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
Axe = Callable[[Page], list[str]]


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Survey:
    survey = Survey.objects.begin(everything(), by=ben, branch=riverside, doubled_share=100)
    survey.open(by=ben)
    return survey


def test_a_sheet_is_printed_in_arabic_entered_by_two_and_settled(
    garden: Survey, ben: Person, mona: Person, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(f"/desk/surveys/{garden.pk}/paper/", person=ben)
    assert axe(page) == []
    printing = page.locator('form[action$="/prints/"]')
    printing.locator('[name="language"]').select_option("ar")
    printing.locator('[name="copies"]').fill("2")
    printing.get_by_role("button").click()
    page.wait_for_url("**/prints/*/")
    assert axe(page) == []
    assert page.locator(".form-sheet[dir=rtl]").count() == 2
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000

    _enter(page, garden, "3 Enter 2 Enter Enter 4 Enter")
    theirs = open_page(f"/desk/surveys/{garden.pk}/paper/", person=mona)
    _enter(theirs, garden, "3 Enter 3 Enter Enter 4 Enter")

    sheet = garden.sheets.get()
    theirs.goto(f"/desk/surveys/{garden.pk}/paper/sheets/{sheet.pk}/")
    assert axe(theirs) == []
    theirs.get_by_label("لا حافلة يوم الأحد").check()
    theirs.get_by_role("button", name="Settle it").click()
    theirs.wait_for_url("**/paper/")
    response = garden.responses.get()
    assert response.answers == {"visits": "never", "barriers": ["bus"], "welcome": 4}
    assert (response.channel, response.language) == ("paper", "ar")


def _enter(page: Page, garden: Survey, keys: str) -> None:
    """Type a sheet with the keyboard alone; the number comes by itself."""
    page.goto(f"/desk/surveys/{garden.pk}/paper/entry/?serial=1&language=ar&branch=")
    page.locator("[data-entry] input:focus").wait_for(state="attached")
    for key in keys.split():
        page.keyboard.press(key)
    page.locator("[data-entry] button[data-entry-stop]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"serial=2"))


def test_sheets_are_entered_without_scripts(garden: Survey, ben: Person, open_page: Callable[..., Page]) -> None:
    garden.doubled_share = 0
    garden.save()
    page = open_page(f"/desk/surveys/{garden.pk}/paper/entry/", person=ben, js=False)
    page.get_by_role("button", name="Go on").click()

    page.get_by_label("Every week").check()
    page.locator('[name="wish"]').fill("Shade")
    page.get_by_role("button", name="Keep, and the next sheet").click()

    assert garden.responses.get().answers == {"visits": "weekly", "wish": "Shade"}


def test_somebody_is_invited_reminded_and_answers(
    garden: Survey,
    ben: Person,
    at_once: Callable[[], AbstractContextManager[None]],
    open_page: Callable[..., Page],
    axe: Axe,
) -> None:
    page = open_page(f"/desk/surveys/{garden.pk}/invitations/", person=ben)
    page.locator('[name="text"]').fill("noor@example.org; Noor; ar; Riverside Library\nnobody")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_text("Row 3").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Put them on the list").click()
    page.get_by_text("1 person is on the list now").wait_for()
    page.goto(f"/desk/surveys/{garden.pk}/invitations/")
    page.get_by_role("button", name="Let the letters go").click()
    page.get_by_text("They go out from").wait_for()

    with at_once():
        write_due_letters()
    garden.invitations.update(invited_on=timezone.localdate() - timedelta(days=7))
    with at_once():
        write_due_letters()

    invitation, reminder = mail.outbox
    assert invitation.to == reminder.to == ["noor@example.org"]
    assert "حديقة القراءة" in invitation.subject
    link = re.search(r"/i/[\w-]+/", reminder.body)
    assert link
    _answer(open_page(link[0], lang="ar"))
    assert garden.invitations.get().answered_month is not None
    with at_once():
        write_due_letters()
    assert len(mail.outbox) == 2


def _answer(page: Page) -> None:
    """All the way through, with as little as may be said."""
    while "/thanks/" not in page.url:
        before = page.url
        page.locator("main .button--primary").last.click()
        page.wait_for_url(lambda url, before=before: url != before)
