from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from rapport.people.models import Appointment, Invitation, LastAdministrator, MayNotInvite, Person, Role
from rapport.places.models import Branch

SignIn = Callable[[Person], Client]


@pytest.mark.django_db
class TestARole:
    def test_for_one_branch_reaches_that_branch_only(self, desk: Person, riverside: Branch) -> None:
        hill = Branch.objects.create(slug="hill", name="Hill")
        space, far = riverside.spaces.first(), hill.spaces.create(slug="attic", name="Attic")

        assert desk.has_perm("listening.see_inbox", space)
        assert not desk.has_perm("listening.see_inbox", far)
        assert desk.branches_where("listening.see_inbox") == {riverside.pk}

    def test_for_the_whole_library_reaches_every_branch(self, mona: Person) -> None:
        assert mona.branches_where("listening.see_inbox") is None

    def test_that_has_ended_opens_nothing(self, ben: Person, ada: Person, sign_in: SignIn) -> None:
        held = ben.appointments.get()

        sign_in(ada).post(f"/desk/people/appointments/{held.pk}/removal/")

        held.refresh_from_db()
        assert held.ended_by == ada
        assert Person.objects.get(pk=ben.pk).roles == {Role.PATRON}

    def test_is_given_by_administrators_only(self, amina: Person, ada: Person, mona: Person, sign_in: SignIn) -> None:
        given = {"role": "frontline", "branch": ""}
        amina.appoint(Role.VOLUNTEER, by=None)  # so that the manager sees her

        assert sign_in(mona).post(f"/desk/people/{amina.pk}/appointments/", given).status_code == 403
        assert sign_in(ada).post(f"/desk/people/{amina.pk}/appointments/", given).status_code == 302
        assert amina.appointments.get(role="frontline").by == ada


@pytest.mark.django_db
class TestTheLastAdministrator:
    def test_cannot_be_sent_away(self, ada: Person, sign_in: SignIn) -> None:
        with pytest.raises(LastAdministrator):
            ada.appointments.get().end(by=ada)

        sign_in(ada).post(f"/desk/people/appointments/{ada.appointments.get().pk}/removal/")
        assert ada.appointments.get().ended_at is None

    def test_cannot_erase_the_account(self, ada: Person, sign_in: SignIn) -> None:
        answer = sign_in(ada).post("/my/data/removal/", {"sure": "on"})

        assert "last administrator" in answer.content.decode()
        assert Person.objects.filter(pk=ada.pk).exists()

    def test_may_go_when_another_stays(self, ada: Person, ben: Person) -> None:
        ben.appoint(Role.ADMINISTRATOR, by=ada)

        ada.appointments.get().end(by=ben)

        assert ada.appointments.get().ended_by == ben


