"""The walk: every address, as every role. Nothing opens that should not, and nothing falls over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from rapport.lib.doors import ANYONE
from rapport.people.guards import SIGNED_IN
from rapport.people.models import Person, Role
from rapport.people.permissions import all_permissions
from rapport.places.models import Branch
from tests.house.world import (
    ELSEWHERE,
    ONLY_THEIR_OWN,
    SAMPLES,
    Samples,
    World,
    arguments,
    make_world,
    nouns,
    samples_for,
)

pytestmark = pytest.mark.django_db
ROLES = list(Role)
OPEN = {200, 301, 302, 304}
REFUSED = {403, 405}  # 405: it takes a POST only, which the walk tries too
SIGN_IN = "/account/login/"


@dataclass
class Address:
    """One address: its name, its route, and its view."""

    name: str
    route: str
    view: Any

    @property
    def door(self) -> str:
        return getattr(self.view, "door", "")

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("rapport.")


def addresses(resolver: URLResolver | None = None, spaces: str = "", before: str = "") -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(spaces + (entry.name or route), route, entry.callback)
        else:
            yield from addresses(entry, f"{spaces}{entry.namespace}:" if entry.namespace else spaces, route)


OURS = [address for address in addresses() if address.is_ours]


@pytest.fixture
def world(riverside: Branch, ben: Person, logo: Path) -> World:
    return make_world(riverside, ben)


@pytest.fixture
def visit(
    sign_in: Callable[[Person], Client], amina: Person, ben: Person, chen: Person, dolores: Person, desk: Person,
    mona: Person, tara: Person, ada: Person,
) -> Callable[[Role], Client]:  # fmt: skip
    people = {
        Role.PATRON: amina,
        Role.VOLUNTEER: chen,
        Role.PARTNER: dolores,
        Role.FRONTLINE: desk,
        Role.PROGRAMMER: ben,
        Role.MANAGER: mona,
        Role.TRUSTEE: tara,
        Role.ADMINISTRATOR: ada,
    }
    return lambda role: Client() if role == Role.VISITOR else sign_in(people[role])


def url_of(address: Address, world: World, samples: Samples = SAMPLES) -> str:
    """Its address with a sample for each argument, or nothing where a sample is lacking."""
    try:
        return reverse(address.name, args=samples_for(address.route, world, samples))
    except (KeyError, NoReverseMatch):
        return ""


def may_enter(role: Role, door: str) -> bool:
    if door == ANYONE:
        return True
    if role == Role.VISITOR:
        return False
    return door == SIGNED_IN or not {Role.PATRON, role}.isdisjoint(all_permissions()[door])


def test_every_view_of_ours_has_a_door() -> None:
    assert [address.name for address in OURS if not address.door] == []


def test_every_door_leads_somewhere() -> None:
    known = {ANYONE, SIGNED_IN, *all_permissions()}

    assert [f"{address.name}: {address.door}" for address in OURS if address.door not in known] == []


def test_every_address_has_something_behind_it(world: World) -> None:
    lacking = [f"{address.name}: {arguments(address.route)}" for address in OURS if not url_of(address, world)]

    assert lacking == [], "Add a line for each to SAMPLES in tests/house/world.py"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_open_what_is_theirs_and_nothing_else(
    role: Role, world: World, visit: Callable[[Role], Client]
) -> None:
    client = visit(role)
    client.raise_request_exception = False

    reached = [(address, url_of(address, world)) for address in OURS]
    wrong = [fault for address, url in reached if url and (fault := _fault(client, role, address, url))]

    assert not wrong, "\n".join(wrong)


def _fault(client: Client, role: Role, address: Address, url: str) -> str:
    """What is wrong with how this address answers this role; nothing if all is well."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed once all of it was sent
    if may_enter(role, address.door):
        is_anothers = role == Role.FRONTLINE and nouns(address.route) & ONLY_THEIR_OWN
        expected = {404, 405} if is_anothers else OPEN | {405}
        fine = answer.status_code in expected and not _asks_to_sign_in(answer)
        return "" if fine else f"{url} ({address.name}): {role} got {answer.status_code} {_why(answer)}, but may enter"
    for method, said in (("GET", answer), ("POST", client.post(url))):
        refused = _asks_to_sign_in(said) if role == Role.VISITOR else said.status_code in REFUSED
        if not (refused or said.status_code == 405):
            return f"{url} ({address.name}): {method} as {role} got {said.status_code}, but the door is {address.door}"
    return ""


def _why(answer: Any) -> str:
    return repr(answer.exc_info[1]) if getattr(answer, "exc_info", None) else ""


def _asks_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


def test_the_desk_of_one_branch_finds_nothing_of_another(world: World, visit: Callable[[Role], Client]) -> None:
    client = visit(Role.FRONTLINE)
    reached = []
    for address in OURS:
        nearby = not nouns(address.route) & set(ELSEWHERE)
        if nearby or not address.route.startswith("desk/") or not may_enter(Role.FRONTLINE, address.door):
            continue
        url = url_of(address, world, SAMPLES | ELSEWHERE)
        codes = {client.get(url).status_code, client.post(url).status_code}
        if not codes <= {404, 405} or codes == {405}:
            reached.append(f"{url} ({address.name}): {sorted(codes)}")

    assert reached == []


@pytest.mark.parametrize("role", [Role.VISITOR, Role.PATRON, Role.ADMINISTRATOR])
def test_the_pages_for_signing_in_stand_for_all(role: Role, visit: Callable[[Role], Client]) -> None:
    client = visit(role)
    client.raise_request_exception = False
    theirs = [address for address in addresses() if not address.is_ours and "<" not in address.route]

    fallen = [address.name for address in theirs if client.get(reverse(address.name)).status_code >= 500]

    assert theirs
    assert fallen == []
