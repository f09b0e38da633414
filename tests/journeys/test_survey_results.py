"""Somebody at the desk reads what was answered, looks closer, weighs, and publishes what was heard."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rapport.community.models import Band, Dimension, Figure
from rapport.insight.models import SurveyPublication
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.demo_words import needs_questions
from rapport.surveys.models import Response, Survey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(ben: Person) -> Survey:
    survey = Survey.objects.begin(needs_questions(), by=ben)
    survey.open(by=ben)
    for number in range(60):
        row: dict[str, Any] = {"visits": ["weekly", "monthly", "rarely"][number % 3], "welcome": 1 + number % 5}
        row |= {"area": ["north", "river", "mill", "hill"][number % 4], "household": 1 + number % 4}
        row |= {"age": ["25to44", "65plus"][number % 2], "wish": "Open on Sunday", "wishes": ["sunday", "garden"]}
        for service in ("hours", "books", "wifi", "quiet", "children", "help"):
            row |= {f"services.{service}.importance": 5 - number % 2, f"services.{service}.performance": 2 + number % 3}
        how = {"edition": survey.edition, "channel": Channel.WEB, "language": "en"}
        Response.objects.take(survey, row, **how)  # type: ignore[arg-type]
    age = Dimension.objects.filter(slug="age").first() or Dimension.objects.create(slug="age", name={"en": "Age"})
    for order, slug in enumerate(("25to44", "65plus")):
        band, _is_new = Band.objects.get_or_create(dimension=age, slug=slug, defaults={"name": slug, "order": order})
        Figure.objects.create(band=band, estimate=[700, 300][order], source="by hand")
    # What goes out while people still answer counts whole days, so these came before today.
    survey.responses.update(on=timezone.localdate() - timedelta(days=1))
    return survey


@pytest.mark.parametrize(("width", "theme", "lang"), [(1280, "light", "en"), (360, "dark", "ar")])
def test_the_pages_of_results_can_be_read_by_everybody(
    asked: Survey,
    ben: Person,
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    no_sideways_scroll: Callable[[Any], bool],
    width: int,
    theme: str,
    lang: str,
) -> None:
    SurveyPublication.objects.publish(asked, "Open on Sunday", by=ben)
    home = f"/desk/surveys/{asked.pk}/results/"
    more = [
        "",
        "tables/?rows=visits&by=age",
        "answers/?is=visits~weekly",
        "words/",
        "weighing/",
        "codebook/",
        "publication/",
    ]
    for path in [*(home + one for one in more), f"/surveys/{asked.slug}/results/"]:
        page = open_page(path, width=width, theme=theme, lang=lang, person=ben)

        assert axe(page) == []
        assert no_sideways_scroll(page)


def test_from_the_numbers_to_what_was_heard(asked: Survey, ben: Person, open_page: Callable[..., Any]) -> None:
    page = open_page(f"/desk/surveys/{asked.pk}/results/weighing/", person=ben, js=False)
    page.get_by_role("checkbox", name="Age").check()
    page.get_by_role("button", name="Weigh", exact=True).click()
    assert page.get_by_role("heading", name="What the weighing does").is_visible()

    page.get_by_role("link", name="Publish", exact=True).click()
    page.locator("[name=findings_en]").fill("Open on Sunday")
    page.get_by_label("Show shares weighed to the community").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="The public page").click()

    assert page.get_by_role("heading", name="60 people answered").is_visible()
    assert page.get_by_text("Weighed to the community").first.is_visible()
    assert page.get_by_text("Indicative: people who chose to answer").first.is_visible()
