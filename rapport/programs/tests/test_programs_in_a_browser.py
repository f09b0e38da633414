from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rapport.insight.models import Need
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs import demo
from rapport.programs.models import Program, Session

Open = Callable[..., Any]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(riverside: Branch, ben: Person, mona: Person) -> dict[str, Program]:
    needs = {
        topic: Need.objects.take_up("Help", kind="need", by=ben)
        for topic in ("homework", "large_print", "sunday", "ramp")
    }
    return demo.fill({"ben": ben, "mona": mona}, {"riverside": riverside}, needs, {})


def _pages(town: dict[str, Program]) -> list[str]:
    over = Session.objects.to_be_counted().first()
    off = Session.objects.exclude(cancellation=None).first()
    assert over
    assert off
    return [
        "/whats-on/",
        "/programs/",
        town["homework"].get_absolute_url(),
        town["sunday"].get_absolute_url(),
        town["ramp"].get_absolute_url(),
        off.get_absolute_url(),
        "/desk/programs/",
        "/desk/programs/new/",
        f"/desk/programs/{town['homework'].pk}/",
        f"/desk/programs/{town['large_print'].pk}/",
        f"/desk/programs/{town['chess'].pk}/",
        "/desk/sessions/",
        f"/desk/sessions/{over.pk}/",
        f"/desk/sessions/{over.pk}/sheet/",
    ]


@pytest.fixture
def well_made(axe: Callable[[Any], list[str]], no_sideways_scroll: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def good(page: Any) -> bool:
        assert axe(page) == []
        return no_sideways_scroll(page)

    return good


LOOKS = [
    {"width": 320, "theme": "light", "lang": "en"},
    {"width": 390, "theme": "dark", "lang": "ar"},
    {"width": 1280, "theme": "light", "lang": "ar"},
    {"width": 1280, "theme": "dark", "lang": "en"},
]


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_can_be_read_by_everyone(
    look: dict[str, Any],
    town: dict[str, Program],
    mona: Person,
    open_page: Open,
    well_made: Callable[[Any], bool],
) -> None:
    for path in _pages(town):
        page = open_page(path, **look, person=mona)

        assert well_made(page)


def _to_count(by: Person) -> Session:
    program = Program.objects.plan("Storytime", need=None, by=by)
    start = timezone.now() - timedelta(hours=2)
    return program.add_sessions(start, start + timedelta(hours=1), language="en", audience="0-5")[0]


def test_heads_are_counted_by_tapping_on_a_phone(desk: Person, open_page: Open) -> None:
    session = _to_count(desk)
    page = open_page(f"/desk/sessions/{session.pk}/", width=390, person=desk)

    for _tap in range(3):
        page.get_by_role("button", name="one more: children 0 to 5").click()
    page.get_by_role("button", name="one less: children 0 to 5").click()
    page.get_by_role("button", name="Keep the count").click()

    page.get_by_text("Counted: 2.").wait_for()
    assert session.by_band == {"0-5": 2}


def test_heads_are_counted_without_scripts(desk: Person, open_page: Open) -> None:
    session = _to_count(desk)
    page = open_page(f"/desk/sessions/{session.pk}/", width=390, person=desk, js=False)

    page.get_by_label("Children 0 to 5", exact=True).fill("14")
    page.get_by_label("Adults 19 and older", exact=True).fill("0")
    page.get_by_role("button", name="Keep the count").click()

    page.get_by_text("Counted: 14.").wait_for()
    assert session.by_band == {"0-5": 14, "19+": 0}
