import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rapport.people.models import Person, Role

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk by the river"
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _no_limit_used_up(db: None) -> None:
    cache.clear()


@pytest.fixture
def known(amina: Person) -> Person:
    amina.set_password(PASSWORD)
    amina.save()
    EmailAddress.objects.filter(user=amina).update(verified=True)
    return amina


def code_in_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_from_the_mail_opens_the_account(client: Client, amina: Person) -> None:
    client.post("/account/login/code/", {"email": "amina@example.org"})
    answer = client.post("/account/login/code/confirm/", {"code": code_in_mail()})

    assert answer.status_code == 302
    assert is_signed_in(client)
    amina.refresh_from_db()
    assert amina.seen_on == timezone.localdate()


def test_the_mail_comes_in_the_language_of_its_reader_and_in_the_name_of_the_library(
    client: Client, amina: Person, settings: Any
) -> None:
    amina.language = "es"
    amina.save()

    client.post("/account/login/code/", {"email": amina.email})

    assert settings.HOUSE.library in mail.outbox[-1].subject


def test_a_code_can_be_tried_a_few_times_only(client: Client, amina: Person) -> None:
    client.post("/account/login/code/", {"email": amina.email})
    right = code_in_mail()

    for _attempt in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    client.post("/account/login/code/confirm/", {"code": right})

    assert not is_signed_in(client)


def test_nobody_learns_who_has_an_account(client: Client, amina: Person) -> None:
    known = client.post("/account/login/code/", {"email": amina.email})
    stranger = Client().post("/account/login/code/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (stranger.status_code, stranger["Location"])


def test_the_right_password_opens_the_account(client: Client, known: Person) -> None:
    client.post("/account/login/", {"login": known.email, "password": PASSWORD})

    assert is_signed_in(client)


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client: Client, known: Person) -> None:
    for _attempt in range(5):
        client.post("/account/login/", {"login": known.email, "password": "wrong"})
    answer = client.post("/account/login/", {"login": known.email, "password": PASSWORD})

    assert not is_signed_in(client)
    assert "Please wait five minutes" in answer.content.decode()


def test_an_account_is_made_with_an_email_and_its_code(client: Client, db: None) -> None:
    client.post("/account/signup/", {"email": "new@example.org"})
    client.post("/account/confirm-email/", {"code": code_in_mail()})

    assert is_signed_in(client)
    assert not Person.objects.get(email="new@example.org").has_usable_password()


@pytest.mark.parametrize(("who", "where"), [("amina", "/"), ("ben", "/desk/")])
def test_everyone_arrives_where_their_day_begins(
    who: str, where: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert sign_in(request.getfixturevalue(who)).get("/welcome/")["Location"] == where


class TestASecondFactor:
    @pytest.fixture(autouse=True)
    def _asked_of_staff(self, settings: Any) -> None:
        settings.STAFF_SECOND_FACTOR = True

    def test_is_asked_before_the_desk_opens(self, sign_in: SignIn, mona: Person) -> None:
        assert sign_in(mona).get("/desk/people/")["Location"] == reverse("mfa_index")

    @pytest.mark.parametrize("kind", ["totp", "webauthn"])
    def test_once_set_up_the_desk_opens(self, sign_in: SignIn, mona: Person, kind: str) -> None:
        mona.authenticator_set.create(type=kind, data={})

        assert sign_in(mona).get("/desk/people/").status_code == 200

    def test_recovery_codes_alone_are_none(self, sign_in: SignIn, mona: Person) -> None:
        mona.authenticator_set.create(type="recovery_codes", data={})

        assert sign_in(mona).get("/desk/people/").status_code == 302

    def test_is_not_asked_of_those_who_never_see_the_desk(self, sign_in: SignIn, amina: Person) -> None:
        assert sign_in(amina).get("/my/").status_code == 200


class TestTheCast:
    @pytest.fixture
    def in_the_demo(self, settings: Any) -> None:
        settings.HOUSE = settings.HOUSE.model_copy(update={"mode": "demo"})

    @pytest.mark.parametrize("who", ["amina", "ben", "chen", "dolores", "desk", "mona", "ada"])
    def test_comes_in_at_one_click(self, in_the_demo: None, client: Client, who: str) -> None:
        from rapport.people.demo import fill

        person = getattr(fill(), who)

        assert f'value="{who}"' in client.get("/account/login/").content.decode()
        client.post("/demo/sign-in/", {"who": who})
        assert client.session["_auth_user_id"] == str(person.pk)

    def test_nobody_else_comes_in_that_way(self, in_the_demo: None, client: Client) -> None:
        Person.objects.create_user("zoe@example.org").appoint(Role.ADMINISTRATOR, by=None)

        assert client.post("/demo/sign-in/", {"who": "zoe"}).status_code == 404

    def test_is_not_there_outside_the_demonstration(self, client: Client, amina: Person) -> None:
        assert client.post("/demo/sign-in/", {"who": "amina"}).status_code == 404
        assert "cast__one" not in client.get("/account/login/").content.decode()


def test_a_name_and_a_language_are_kept(sign_in: SignIn, amina: Person) -> None:
    sign_in(amina).post("/my/", {"name": "Amina H.", "language": "ar"})

    amina.refresh_from_db()
    assert (amina.name, amina.language) == ("Amina H.", "ar")


def test_what_cannot_be_kept_is_said_at_its_field(sign_in: SignIn, amina: Person) -> None:
    answer: Any = sign_in(amina).post("/my/", {"name": "Amina", "language": "tlh"})

    assert answer.status_code == 422
    assert "language" in answer.context["form"].errors