@pytest.mark.django_db
class TestThePeoplePage:
    def test_shows_managers_those_who_hold_a_role(
        self, mona: Person, ada: Person, amina: Person, ben: Person, sign_in: SignIn
    ) -> None:
        assert sign_in(mona).get(f"/desk/people/{amina.pk}/").status_code == 404
        assert sign_in(mona).get(f"/desk/people/{ben.pk}/").status_code == 200
        assert sign_in(ada).get(f"/desk/people/{amina.pk}/").status_code == 200

    def test_can_be_searched_narrowed_and_taken_along(
        self, ada: Person, ben: Person, desk: Person, riverside: Branch, sign_in: SignIn
    ) -> None:
        client = sign_in(ada)

        narrowed = client.get(f"/desk/people/?role=frontline&branch={riverside.pk}").content.decode()
        file: Any = client.get("/desk/people/?q=ben&export=csv")

        assert desk.email in narrowed and ben.email not in narrowed
        assert b"ben@example.org" in b"".join(file.streaming_content)

    def test_asks_no_more_of_the_database_for_more_people(
        self, ada: Person, riverside: Branch, sign_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            person = Person.objects.create_user(f"p{number}@example.org")
            person.appoint(Role.VOLUNTEER, by=ada, branch=riverside)
        client = sign_in(ada)

        with django_assert_max_num_queries(9):
            client.get("/desk/people/")


@pytest.mark.django_db
class TestAnInvitation:
    def invite(self, by: Person, **more: Any) -> Invitation:
        return Invitation.objects.invite("new@example.org", by=by, **{"role": Role.FRONTLINE, **more})

    def test_is_mailed_with_its_link(self, mona: Person, at_once: Any) -> None:
        with at_once():
            invitation = self.invite(mona)

        assert mail.outbox[0].to == ["new@example.org"]
        assert f"/invitations/{invitation.secret}/" in mail.outbox[0].body

    def test_makes_the_account_of_somebody_new(self, mona: Person, client: Client) -> None:
        invitation = self.invite(mona)

        assert client.get(f"/invitations/{invitation.secret}/").status_code == 200
        client.post(f"/invitations/{invitation.secret}/")

        new = Person.objects.get(email="new@example.org")
        assert new.roles == {Role.PATRON, Role.FRONTLINE}
        assert client.session["_auth_user_id"] == str(new.pk)

    def test_asks_those_who_have_an_account_to_sign_in(self, mona: Person, client: Client, sign_in: SignIn) -> None:
        new = Person.objects.create_user("new@example.org")
        path = f"/invitations/{self.invite(mona).secret}/"

        assert client.post(path)["Location"].startswith("/account/login/")
        sign_in(new).post(path)

        assert Person.objects.get(pk=new.pk).is_staff

    def test_works_once(self, mona: Person, amina: Person, sign_in: SignIn) -> None:
        invitation = self.invite(mona)
        path = f"/invitations/{invitation.secret}/"

        Client().post(path)
        sign_in(amina).post(path)

        assert Appointment.objects.filter(role=Role.FRONTLINE).count() == 1
        assert Client().get(path).status_code == 410

    def test_runs_out(self, mona: Person, client: Client, time_machine: Any) -> None:
        invitation = self.invite(mona)

        time_machine.move_to(timezone.now() + timedelta(days=31))

        assert client.post(f"/invitations/{invitation.secret}/").status_code == 410

    def test_can_be_withdrawn(self, mona: Person, client: Client, sign_in: SignIn) -> None:
        invitation = self.invite(mona)

        sign_in(mona).post(f"/desk/people/invitations/{invitation.pk}/removal/")

        assert client.get(f"/invitations/{invitation.secret}/").status_code == 410

    def test_of_a_manager_gives_no_power(self, mona: Person) -> None:
        for role in (Role.ADMINISTRATOR, Role.MANAGER, Role.TRUSTEE):
            with pytest.raises(MayNotInvite):
                self.invite(mona, role=role)

    def test_of_a_branch_manager_stays_in_the_branch(self, riverside: Branch, amina: Person, sign_in: SignIn) -> None:
        hill = Branch.objects.create(slug="hill", name="Hill")
        amina.appoint(Role.MANAGER, by=None, branch=riverside)

        assert amina.may_invite(Role.FRONTLINE, riverside)
        assert not amina.may_invite(Role.FRONTLINE, hill)
        assert not amina.may_invite(Role.FRONTLINE, None)
        asked = {"email": "x@example.org", "role": "frontline", "branch": hill.pk}
        assert sign_in(amina).post("/desk/people/invitations/", asked).status_code == 422


def at_the_same_time(*acts: Callable[[], object]) -> None:
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except LastAdministrator:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_two_who_accept_are_one(self, mona: Person, amina: Person, chen: Person) -> None:
        invitation = Invitation.objects.invite("new@example.org", by=mona, role=Role.FRONTLINE)

        at_the_same_time(lambda: invitation.accept(by=amina), lambda: invitation.accept(by=chen))

        assert Appointment.objects.filter(role=Role.FRONTLINE).count() == 1

    def test_two_administrators_cannot_both_leave(self, ada: Person, ben: Person) -> None:
        ben.appoint(Role.ADMINISTRATOR, by=ada)
        held = list(Appointment.objects.filter(role=Role.ADMINISTRATOR))

        at_the_same_time(*(lambda one=one: one.end(by=one.person) for one in held))

        assert Appointment.objects.current().filter(role=Role.ADMINISTRATOR).count() == 1
