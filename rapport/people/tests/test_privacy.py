import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from rapport.people.cleaning import clean_up
from rapport.people.models import CleanUp, Invitation, Person, Role
from rapport.people.privacy import Kept, kept

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_everyone_can_read_what_is_kept_and_how_long(client: Client) -> None:
    page = client.get("/privacy/").content.decode()

    for record in kept:
        assert str(record.why) in page.replace("&#x27;", "'")
    assert f"{settings.HOUSE.keep_idle_account_days} days" in page


def test_my_data_can_be_seen_and_taken_along(sign_in: SignIn, ben: Person) -> None:
    client = sign_in(ben)

    assert "ben@example.org" in client.get("/my/data/").content.decode()
    rows = json.loads(client.get("/my/data/file/").content)
    assert rows["people.account"][0]["email"] == "ben@example.org"
    assert rows["people.appointments"][0]["role"] == "program staff"
    folder = zipfile.ZipFile(io.BytesIO(client.get("/my/data/file/?as=zip").content))
    assert "ben@example.org" in folder.read("people.account.csv").decode()
    assert "ben@example.org" in folder.read("index.html").decode()


def test_nothing_is_erased_before_one_is_sure(sign_in: SignIn, amina: Person) -> None:
    answer = sign_in(amina).post("/my/data/removal/")

    assert answer.status_code == 422
    assert Person.objects.filter(pk=amina.pk).exists()


def test_erasing_takes_the_account_and_signs_out(sign_in: SignIn, amina: Person, mona: Person) -> None:
    Invitation.objects.invite(amina.email, by=mona, role=Role.VOLUNTEER)
    client = sign_in(amina)

    client.post("/my/data/removal/", {"sure": "on"})

    assert not Person.objects.filter(pk=amina.pk).exists()
    assert not Invitation.objects.filter(email="amina@example.org").exists()
    assert "_auth_user_id" not in client.session


def test_erasing_is_whole_or_not_at_all(amina: Person) -> None:
    def fails(_person: Person) -> None:
        raise RuntimeError

    broken = kept.add(Kept(name="x", what="x", why="x", until="x", export=lambda person: [], erase=fails))
    try:
        with pytest.raises(RuntimeError):
            amina.erase()
    finally:
        kept.remove(broken)

    assert Person.objects.filter(pk=amina.pk).exists()


def test_a_role_given_by_somebody_erased_stays(ben: Person, ada: Person) -> None:
    appointment = ben.appoint(Role.VOLUNTEER, by=ada)
    ben.appoint(Role.ADMINISTRATOR, by=ada)

    ada.erase()

    appointment.refresh_from_db()
    assert appointment.by is None


class TestTheNight:
    def test_takes_invitations_that_ran_out(self, mona: Person) -> None:
        old = Invitation.objects.invite("old@example.org", by=mona, role=Role.FRONTLINE)
        new = Invitation.objects.invite("new@example.org", by=mona, role=Role.FRONTLINE)
        age(old, settings.HOUSE.keep_invitation_days + 1)

        clean_up()

        assert list(Invitation.objects.all()) == [new]

    def test_takes_sessions_that_ended(self, sign_in: SignIn, amina: Person) -> None:
        sign_in(amina)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        assert clean_up()["people.sessions"] == 1

    def test_writes_to_the_idle_and_erases_them_a_month_later(
        self, amina: Person, at_once: Any, time_machine: Any
    ) -> None:
        days = settings.HOUSE.keep_idle_account_days

        time_machine.move_to(timezone.now() + timedelta(days=days - 29))
        with at_once():
            assert clean_up()["people.account"] == 0
        with at_once():
            clean_up()
        assert [letter.to for letter in mail.outbox] == [[amina.email]]

        time_machine.move_to(timezone.now() + timedelta(days=31))
        assert clean_up()["people.account"] == 1
        assert not Person.objects.filter(pk=amina.pk).exists()

    def test_keeps_those_who_came_back(self, amina: Person, sign_in: SignIn, time_machine: Any) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=settings.HOUSE.keep_idle_account_days - 29))
        clean_up()
        sign_in(amina)

        time_machine.move_to(timezone.now() + timedelta(days=31))
        clean_up()

        assert Person.objects.get(pk=amina.pk).warned_on is None

    def test_keeps_those_who_hold_a_role(self, ben: Person, time_machine: Any) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=settings.HOUSE.keep_idle_account_days + 100))
        clean_up()
        time_machine.move_to(timezone.now() + timedelta(days=40))
        clean_up()

        assert Person.objects.filter(pk=ben.pk).exists()

    def test_writes_down_how_many_and_shows_it_to_administrators(self, ada: Person, sign_in: SignIn) -> None:
        clean_up()

        assert CleanUp.objects.filter(name="people.invitations").exists()
        assert "people.invitations" in sign_in(ada).get("/desk/privacy/").content.decode()

    def test_tried_out_changes_nothing(self, mona: Person, capsys: Any) -> None:
        age(Invitation.objects.invite("old@example.org", by=mona, role=Role.FRONTLINE), 400)

        call_command("clean_up", "--dry-run")

        assert "1  people.invitations" in capsys.readouterr().out
        assert Invitation.objects.count() == 1
        assert not CleanUp.objects.exists()


def age(invitation: Invitation, days: int) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(at=timezone.now() - timedelta(days=days))
