"""A profile comes in, an open survey misses a group, somebody acts, they come, the gap closes, and all is published."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from rapport.community.models import AreaShare, Dimension, Figure
from rapport.insight.models import MissedGroup, Segment, SurveyPublication
from rapport.insight.reaching.looking import look
from rapport.insight.tests.assessment_ground import asked_survey
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Response, Survey

pytestmark = pytest.mark.django_db(transaction=True)
Page = Any
OpenPage = Callable[..., Page]
AtOnce = Callable[[], AbstractContextManager[None]]
Axe = Callable[[Any], list[str]]
WARDS = (
    "Ward,Age,Count\nRiverside Library,15 to 24,1000\nRiverside Library,25 to 44,1000\n"
    "Riverside Library,65 and over,2000\n"
)


def test_from_a_profile_to_a_gap_that_closed(
    riverside: Branch, mona: Person, ben: Person, open_page: OpenPage, axe: Axe, at_once: AtOnce, tmp_path: Path
) -> None:
    faults: list[str] = []
    Dimension.objects.ship(["age"])
    _brought_in(open_page("/desk/community/tables/new/", person=mona), tmp_path)
    survey = asked_survey(riverside, ben)

    _missed(open_page(f"/desk/surveys/{survey.pk}/results/reach/", person=ben), axe, faults)
    _met(open_page("/desk/segments/", person=ben), axe, faults)
    _acted(open_page("/desk/hearing/", person=ben), axe, faults)
    _they_come(survey, days_ago=1)
    look()  # the hour is round
    _closed(open_page(f"/desk/surveys/{survey.pk}/results/reach/", person=ben), axe, faults)
    _published(open_page(f"/desk/surveys/{survey.pk}/results/publication/", person=mona), at_once)
    for way in ({"width": 1280}, {"width": 360, "theme": "dark", "lang": "ar"}):
        public = open_page(SurveyPublication.objects.get().get_absolute_url(), **way)
        faults += axe(public)

    assert "We went to the tea, and they came" in public.inner_text("main")
    assert not faults, "\n".join(faults)


def _brought_in(page: Page, folder: Path) -> None:
    """The ages of the branch's people, from a table of a census office."""
    file = folder / "wards.csv"
    file.write_text(WARDS)
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("As of").fill("2021-03-21")
    page.get_by_label("Source").fill("Office for National Statistics")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("The table has").select_option("long")
    for name, column in (("area", "0"), ("band", "1"), ("number", "2")):
        page.locator(f"[name={name}]").select_option(column)
    page.get_by_role("button", name="Look again").click()
    for label, band in (("15 to 24", "15to24"), ("25 to 44", "25to44"), ("65 and over", "65plus")):
        page.get_by_label(label).select_option(f"age/{band}")
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_role("link", name="Look at the profile").wait_for()
    assert AreaShare.objects.exists()
    assert Figure.objects.filter(branch__slug="riverside").count() == 3


def _missed(page: Page, axe: Axe, faults: list[str]) -> None:
    """Half of the people are old; two of forty who answered are."""
    seen = page.inner_text("main")
    faults += axe(page)
    assert "missing: seek them out" in seen
    assert "say what you do" in seen
    assert MissedGroup.objects.current().get().band.slug == "65plus"  # type: ignore[union-attr]


def _met(page: Page, axe: Axe, faults: list[str]) -> None:
    """Colleagues write down where they can be met."""
    page.get_by_text("Add a segment").click()
    page.locator("[name=whom]").select_option(label="65 and older")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("How they are met").select_option("partner")
    page.locator("[name=where-where_en]").fill("The tea at the Harbour centre, Tuesdays at three")
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("The tea at the Harbour centre").wait_for()
    faults += axe(page)
    assert Segment.objects.get().whereabouts.count() == 1


def _acted(page: Page, axe: Axe, faults: list[str]) -> None:
    faults += axe(page)
    assert "The tea at the Harbour centre" in page.inner_text("main")
    page.get_by_role("link", name="65 and older").first.click()
    page.get_by_role("heading", level=1).wait_for()
    faults += axe(page)
    page.get_by_role("radio", name="we do something").check(force=True)
    page.get_by_label("In a sentence").fill("Ben takes the questions to the tea on Tuesday, on paper")
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("missing; somebody sees to it").wait_for()


def _they_come(survey: Survey, *, days_ago: int) -> None:
    edition = survey.edition
    assert edition is not None
    for band, n in {"65plus": 44, "25to44": 18}.items():
        for _one in range(n):
            Response.objects.take(survey, {"age": band}, edition=edition, channel="paper", language="en")
    survey.responses.update(on=timezone.localdate() - timedelta(days=days_ago))


def _closed(page: Page, axe: Axe, faults: list[str]) -> None:
    seen = page.inner_text("main")
    faults += axe(page)
    assert "say what you do" not in seen
    assert "about their share" in seen
    closed = MissedGroup.objects.get(band__slug="65plus")
    assert closed.is_closed and closed.heedings.exists()


def _published(page: Page, at_once: AtOnce) -> None:
    page.locator("[name=findings_en]").fill("We went to the tea, and they came")
    with at_once(), page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()
