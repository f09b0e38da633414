"""One survey from the first question to "what we heard": written, put into another language, printed; answered on the
web, at a kiosk, on paper and through ODK; counted, published, and told to who asked to be told."""

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from django.core import mail

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
OpenPage = Callable[..., Page]
AtOnce = Callable[[], AbstractContextManager[None]]


def test_from_a_question_to_those_who_are_told(
    riverside: Branch, mona: Person, ben: Person, open_page: OpenPage, at_once: AtOnce
) -> None:
    survey = _written(open_page("/desk/surveys/new/", person=mona))
    desk = f"/desk/surveys/{survey.pk}/"

    _put_into_somali(open_page(f"{desk}words/", person=mona))
    _asks_for_addresses(open_page(f"{desk}settings/", person=mona))
    _opened(open_page(desk, person=mona))
    _printed(open_page(f"{desk}paper/", person=ben))
    _answered_on_the_web(open_page(f"{survey.get_absolute_url()}?language=so"))
    _answered_at_a_kiosk(open_page(f"{desk}links/", person=mona), open_page, survey)
    _entered_from_paper(open_page(f"{desk}paper/", person=ben), desk)
    _brought_from_odk(open_page(f"{desk}answers/", person=mona), desk)
    _closed_and_published(open_page(desk, person=mona), desk, at_once)

    ways = sorted(survey.responses.values_list("channel", "answers__child_fun"))
    assert ways == [("import", 1), ("kiosk", 2), ("paper", 1), ("web", 3)]
    letter = mail.outbox[-1]
    assert letter.to == ["noor@example.org"]
    assert "You want more stories" in letter.body


def _written(page: Page) -> Survey:
    page.get_by_role("radio", name="Children's smiley card").check(force=True)
    page.locator("[name=purpose_en]").fill("Which story times we do next year")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url("**/questions/")
    for other in ("Did you learn", "come again", "Did you play", "What was the best"):
        taken_out = page.get_by_role("button", name=re.compile(f"Take out: .*{other}"))
        if taken_out.count():
            with page.expect_response("**/questions/"):
                taken_out.first.click()
    return Survey.objects.get()


def _put_into_somali(page: Page) -> None:
    page.get_by_label("Language code").fill("so")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Title", exact=True).fill("Sidee ayay ahayd?")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/words/so/")


def _asks_for_addresses(page: Page) -> None:
    page.locator("[name=asks_contact]").check()
    page.locator("[name=contact_words_en]").fill("To tell you what came of it")
    _go(page.get_by_role("button", name="Save", exact=True))


def _opened(page: Page) -> None:
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("heading", level=1).wait_for()


def _printed(page: Page) -> None:
    printing = page.locator('form[action$="/prints/"]')
    printing.locator('[name="language"]').select_option("so")
    printing.get_by_role("button").click()
    page.wait_for_url("**/prints/*/")
    assert page.get_by_role("heading", name="Sidee ayay ahayd?").first.is_visible()


def _answered_on_the_web(page: Page) -> None:
    _go(page.locator("button.button--large"))
    page.locator("#q-child_fun-3").check(force=True)
    _send(page)
    page.locator("[name=email]").fill("noor@example.org")
    page.locator("[name=wants_news]").check()
    _go(page.get_by_role("button", name="Leave this address"))


def _answered_at_a_kiosk(page: Page, open_page: OpenPage, survey: Survey) -> None:
    page.get_by_role("radio", name="A screen in the library").check(force=True)
    _go(page.get_by_role("button", name="Make the link"))
    screen = open_page(survey.links.get(channel="kiosk").get_absolute_url())
    screen.locator("#q-child_fun-2").check(force=True)
    _go(screen.locator("button.button--large"))  # a short survey at a kiosk has neither welcome nor review
    assert "/thanks/" in screen.url


def _send(page: Page) -> None:
    """On through whatever comes, to the thanks."""
    while "/thanks/" not in page.url:
        before = page.url
        page.locator("main .button--primary").last.click()
        page.wait_for_url(lambda url, before=before: url != before)


def _go(button: Any) -> None:
    with button.page.expect_navigation():
        button.click()


def _entered_from_paper(page: Page, desk: str) -> None:
    page.locator('form[action$="/share/"] input[type=number]').fill("0")
    _go(page.locator('form[action$="/share/"] button'))
    page.goto(f"{desk}paper/entry/?serial=1&language=so&branch=")
    page.locator("main [name=child_fun][value='1']").check(force=True)
    _go(page.get_by_role("button", name="Keep, and the next sheet"))


def _brought_from_odk(page: Page, desk: str) -> None:
    """ODK takes the form that we write; what comes back from it is brought in."""
    from pyxform.xls2xform import convert

    form = page.request.get(f"{page.url.split('/desk')[0]}{desk}form/?file=1").body()
    taken = convert(xlsform=BytesIO(form), validate=False, file_type=".xlsx")
    assert "child_fun" in taken.xform
    table = io.StringIO()
    csv.writer(table).writerows([["child_fun", "meta/instanceID"], ["1", "uuid:1"]])
    page.locator("[name=file]").set_input_files(
        {"name": "odk.csv", "mimeType": "text/csv", "buffer": table.getvalue().encode()}
    )
    _go(page.get_by_role("button", name="Read it"))
    page.locator("[name=channel]").select_option("import")
    _go(page.get_by_role("button", name="Try it out"))
    _go(page.get_by_role("button", name="Take the answers"))


def _closed_and_published(page: Page, desk: str, at_once: AtOnce) -> None:
    page.get_by_text("Close it").first.click()
    page.locator('form[action$="/closing/"] [name=why]').fill("The month is over")
    _go(page.locator('form[action$="/closing/"] button'))
    page.goto(f"{desk}results/")
    page.get_by_text("4 answers").first.wait_for()
    page.goto(f"{desk}results/publication/")
    page.locator("[name=findings_en]").fill("You want more stories")
    with at_once():
        _go(page.get_by_role("button", name="Publish", exact=True))
