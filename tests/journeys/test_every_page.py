"""Every page in a browser: on a desktop by day in English, and on a small phone by night in Arabic."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rapport.people.models import Person
from rapport.places.models import Branch
from tests.house.ground import AREAS
from tests.house.test_doors import OURS, url_of
from tests.house.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = {
    "desktop": {"width": 1280, "theme": "light", "lang": "en"},
    "phone": {"width": 320, "theme": "dark", "lang": "ar"},
}


def pages_of(area: str, world: World, client: Client) -> list[str]:
    """What an address of the area shows as a page; files and forms that only take a POST are none."""
    client.raise_request_exception = False  # what falls over is told by the walk in tests/house
    urls = [url_of(address, world) for address in OURS if address.name.startswith(f"{area}:")]
    return [url for url in urls if url and _is_page(client.get(url))]


def _is_page(answer: Any) -> bool:
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed once all of it was sent
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("area", [area for area in AREAS if any(a.name.startswith(f"{area}:") for a in OURS)])
def test_everyone_can_use_each_page(
    area: str,
    look: str,
    riverside: Branch,
    ben: Person,
    ada: Person,
    sign_in: Callable[[Person], Client],
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
) -> None:
    urls = pages_of(area, make_world(riverside, ben), sign_in(ada))
    page = open_page("/parts/", person=ada, **LOOKS[look])

    faults = [fault for url in urls for fault in _faults(page, url, axe)]

    assert not faults, "\n".join(faults)


def _faults(page: Any, url: str, axe: Callable[[Any], list[str]]) -> list[str]:
    page.goto(url)
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [*axe(page), *([f"{url} is {wide} px wide in a window of {seen} px"] if wide > seen else [])]
