from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
BREAK = {"opens_0_0": "09:00", "closes_0_0": "13:00", "opens_0_1": "14:00", "closes_0_1": "18:00"}


@pytest.fixture
def hill(db: None) -> Branch:
    return Branch.objects.create(slug="hill", name={"en": "Hill"})


def test_a_day_may_have_a_break(mona: Person, riverside: Branch, sign_in: SignIn) -> None:
    sign_in(mona).post("/desk/places/riverside/hours/", BREAK)

    assert [(h.weekday, h.opens.hour, h.closes.hour) for h in riverside.hours.all()] == [(0, 9, 13), (0, 14, 18)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_0_0": "08:00"}, "closes_0_0"),
        ({"closes_0_0": ""}, "closes_0_0"),
        ({"opens_0_1": "12:00"}, "opens_0_1"),
        ({"opens_0_0": "soon"}, "opens_0_0"),
    ],
)
def test_an_hour_that_cannot_be_is_said_at_its_field_and_changes_nothing(
    change: dict[str, str], field: str, mona: Person, riverside: Branch, sign_in: SignIn
) -> None:
    answer: Any = sign_in(mona).post("/desk/places/riverside/hours/", BREAK | change)

    assert answer.status_code == 422
    assert field in answer.context["hours_form"].errors
    assert riverside.hours.count() == 6


def test_a_closure_ends_after_it_begins(mona: Person, riverside: Branch, sign_in: SignIn) -> None:
    client = sign_in(mona)
    days = {"closure-first": "2026-12-24", "closure-last": "2026-12-20"}

    assert client.post("/desk/places/riverside/closures/", days).status_code == 422
    client.post("/desk/places/riverside/closures/", days | {"closure-last": "2026-12-26"})

    assert riverside.closures.get().last.day == 26
    client.post(f"/desk/places/riverside/closures/{riverside.closures.get().pk}/removal/")
    assert not riverside.closures.exists()


def test_a_space_gets_a_short_name_of_its_own_and_keeps_it(mona: Person, riverside: Branch, sign_in: SignIn) -> None:
    client = sign_in(mona)
    for _twice in range(2):
        client.post("/desk/places/riverside/spaces/", {"space-name_en": "Garden", "space-order": "3"})
    space = riverside.spaces.get(slug="garden-3")

    client.post(f"/desk/places/riverside/spaces/{space.pk}/", {"name_en": "Back garden", "order": "4"})

    space.refresh_from_db()
    assert (str(space.name), space.slug) == ("Back garden", "garden-3")


def test_a_name_is_kept_in_all_languages(mona: Person, riverside: Branch, sign_in: SignIn) -> None:
    sign_in(mona).post("/desk/places/riverside/", {"name_en": "River", "name_es": "Río", "name_ar": "نهر"})

    riverside.refresh_from_db()
    assert riverside.name == {"en": "River", "es": "Río", "ar": "نهر"}


def test_the_manager_of_one_branch_finds_no_other(
    amina: Person, riverside: Branch, hill: Branch, sign_in: SignIn
) -> None:
    amina.appoint(Role.MANAGER, by=None, branch=riverside)
    client = sign_in(amina)

    assert client.get("/desk/places/riverside/").status_code == 200
    assert client.get("/desk/places/hill/").status_code == 404
    assert client.post("/desk/places/hill/hours/", BREAK).status_code == 404
    assert "/desk/places/hill/" not in client.get("/desk/places/").content.decode()


def test_administrators_add_branches(ada: Person, mona: Person, riverside: Branch, sign_in: SignIn) -> None:
    named = {"name_en": "Mill Street", "slug": "mill-street"}

    assert sign_in(mona).post("/desk/places/new/", named).status_code == 403
    assert sign_in(ada).post("/desk/places/new/", named | {"slug": "riverside"}).status_code == 422
    sign_in(ada).post("/desk/places/new/", named)

    assert Branch.objects.filter(slug="mill-street").exists()


class TestOurWords:
    def test_lists_what_is_missing_in_a_language(self, ben: Person, riverside: Branch, sign_in: SignIn) -> None:
        page = sign_in(ben).get("/desk/words/?missing=ar&kind=places.space").content.decode()

        assert "Children&#x27;s corner" in page
        assert ">Garden<" not in page  # it is there in Arabic

    def test_can_be_written_there(self, ben: Person, riverside: Branch, sign_in: SignIn) -> None:
        space = riverside.spaces.get(slug="children")

        said = {"name_en": "Children's corner", "name_es": "Rincón infantil", "name_ar": "ركن الأطفال"}
        sign_in(ben).post(f"/desk/words/places.space/{space.pk}/", said)

        space.refresh_from_db()
        assert space.name.missing() == []

    def test_can_be_taken_along(self, ben: Person, riverside: Branch, sign_in: SignIn) -> None:
        file: Any = sign_in(ben).get("/desk/words/?export=csv")

        assert "Rincón infantil".encode() in b"".join(file.streaming_content)

    def test_of_another_branch_are_not_mine(
        self, amina: Person, riverside: Branch, hill: Branch, sign_in: SignIn
    ) -> None:
        amina.appoint(Role.PROGRAMMER, by=None, branch=riverside)
        client = sign_in(amina)

        assert client.get(f"/desk/words/places.branch/{hill.pk}/").status_code == 404
        assert client.get(f"/desk/words/places.branch/{riverside.pk}/").status_code == 200
        assert client.get("/desk/words/people.person/1/").status_code == 404

    def test_of_every_kind_can_be_opened(self, ada: Person, riverside: Branch, sign_in: SignIn) -> None:
        from rapport.practice.wording import spoken_models

        client = sign_in(ada)

        for label in spoken_models():
            assert client.get(f"/desk/words/?kind={label}").status_code == 200
