from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Response, Survey

from .garden import garden_questions

SignIn = Callable[[Person], Client]


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _links(survey: Survey, rest: str = "") -> str:
    return f"/desk/surveys/{survey.pk}/links/{rest}"


def test_a_link_is_made_for_a_part_of_a_library(
    garden: Survey, ben: Person, riverside: Branch, sign_in: SignIn
) -> None:
    space = riverside.spaces.get(slug="garden")
    form = {"kind": "poster", "label": "By the gate", "branch": "", "space": space.pk}

    sign_in(ben).post(_links(garden), form)

    link = garden.links.get()
    assert (link.channel, link.branch, link.space, link.label) == (Channel.POSTER, riverside, space, "By the gate")


def test_what_stands_within_another_site_can_be_copied(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    sign_in(ben).post(_links(garden), {"kind": "embedded", "label": "The town", "branch": "", "space": ""})

    link = garden.links.get()
    page = sign_in(ben).get(_links(garden)).content.decode()
    assert (link.channel, link.is_embedded) == (Channel.WEB, True)
    assert "&lt;iframe src=" in page
    assert link.get_absolute_url() in page


def test_a_form_without_a_purpose_keeps_what_was_typed(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).post(_links(garden), {"label": "By the gate", "branch": "", "space": ""})

    assert page.status_code == 422
    assert "By the gate" in page.content.decode()
    assert not garden.links.exists()


def test_one_press_makes_a_link_for_each_library_and_no_second(
    garden: Survey, ben: Person, riverside: Branch, sign_in: SignIn
) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")

    for _press in range(2):
        sign_in(ben).post(_links(garden, "branches/"))

    assert {link.branch for link in garden.links.all()} == {riverside, hilltop}
    assert garden.links.count() == 2


def test_it_shows_how_many_came_and_lets_nobody_in_once_stopped(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    link = garden.links.create(channel=Channel.POSTER, label="By the gate")
    for _n in range(3):
        Response.objects.take(garden, {}, edition=garden.edition, channel=link.channel, language="en", link=link)  # type: ignore[arg-type]

    sign_in(ben).post(_links(garden, f"{link.pk}/stop/"))

    link.refresh_from_db()
    shown = sign_in(ben).get(_links(garden)).context["links"]
    assert [one["link"].came for one in shown] == [3]
    assert link.stopped_at is not None


def test_its_code_comes_as_a_drawing_and_as_a_picture(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    link = garden.links.create(channel=Channel.POSTER)

    drawing, picture = (sign_in(ben).get(_links(garden, f"{link.pk}/code.{kind}")) for kind in ("svg", "png"))

    assert drawing.content.startswith(b"<?xml")
    assert Image.open(BytesIO(picture.content)).size[0] > 200


def test_a_poster_speaks_the_languages_that_are_chosen(
    garden: Survey, ben: Person, riverside: Branch, sign_in: SignIn
) -> None:
    link = garden.links.create(channel=Channel.POSTER, branch=riverside)

    both, spanish = (
        sign_in(ben).get(_links(garden, f"{link.pk}/poster/{query}")).content.decode() for query in ("", "?language=es")
    )

    assert "The reading garden" in both
    assert "El jardín de lectura" in both
    assert "<h1>El jardín de lectura</h1>" in spanish
    assert link.code in both


def test_the_page_costs_the_same_for_many_links(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(_links(garden))
        return len(asked)

    garden.links.create(channel=Channel.POSTER)
    few = queries()
    for _n in range(10):
        garden.links.create(channel=Channel.POSTER)

    assert queries() == few


def test_trustees_look_and_change_nothing(garden: Survey, tara: Person, sign_in: SignIn) -> None:
    assert sign_in(tara).get(_links(garden)).status_code == 200
    assert sign_in(tara).post(_links(garden), {"kind": "web"}).status_code == 404
    assert sign_in(tara).post(_links(garden, "branches/")).status_code == 403
