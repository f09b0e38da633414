from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from rapport.insight.models import Need, Theme, ThemeProposal
from rapport.insight.tests.test_themes_kept import spoken
from rapport.listening.models import Voice
from rapport.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/desk/proposals/?view=all",
    "/desk/proposals/{proposal}/",
    "/desk/proposals/{proposal}/groups/{group}/",
    "/desk/themes/",
    "/desk/themes/{theme}/",
    "/desk/needs/",
    "/desk/needs/new/",
    "/desk/needs/{need}/",
    "/themes/{theme}/",
    "/needs/",
    "/needs/{need}/",
]


@pytest.fixture
def keys(ben: Person) -> dict[str, int]:
    heard = spoken(4, is_public=True, released_at=timezone.now())
    Voice.objects.filter(pk=heard[0]).update(words="مكان هادئ", language="ar")
    theme = Theme.objects.confirm({"en": "Garden", "ar": "حديقة"}, heard, by=ben)
    need = Need.objects.take_up({"en": "A quiet place", "ar": "مكان هادئ"}, kind="need", by=ben, themes=[theme])
    need.prioritise(by=ben, size=5, equity=4, fit=3, effort=2, reasons="So")
    need.evidence.create(source="census", words="Households", count=310, by=ben)
    proposal = ThemeProposal.objects.create(by=ben, words="All voices", voice_count=4, done_at=timezone.now())
    told = {"voices": heard, "typical": heard, "n": 4, "languages": [["en", 3], ["ar", 1]]}
    phrases = [{"words": "quiet garden", "language": "en"}, {"words": "حديقة", "language": "ar"}]
    groups = [
        proposal.proposed.create(order=n, label={"en": name}, phrases=phrases, **told)
        for n, name in enumerate(["Garden", "Shade", "Noise"])
    ]
    groups[1].discard(by=ben)
    return {"proposal": proposal.pk, "group": groups[0].pk, "theme": theme.pk, "need": need.pk}


@pytest.mark.parametrize(("width", "theme", "lang"), [(1280, "light", "en"), (320, "dark", "ar")])
def test_anyone_can_use_these_pages(  # noqa: PLR0917
    width: int,
    theme: str,
    lang: str,
    keys: dict[str, int],
    ben: Person,
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    no_sideways_scroll: Callable[[Any], bool],
) -> None:
    found = []
    for path in PAGES:
        page = open_page(path.format(**keys), width=width, theme=theme, lang=lang, person=ben)
        found += axe(page)
        assert no_sideways_scroll(page)
        page.context.close()

    assert found == []


@pytest.mark.parametrize("js", [True, False])
def test_a_group_is_named_and_confirmed_with_the_keyboard(
    js: bool, keys: dict[str, int], ben: Person, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"/desk/proposals/{keys['proposal']}/", person=ben, js=js)

    page.locator("input[name$=-label_en]").first.fill("A green place")
    page.get_by_role("button", name="This is a theme : Garden").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Confirmed").wait_for()
    assert str(Theme.objects.first()) == "A green place"
