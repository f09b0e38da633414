"""A survey is written in a real browser: by keyboard, by dragging, without scripts, in another language."""

from typing import Any

import pytest

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.bank.starters import starter
from rapport.surveys.methods import Questionnaire
from rapport.surveys.models import Survey

pytestmark = pytest.mark.django_db(transaction=True)


def _begun(slug: str, mona: Person, riverside: Branch, language: str = "en") -> Survey:
    words = {"en": "By June we decide what we do more of."}
    return Survey.objects.begin(starter(slug).questionnaire(language), by=mona, branch=riverside, purpose=words)


def _written(survey: Survey) -> Questionnaire:
    edition = survey.editions.last()
    assert edition is not None
    return edition.questionnaire


def _keys(survey: Survey) -> list[list[str]]:
    return [[question.key for question in page.questions] for page in _written(survey).pages]


def _write(page: Any, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).focus()
    page.keyboard.type(words)


def _press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_survey_is_built_with_the_keyboard_alone(riverside: Branch, mona: Person, open_page: Any, axe: Any) -> None:
    survey = _begun("blank", mona, riverside)

    page = open_page(f"/desk/surveys/{survey.pk}/questions/", person=mona)
    _write(page, "New question on page 1", "How often do you come?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/how_often_do_you_come/")
    page.locator("#id_choices-more").focus()
    page.keyboard.type("Every week\nNever")
    _press(page, "Save")
    page.get_by_text("Every week · Never").wait_for()
    _write(page, "New question on page 1", "Why not?")
    page.get_by_label("Answered by").focus()
    page.keyboard.type("own words")
    _press(page, "Add")
    page.wait_for_url("**/questions/why_not/")
    page.get_by_text("Ask only some people").focus()
    page.keyboard.press("Enter")
    page.locator("#id_when-t0_answer").focus()
    page.keyboard.type("Never")
    assert axe(page) == []
    _press(page, "Save")
    page.get_by_text("Asked only if “How often do you come?” is “Never”").wait_for()
    _press(page, "Move up: Why not?")
    page.get_by_text("This stays as it is").wait_for()
    assert page.evaluate("document.activeElement.id") == "q-why_not-up"

    assert _keys(survey) == [["how_often_do_you_come", "why_not"]]


def test_questions_and_lines_are_dragged(riverside: Branch, mona: Person, open_page: Any) -> None:
    survey = _begun("hours", mona, riverside)

    page = open_page(f"/desk/surveys/{survey.pk}/questions/", person=mona)
    with page.expect_response("**/questions/"):
        page.locator("#q-hours_for [data-grip]").drag_to(
            page.locator("#q-hours_fit"), target_position={"x": 60, "y": 4}
        )
    page.locator("#q-hours_wanted-change").click()
    page.wait_for_url("**/questions/hours_wanted/*")
    lines = page.locator("#q-hours_wanted [data-sort]")
    lines.nth(5).locator("[data-grip]").drag_to(lines.nth(0), target_position={"x": 60, "y": 2})
    with page.expect_response("**/questions/"):
        page.get_by_role("button", name="Save", exact=True).click()

    question = _written(survey).question("hours_wanted")
    assert _keys(survey)[0] == ["hours_for", "hours_fit", "hours_wanted"]
    assert question is not None
    assert [choice.code for choice in question.choices][:2] == ["holidays", "early"]


def test_a_survey_is_built_without_scripts(riverside: Branch, mona: Person, open_page: Any) -> None:
    page = open_page("/desk/surveys/new/", js=False, person=mona)
    page.get_by_role("radio", name="Children's smiley card").check(force=True)
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Move down: Did you like it today?").click()
    page.get_by_role("button", name="Take out: What was the best thing?").click()
    page.get_by_role("button", name="Undo the last change").click()
    page.locator("#q-child_fun-change").click()
    page.get_by_label("Help below it").fill("Point at a face")
    page.get_by_role("button", name="Save", exact=True).click()

    survey = Survey.objects.get()
    question = _written(survey).question("child_fun")
    assert _keys(survey) == [["child_learned", "child_fun", "child_again", "child_friends", "child_best"]]
    assert question is not None
    assert question.help["en"] == "Point at a face"


def test_it_is_put_into_another_language_and_looked_at(riverside: Branch, mona: Person, open_page: Any) -> None:
    survey = _begun("children", mona, riverside)

    page = open_page(f"/desk/surveys/{survey.pk}/words/", person=mona)
    page.get_by_label("Language code").fill("so")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Title", exact=True).fill("Sidee ayay ahayd?")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/desk/surveys/{survey.pk}/preview/?language=so")
    phone = page.frame_locator(".preview__way--phone iframe")
    phone.get_by_role("heading", name="Sidee ayay ahayd?").wait_for()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_text("Nothing was kept").wait_for()

    assert _written(survey).title["so"] == "Sidee ayay ahayd?"
    assert not survey.responses.exists()


@pytest.mark.parametrize(("width", "theme", "lang"), [(1280, "light", "en"), (320, "dark", "ar")])
def test_the_pages_of_writing_are_for_everyone(
    width: int, theme: str, lang: str, riverside: Branch, mona: Person, open_page: Any, axe: Any
) -> None:
    survey = _begun("needs", mona, riverside, lang)
    desk = f"/desk/surveys/{survey.pk}/"

    paths = ["/desk/surveys/", "/desk/surveys/new/", desk, f"{desk}questions/services/", f"{desk}questions/age/"]
    paths += [f"{desk}words/", f"{desk}words/es/", f"{desk}settings/", f"{desk}preview/"]
    paths += [
        f"{desk}preview/kiosk/",
        f"{desk}questions/neighbourhood/areas/",
        f"/desk/question-bank/?survey={survey.pk}",
    ]
    for path in paths:
        page = open_page(path, width=width, theme=theme, lang=lang, person=mona)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
        page.close()
