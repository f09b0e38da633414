from django.urls import path, resolve
from django.urls.resolvers import URLPattern

from rapport.lib.addresses import Nouns
from rapport.lib.views import health


def nouns(*routes: str) -> Nouns:
    patterns: list[URLPattern] = [path(route, health) for route in routes]
    return Nouns(list(patterns))


def test_an_area_is_asked_for_its_own_nouns_only() -> None:
    area = nouns("gardens/", "gardens/<int:pk>/", "desk/benches/<int:pk>/")

    assert area.match("gardens/7/") is not None
    assert area.match("desk/benches/7/") is not None
    assert area.match("desk/gardens/") is None
    assert area.match("benches/") is None


def test_an_area_that_begins_with_a_placeholder_is_always_asked() -> None:
    assert nouns("<slug:name>/").match("anything/") is not None


def test_every_address_is_still_found() -> None:
    assert resolve("/").view_name == "impact:home"
    assert resolve("/opinions/1/votes/").view_name == "deciding:opinions-votes"
