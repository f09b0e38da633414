"""The first administrator is made at the server's own console."""

import io

import pytest
from django.core.management import CommandError, call_command

from rapport.people.models import Person, Role

pytestmark = pytest.mark.django_db


def create_admin(*words: str) -> str:
    out = io.StringIO()
    call_command("create_admin", *words, stdout=out)
    return out.getvalue()


def test_somebody_new_becomes_administrator_and_signs_in_by_code() -> None:
    said = create_admin("Ada@Example.org", "--name", "Ada")

    ada = Person.objects.get()
    assert (ada.email, ada.name) == ("ada@example.org", "Ada")
    assert ada.has_perm("people.appoint")
    assert not ada.has_usable_password()
    assert "code" in said


def test_said_twice_it_makes_one_administrator() -> None:
    create_admin("ada@example.org")
    create_admin("ADA@example.org")

    ada = Person.objects.get()
    assert ada.appointments.filter(role=Role.ADMINISTRATOR, ended_at=None).count() == 1


def test_somebody_known_keeps_their_name(amina: Person) -> None:
    create_admin(amina.email, "--name", "Somebody")

    assert Person.objects.get().name == "Amina"
    assert Person.objects.get().has_perm("people.appoint")


def test_a_password_comes_by_standard_input_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long walk by the river\n"))

    said = create_admin("ada@example.org", "--password-stdin")

    assert Person.objects.get().check_password("a long walk by the river")
    assert "river" not in said


@pytest.mark.parametrize(("email", "password"), [("nonsense", "a long walk by the river"), ("a@example.org", "short")])
def test_what_cannot_be_is_said_and_nobody_is_made(email: str, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    with pytest.raises(CommandError):
        create_admin(email, "--password-stdin")

    assert not Person.objects.exists()
