from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import AtOnce
from rapport.insight.hooks import insight_today
from rapport.insight.models import Evidence, Need, Theme
from rapport.insight.tests.test_themes_kept import spoken
from rapport.loop.models import Heard, Loop, Turn
from rapport.people.models import Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SCORES = {"size": 5, "equity": 4, "fit": 3, "effort": 2}


@pytest.fixture
def need(ben: Person) -> Need:
    theme = Theme.objects.confirm("Garden", spoken(3), by=ben)
    return Need.objects.take_up("A quiet place outdoors", kind="need", by=ben, themes=[theme])


def test_taking_up_begins_a_loop_and_owes_its_end_to_all_who_spoke(need: Need) -> None:
    assert [step.turn for step in need.loop.steps.all()] == [Turn.TAKEN_UP]
    assert Heard.objects.filter(loop=need.loop).count() == 3
    assert set(Loop.objects.of(need.themes.get())) == {need.loop}


def test_who_spoke_hears_the_end_even_if_the_theme_is_left_out(need: Need) -> None:
    need.leave_out(need.themes.get())

    assert need.voices().count() == 0
    assert Heard.objects.filter(loop=need.loop).count() == 3


def test_priorities_are_weighed_with_reasons_and_kept(need: Need, ben: Person, mona: Person) -> None:
    need.prioritise(by=ben, reasons="First", **SCORES)
    need.prioritise(by=mona, reasons="Second", size=1, equity=1, fit=1, effort=1)

    assert need.priorities.last().level == 3.7  # type: ignore[union-attr]
    assert need.priority and need.priority.level == 1.0
    assert Need.objects.with_level().get().level == pytest.approx(2.35)  # type: ignore[attr-defined]


def test_the_owner_changes_and_the_record_says_so(need: Need, ben: Person, mona: Person) -> None:
    need.give_to(mona, by=ben)

    assert [(one.owner, one.by) for one in need.ownerships.all()] == [(mona, ben), (ben, ben)]


def test_a_need_is_written_down_on_the_desk(ben: Person, sign_in: SignIn, at_once: AtOnce) -> None:
    theme = Theme.objects.confirm("Garden", spoken(2), by=ben)
    client = sign_in(ben)
    assert client.get(f"/desk/needs/new/?theme={theme.pk}&theme=x").status_code == 200

    wrong = client.post("/desk/needs/new/", {"sentence_en": "", "sentence_ar": "", "kind": "need"})
    with at_once():
        right = client.post(
            "/desk/needs/new/", {"sentence_en": "Shade", "sentence_ar": "ظل", "kind": "desire", "themes": [theme.pk]}
        )

    assert wrong.status_code == 422
    made = Need.objects.get()
    assert right.url == f"/desk/needs/{made.pk}/" and made.sentence == {"en": "Shade", "ar": "ظل"}
    assert list(made.themes.all()) == [theme] and made.owner == ben


def test_the_page_of_a_need_keeps_what_was_typed(need: Need, ben: Person, mona: Person, sign_in: SignIn) -> None:
    page, client = f"/desk/needs/{need.pk}/", sign_in(ben)

    missing = client.post(f"{page}priorities/", {**SCORES, "reasons": ""})
    assert missing.status_code == 422
    assert client.post(f"{page}priorities/", {**SCORES, "size": 9, "reasons": "So"}).status_code == 422
    assert client.post(f"{page}priorities/", {**SCORES, "reasons": "So"}).status_code == 302
    future = {"source": "census", "words": "Many", "count": 310, "on": "2999-01-01"}
    answer = client.post(f"{page}evidence/", future)
    assert answer.status_code == 422 and 'value="310"' in answer.content.decode()
    assert client.post(f"{page}evidence/", {**future, "on": "2026-01-01"}).status_code == 302
    assert client.post(f"{page}owner/", {"owner": mona.pk}).status_code == 302
    assert client.post(f"{page}sentence/", {"sentence_en": "Shade", "kind": "desire"}).status_code == 302
    assert client.post(f"{page}themes/", {}).status_code == 422
    shown = client.get(page).content.decode()
    assert "310" in shown and "Mona" in shown and "Shade" in shown

    need.refresh_from_db()
    assert (need.owner, need.kind) == (mona, "desire")


