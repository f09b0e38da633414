"""From a census table to a published needs assessment, in a browser, as a librarian does it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rapport.community.models import AreaFigure, Dimension, Figure
from rapport.insight.models import Assessment
from rapport.insight.tests.assessment_ground import asked_survey, profile_of
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)
CARS = """GEO_ID,NAME,B08201_001E,B08201_001M,B08201_002E,B08201_002M,B08201_003E,B08201_003M,B08201_004E,B08201_004M,B08201_005E,B08201_005M,B08201_006E,B08201_006M
Geography,Geographic Area Name,Estimate!!Total:,Margin of Error!!Total:,E,M,E,M,E,M,E,M,E,M
1400000US01,Riverside Library,"1,000",±50,100,30,400,40,300,40,150,30,50,20
1400000US02,Tract 2,900,60,-,**,400,40,300,40,150,30,50,20
"""  # noqa: E501


def test_a_census_table_becomes_a_profile(
    riverside: Branch, ben: Person, open_page: Callable[..., Any], axe: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "ACSDT5Y2023.B08201-Data.csv"
    file.write_text(CARS)

    page = open_page("/desk/community/", person=ben)
    faults = axe(page)
    page.get_by_role("link", name="Bring in a census table").first.click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("As of").fill("2023-12-31")
    page.get_by_label("Source").fill("American Community Survey")
    page.get_by_role("button", name="Look at it").click()
    faults += axe(page)
    before = AreaFigure.objects.count()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_role("link", name="Look at the profile").click()
    page.get_by_role("link", name="Riverside Library").click()
    faults += axe(page)
    seen = page.inner_text("main")

    assert before == 0 and Figure.objects.filter(branch=riverside).count() == 3
    assert "No car" in seen and "10.0 %" in seen and "American Community Survey" in seen
    assert not faults, "\n".join(faults)


def test_columns_of_any_table_are_named_without_scripts(
    ben: Person, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    Dimension.objects.ship(["age"])
    file = tmp_path / "wards.csv"
    file.write_text("Ward,Age,Count\nOld Town,0 to 4,300\nOld Town,65 and over,800\n")

    page = open_page("/desk/community/tables/new/", person=ben, js=False, width=360)
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("As of").fill("2021-03-21")
    page.get_by_label("Source").fill("Office for National Statistics")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("The table has").select_option("long")
    page.locator("[name=area]").select_option("0")
    page.locator("[name=band]").select_option("1")
    page.locator("[name=number]").select_option("2")
    page.get_by_role("button", name="Look again").click()
    page.get_by_label("0 to 4").select_option("age/under5")
    page.get_by_label("65 and over").select_option("age/65plus")
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Take it in").click()

    assert dict(AreaFigure.objects.values_list("band__slug", "estimate")) == {"under5": 300, "65plus": 800}


def test_an_assessment_is_worked_on_and_read_by_anyone(
    riverside: Branch, ben: Person, open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    profile_of(riverside, ben)
    survey = asked_survey(riverside, ben)

    page = open_page("/desk/assessments/", person=ben)
    page.get_by_role("link", name="Begin one").first.click()
    page.locator("[name=title_en]").fill("What Riverside needs")
    page.locator("[name=branch]").select_option(str(riverside.pk))
    page.get_by_role("button", name="Begin").click()
    faults = axe(page)
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_text("Add a source", exact=True).click()
    page.locator("[name=kind]").select_option("survey")
    page.locator("[name=title_en]").fill("The survey")
    page.locator("[name=survey]").select_option(str(survey.pk))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Who was heard").click()
    faults += axe(page)
    heard = page.inner_text("main")
    page.get_by_role("link", name="Gaps", exact=True).click()
    faults += axe(page)
    gaps = page.inner_text("main")
    page.get_by_role("link", name="Publish", exact=True).click()
    for name in ("summary", "limits", "next_steps"):
        page.locator(f"[name={name}_en]").fill(f"Words of {name}")
    page.get_by_role("button", name="Publish it").click()
    one = Assessment.objects.get()
    for look in ({"width": 1280}, {"width": 320, "theme": "dark", "lang": "ar"}):
        public = open_page(one.get_absolute_url(), **look)
        faults += axe(public)

    assert "65 and older" in heard and "missing: seek them out" in heard
    assert "begin here" in gaps
    assert "Words of limits" in public.inner_text("main")
    assert not faults, "\n".join(faults)
