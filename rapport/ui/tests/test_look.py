"""The page of parts in a browser: no fault for axe, no sideways scroll, in every light and direction."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("dir_", ["ltr", "rtl"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_part_can_be_used_by_everyone(open_page: Any, axe: Any, width: int, theme: str, dir_: str) -> None:
    page = open_page(f"/parts/?theme={theme}&dir={dir_}", width=width, theme=theme)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_of_parts_works_without_scripts(open_page: Any) -> None:
    page = open_page("/parts/", js=False)

    assert page.get_by_role("button", name="Print this page").count() == 0
    page.get_by_role("button", name="evening").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_light_changes_without_a_reload(open_page: Any) -> None:
    page = open_page("/parts/")

    page.get_by_role("button", name="evening").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_menu_of_a_phone_opens_and_closes(open_page: Any) -> None:
    page = open_page("/parts/", width=390)
    menu = page.locator("#menu")

    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
