"""Telling in a real browser: on a phone, in Arabic, without scripts, on the kiosk, and looked at by axe."""

from typing import Any

import pytest
from playwright.sync_api import expect

from rapport.listening.models import Voice
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "theme", "lang"), [(1280, "light", "en"), (390, "dark", "ar"), (320, "light", "es")])
def test_every_page_of_telling_is_for_everyone(
    width: int,
    theme: str,
    lang: str,
    riverside: Branch,
    mona: Person,
    open_page: Any,
    axe: Any,
    no_sideways_scroll: Any,
) -> None:
    voice = Voice(
        kind="concern", words="أريد مكانًا هادئًا", language="ar", channel="web", branch=riverside, is_public=True
    ).save_as_heard()
    voice.answer("We will make one", by=mona)
    voice.let_read(by=mona)
    public = ["/tell/riverside/garden/", "/follow/", "/voices/", "/kiosk/riverside/", voice.get_absolute_url()]
    paths = [*public, f"{voice.get_absolute_url()}receipt/", "/desk/voices/new/", "/desk/printing/"]
    paths += ["/desk/printing/poster/?language=en&language=ar", "/desk/printing/slip/?language=ar"]
    for path in paths:
        page = open_page(path, width=width, theme=theme, lang=lang, person=mona)
        assert axe(page) == []
        assert no_sideways_scroll(page)
        page.context.close()


def test_a_neighbour_tells_on_a_phone_one_question_a_screen(riverside: Branch, open_page: Any) -> None:
    page = open_page("/tell/riverside/", width=390)
    assert not page.locator("[name=words]").is_visible()
    page.locator("label", has_text="A concern").click()
    page.get_by_role("button", name="Next").click()
    page.locator("[name=words]").fill("There is no shade in the garden")
    expect(page.locator("[name=proof_solution]")).not_to_have_value("")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("By e-mail").check()
    page.locator("[name=email]").fill("rosa@example.org")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/receipt/")

    voice = Voice.objects.get()
    assert voice.branch == riverside and voice.language == "en"
    assert voice.held_because in ("", "hurry")
    assert voice.spoken_code in page.content()


def test_without_scripts_a_voice_is_told_followed_added_to_and_given_an_address(
    riverside: Branch, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.listening.doubts.is_old_enough", lambda challenge: True)
    page = open_page("/tell/", js=False, width=390)
    page.locator("label", has_text="A concern").click()
    page.locator("[name=words]").fill("There is no shade in the garden")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/receipt/")
    voice = Voice.objects.get()
    assert voice.held_at is None

    page.goto("/follow/")
    page.locator("[name=code]").fill(voice.spoken_code.lower())
    page.get_by_role("button", name="Show me").click()
    page.wait_for_url(f"**{voice.get_absolute_url()}")
    page.locator("[name=words]").fill("And no bench")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("Thank you. It is added.").wait_for()
    page.locator("[name=email]").fill("rosa@example.org")
    page.get_by_role("button", name="Write to me").click()
    page.get_by_text("We will write to you there.").wait_for()

    assert voice.additions.get().words == "And no bench"
    assert Letter.objects.get().once == f"voice:{voice.pk}:received"


def test_the_kiosk_forgets_who_spoke(riverside: Branch, open_page: Any) -> None:
    page = open_page("/kiosk/riverside/")
    page.clock.install()
    page.reload()
    page.locator("label", has_text="Praise").click()
    page.locator("[name=words]").fill("Thank you for the story hour")
    page.clock.run_for(5000)
    expect(page.locator("[name=proof_solution]")).not_to_have_value("")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("This screen forgets you in").wait_for()
    assert Voice.objects.get().channel == "kiosk"
    assert Voice.objects.get().spoken_code in page.content()

    page.clock.run_for(61_000)

    page.locator("[name=words]").wait_for()
    assert page.locator("[name=words]").input_value() == ""
    assert "forgets you in" not in page.content()
