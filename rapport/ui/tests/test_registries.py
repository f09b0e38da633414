from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from rapport.lib.registry import AlreadyThere, Registry
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem


class Somebody(AnonymousUser):
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm == "house.open"


@pytest.fixture
def only_these() -> Iterator[None]:
    before = list(nav.items)
    for item in before:
        nav.items.remove(item)
    yield
    for item in list(nav.items):
        nav.items.remove(item)
    for item in before:
        nav.items.add(item)


def test_a_registry_keeps_the_order_and_takes_each_thing_once() -> None:
    names: Registry[str] = Registry("names", key=str.lower)
    names.add("Ben")
    names.add("Amina")

    assert list(names) == ["Ben", "Amina"]
    assert "amina" in names
    with pytest.raises(AlreadyThere, match="names already has 'ben'"):
        names.add("BEN")


@pytest.mark.usefixtures("only_these")
def test_the_rail_stands_in_the_order_of_the_loop(rf: RequestFactory) -> None:
    names = {"house": "parts", "report": "theme", "listen": "language", "": "favicon", "decide": "house-css"}
    for stage, name in names.items():
        nav.add(NavItem(face="desk", label=stage, url_name=f"ui:{name}", stage=stage))

    stages = [stage for stage, _label, _doors in nav.by_stage("desk", rf.get("/"))]

    assert stages == ["", "listen", "decide", "report", "house"]


@pytest.mark.usefixtures("only_these")
def test_each_person_sees_the_doors_that_open(rf: RequestFactory) -> None:
    nav.add(NavItem(face="desk", label="Parts", url_name="ui:parts", permission="house.open"))
    nav.add(NavItem(face="desk", label="Icon", url_name="ui:favicon", permission="house.close"))
    request = rf.get("/parts/")
    request.user = Somebody()

    assert [(door.item.label, door.is_here) for door in nav.doors("desk", request)] == [("Parts", True)]
    assert nav.doors("public", request) == []


def test_upper_areas_add_lines_to_a_page_below(rf: RequestFactory) -> None:
    def unsafe(request: object, thing: object) -> str:
        return f"<b>{thing}</b>"

    slots.add("ui.test", unsafe)
    page = engines["django"].from_string('{% slot "ui.test" thing %}').render({"thing": "Amina"}, rf.get("/"))
    slots.remove("ui.test", unsafe)

    assert page == "&lt;b&gt;Amina&lt;/b&gt;"
    assert engines["django"].from_string('{% slot "ui.test" %}').render({}) == ""
