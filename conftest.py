"""The cast, the branch where they meet, and the hands that every test may use."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, TestCase

from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytest_plugins = ["tests.browser"]

AtOnce = Callable[[], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped, a skipped test is a failed run, unless it lacks data that are not ours to ship."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("RAPPORT_NOTHING_SKIPPED") and any("RAPPORT_SHARED" not in str(one.longrepr) for one in skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def riverside(db: None) -> Branch:
    """Open from Monday to Saturday, 9 to 18, with a corner for children and a garden."""
    branch = Branch.objects.create(
        slug="riverside",
        name={"en": "Riverside Library", "es": "Biblioteca Riverside", "ar": "مكتبة ريفرسايد"},
        address="1 River Street",
        phone="555 0100",
        email="riverside@example.org",
    )
    for weekday in range(6):
        branch.hours.create(weekday=weekday, opens=time(9), closes=time(18))
    branch.spaces.create(slug="children", name={"en": "Children's corner", "es": "Rincón infantil"}, order=1)
    branch.spaces.create(slug="garden", name={"en": "Garden", "es": "Jardín", "ar": "الحديقة"}, order=2)
    return branch


def _person(name: str, role: Role | None = None, branch: Branch | None = None) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    if role:
        person.appoint(role, by=None, branch=branch)
    return person


@pytest.fixture
def amina(db: None) -> Person:
    """A neighbour with an account, who answers."""
    return _person("Amina")


@pytest.fixture
def ben(db: None) -> Person:
    """Program staff, who asks."""
    return _person("Ben", Role.PROGRAMMER)


@pytest.fixture
def chen(db: None) -> Person:
    """A volunteer, who helps."""
    return _person("Chen", Role.VOLUNTEER)


@pytest.fixture
def dolores(db: None) -> Person:
    """The contact of a partner organisation."""
    return _person("Dolores", Role.PARTNER)


@pytest.fixture
def desk(riverside: Branch) -> Person:
    """Whoever stands at the desk of Riverside, and only there."""
    return _person("Desk", Role.FRONTLINE, riverside)


@pytest.fixture
def mona(db: None) -> Person:
    return _person("Mona", Role.MANAGER)


@pytest.fixture
def tara(db: None) -> Person:
    return _person("Tara", Role.TRUSTEE)


@pytest.fixture
def ada(db: None) -> Person:
    return _person("Ada", Role.ADMINISTRATOR)


@pytest.fixture
def logo() -> Iterator[Path]:
    """The library has a logo of its own."""
    file = settings.HOUSE.folder / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    yield file
    file.unlink()


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def at_once(db: None) -> AtOnce:
    """What would wait happens at once: callbacks of the transaction, then the queue, until nothing more is ready."""

    @contextmanager
    def doing() -> Iterator[None]:
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
        while (row := _next_in_queue()) is not None:
            with TestCase.captureOnCommitCallbacks(execute=True):
                row.set_successful(row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))

    return doing


def _next_in_queue() -> Any:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().first()


@pytest.fixture(autouse=True)
def _nothing_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins with its own language and no limit used up by an earlier one."""
    from django.core.cache import caches
    from django.utils import translation

    with translation.override("en"):
        yield
    caches["memory"].clear()
