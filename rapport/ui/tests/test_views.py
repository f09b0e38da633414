import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from rapport.ui import colour, views

pytestmark = pytest.mark.django_db


def test_the_theme_is_kept_in_a_cookie_and_the_page_comes_back(client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "/parts/"})

    assert response["Location"] == "/parts/"
    assert '<html lang="en" dir="ltr" data-theme="dark">' in client.get("/parts/").content.decode()


def test_the_device_decides_again_when_no_theme_is_chosen(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": ""})

    assert "data-theme=" not in client.get("/parts/").content.decode()


def test_the_language_turns_the_page_around(client: Client) -> None:
    client.post("/language/", {"language": "ar"})

    assert '<html lang="ar" dir="rtl">' in client.get("/parts/").content.decode()


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_switch_never_leads_to_another_site(client: Client, next_: str) -> None:
    assert client.post("/theme/", {"theme": "light", "next": next_})["Location"] == "/"


def test_nonsense_changes_nothing(client: Client) -> None:
    assert "django_language" not in client.post("/language/", {"language": "tlh"}).cookies
    assert client.get("/theme/").status_code == 405


def test_a_page_that_is_not_there_says_so_kindly(client: Client) -> None:
    response = client.get("/no/such/shelf/")

    assert response.status_code == 404
    assert "We looked on every shelf" in response.content.decode()


def test_the_other_errors_are_ours_too(rf: RequestFactory) -> None:
    request = rf.get("/")

    assert views.bad_request(request).status_code == 400
    assert views.forbidden(request).status_code == 403
    assert "waited too long" in views.csrf_failure(request, "no cookie").content.decode()
    assert views.too_large(request).status_code == 413
    assert views.too_many(request, wait=30)["Retry-After"] == "30"


def test_the_last_page_needs_no_database(rf: RequestFactory, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "It is not your fault" in response.content.decode()


def test_the_favicon_is_there(client: Client) -> None:
    assert b"".join(client.get("/favicon.ico"))[:4] == b"\0\0\1\0"  # type: ignore[arg-type]


def test_no_page_of_parts_has_anything_inline(client: Client) -> None:
    page = client.get("/parts/").content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page


def test_the_accent_of_a_library_stays_readable(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HOUSE, "accent", "#F4D03F")

    css = client.get("/house.css").content.decode()

    light, dark = re.findall(r"#\w{6}", css)
    assert colour.contrast(light, colour.LIGHT_PAPER) >= 4.5
    assert colour.contrast(dark, colour.DARK_PAPER) >= 4.5
    assert 'href="/house.css"' in client.get("/parts/").content.decode()


def test_an_accent_that_is_no_colour_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HOUSE, "accent", "red;}body{display:none")

    assert client.get("/house.css").content == b""


def test_a_strange_host_gets_a_page_too(client: Client) -> None:
    response = client.get("/parts/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()