def test_evidence_and_themes_can_be_added_and_taken_out(need: Need, ben: Person, sign_in: SignIn) -> None:
    page, client = f"/desk/needs/{need.pk}/", sign_in(ben)
    shade = Theme.objects.confirm("Shade", spoken(4, "Shade"), by=ben)
    one = need.evidence.create(source="survey", words="Half of those asked", by=ben)

    client.post(f"{page}themes/", {"themes": [shade.pk]})
    assert need.voices().count() == 7 and Heard.objects.filter(loop=need.loop).count() == 7
    client.post(f"{page}themes/{shade.pk}/removal/")
    client.post(f"{page}evidence/{one.pk}/removal/")

    assert need.voices().count() == 3 and not Evidence.objects.exists()


@pytest.mark.parametrize("part", ["sentence", "owner", "priorities", "evidence", "themes"])
def test_who_works_for_another_branch_changes_nothing(
    part: str, ben: Person, riverside: Branch, sign_in: SignIn
) -> None:
    mill = Branch.objects.create(slug="mill", name="Mill Street")
    there = Need.objects.take_up("Shade", kind="need", by=ben, branch=mill)
    local = Person.objects.create_user("local@example.org", name="Local")
    local.appoint(Role.PROGRAMMER, by=None, branch=riverside)

    assert sign_in(local).post(f"/desk/needs/{there.pk}/{part}/").status_code == 404
    assert "Give it to somebody" not in sign_in(local).get(f"/desk/needs/{there.pk}/").content.decode()


def test_trustees_read_and_do_not_change(need: Need, tara: Person, amina: Person, sign_in: SignIn) -> None:
    page = f"/desk/needs/{need.pk}/"

    assert sign_in(tara).get(page).status_code == sign_in(tara).get("/desk/needs/").status_code == 200
    assert sign_in(tara).post(f"{page}owner/").status_code == 403
    assert sign_in(amina).get(page).status_code == 403
    assert "@example.org" not in sign_in(tara).get(page).content.decode()


def test_a_need_whose_story_is_not_public_is_not_read_in_public(need: Need) -> None:
    assert Client().get(f"/needs/{need.pk}/").status_code == 200

    Loop.objects.update(is_public=False)

    assert Client().get(f"/needs/{need.pk}/").status_code == 404
    assert need.sentence["en"] not in Client().get("/needs/").content.decode()


def test_today_names_needs_without_owner_or_weight(need: Need, ben: Person, tara: Person) -> None:
    assert "nobody has weighed it" in insight_today(None, ben)
    need.give_to(None, by=ben)
    assert "needs an owner" in insight_today(None, ben)
    need.give_to(ben, by=ben)
    need.prioritise(by=ben, reasons="So", **SCORES)
    assert insight_today(None, ben).strip() == "" and insight_today(None, tara) == ""


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_lists_can_be_taken_along(export: str, need: Need, ben: Person, sign_in: SignIn) -> None:
    for path in ("/desk/needs/", "/desk/themes/", "/needs/"):
        assert sign_in(ben).get(path, {"export": export}).status_code == 200


def test_lists_can_be_filtered(need: Need, ben: Person, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    client = sign_in(ben)
    for state in ("open", "closed", "unowned", "unweighed", "nonsense"):
        assert client.get("/desk/needs/", {"state": state, "q": "quiet", "sort": "-level"}).status_code == 200
    assert "A quiet place" not in client.get("/desk/needs/", {"state": "closed"}).content.decode()
    for state in ("free", "aside", "x"):
        assert client.get("/desk/themes/", {"state": state, "sort": "-newest"}).status_code == 200
