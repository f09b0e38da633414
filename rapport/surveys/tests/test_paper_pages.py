import re
from collections.abc import Callable

import pytest
from django.test import Client

from rapport.listening.models import Channel
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.surveys.models import Sheet, Survey

from .everything import everything
from .garden import garden_questions

SignIn = Callable[[Person], Client]


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben, doubled_share=100)
    survey.open(by=ben)
    return survey


def _paper(survey: Survey, rest: str = "") -> str:
    return f"/desk/surveys/{survey.pk}/paper/{rest}"


def _words(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_a_form_has_a_place_for_the_pen_in_every_kind_of_question(ben: Person, sign_in: SignIn) -> None:
    survey = Survey.objects.begin(everything(), by=ben)
    survey.open(by=ben)

    page = sign_in(ben).get(_paper(survey, "blank/?language=ar"))

    kinds = {f"pen--{question.kind}" for question in everything().questions()}
    assert all(kind in page.content.decode() for kind in kinds)
    assert 'dir="rtl"' in page.content.decode()
    assert "حديقة القراءة" in _words(page.content)


def test_questions_are_numbered_with_jumps_in_words_and_blanks_for_answers(
    garden: Survey, ben: Person, sign_in: SignIn
) -> None:
    words = _words(sign_in(ben).get(_paper(garden, "blank/")).content)

    assert "Only if you did not tick “Every week” in 1." in words
    assert "You come ________. What should the garden be?" in words
    assert "Nobody can tell from the answers who gave them." in words


def test_each_numbered_copy_has_its_number(garden: Survey, ben: Person, riverside: Branch, sign_in: SignIn) -> None:
    form = {"language": "es", "copies": 3, "branch": riverside.pk}

    page = sign_in(ben).post(_paper(garden, "prints/"), form, follow=True)

    numbers = re.findall(r'form-sheet__number">(\d+)<', page.content.decode())
    assert numbers == ["1", "2", "3"]
    assert "El jardín de lectura" in _words(page.content)


def test_copies_of_what_is_not_published_get_no_numbers(ben: Person, sign_in: SignIn) -> None:
    draft = Survey.objects.begin(garden_questions(), by=ben)

    page = sign_in(ben).post(_paper(draft, "prints/"), {"language": "en", "copies": 3})

    assert page.status_code == 422
    assert not draft.prints.exists()
    assert "Draft, not to be handed out" in _words(sign_in(ben).get(_paper(draft, "blank/")).content)


def test_a_sheet_is_entered_and_the_next_number_comes_by_itself(
    garden: Survey, ben: Person, mona: Person, sign_in: SignIn
) -> None:
    typed = {"serial": 7, "language": "es", "branch": "", "visits": "never", "barriers": ["far", "hours"]}
    ours, theirs = sign_in(ben), sign_in(mona)

    after = ours.post(_paper(garden, "entry/"), typed)
    again = ours.post(_paper(garden, "entry/"), typed)
    theirs.post(_paper(garden, "entry/"), typed)

    assert "serial=8" in after["Location"]
    assert "language=es" in after["Location"]
    assert again.status_code == 422
    assert "You entered this sheet yourself" in _words(again.content)
    response = garden.responses.get()
    assert response.answers == {"visits": "never", "barriers": ["hours", "far"]}
    assert (response.channel, response.language) == (Channel.PAPER, "es")


def test_looking_at_a_number_keeps_nothing(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).get(_paper(garden, "entry/?serial=7&language=en&branch="))

    assert page.status_code == 200
    assert not Sheet.objects.exists()


def test_what_cannot_be_is_pointed_out_and_may_stay_as_unreadable(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.doubled_share = 0
    garden.save()
    typed = {
        "serial": 1,
        "language": "en",
        "branch": "",
        "visits": "never",
        "barriers": ["far", "none"],
        "wish": "Shade",
    }

    refused = sign_in(ben).post(_paper(garden, "entry/"), typed)
    sign_in(ben).post(_paper(garden, "entry/"), {**typed, ":unreadable": "barriers"})

    assert refused.status_code == 422
    assert "Shade" in refused.content.decode()
    assert "mark it as unreadable" in _words(refused.content)
    assert garden.responses.get().answers == {"visits": "never", "wish": "Shade"}
    assert garden.sheets.get().unreadable == ["barriers"]


def test_what_was_left_empty_stays_empty(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.doubled_share = 0
    garden.save()

    sign_in(ben).post(_paper(garden, "entry/"), {"serial": 1, "language": "en", "branch": "", "wish": "Shade"})

    assert garden.responses.get().answers == {"wish": "Shade"}


@pytest.mark.parametrize("choice", ["leave", "keep"])
def test_an_answer_that_should_have_been_skipped_is_kept_or_left_out_as_one_chooses(
    choice: str, garden: Survey, ben: Person, sign_in: SignIn
) -> None:
    Survey.objects.update(doubled_share=0)
    typed = {"serial": 1, "language": "en", "branch": "", "visits": "weekly", "barriers": ["far"]}

    asked = sign_in(ben).post(_paper(garden, "entry/"), typed)
    before = garden.responses.count()
    sign_in(ben).post(_paper(garden, "entry/"), {**typed, ":skipped:barriers": choice})

    sheet = garden.sheets.get()
    record_page = _words(sign_in(ben).get(_paper(garden, f"sheets/{sheet.pk}/")).content)
    assert (asked.status_code, before) == (422, 0)
    assert "should have been skipped" in _words(asked.content)
    is_kept = choice == "keep"
    assert garden.responses.get().answers == {"visits": "weekly"} | ({"barriers": ["far"]} if is_kept else {})
    assert (sheet.kept_anyway, sheet.left_out) == ((["barriers"], []) if is_kept else ([], ["barriers"]))
    assert "Questions that should have been skipped, with answers that were" in record_page


def test_the_second_entry_is_blind_and_differences_are_settled_one_by_one(
    garden: Survey, ben: Person, mona: Person, sign_in: SignIn
) -> None:
    common = {"serial": 3, "language": "en", "branch": ""}
    sign_in(ben).post(_paper(garden, "entry/"), {**common, "visits": "weekly", "wish": "A pond of lilies"})
    blind = sign_in(mona).get(_paper(garden, "entry/?serial=3&language=en&branch="))
    sign_in(mona).post(_paper(garden, "entry/"), {**common, "visits": "never", "wish": "A pond of lilies"})
    sheet = _paper(garden, f"sheets/{garden.sheets.get().pk}/")

    shown, empty = sign_in(ben).get(sheet), sign_in(ben).post(sheet)
    settled = sign_in(ben).post(sheet, {"cell:visits": "2"})

    assert "lilies" not in blind.content.decode()
    assert "checked" not in blind.content.decode()
    assert {"Every week", "Never"} <= set(re.findall(r"Every week|Never", shown.content.decode()))
    assert empty.status_code == 422
    assert settled.status_code == 302
    assert garden.responses.get().answers == {"visits": "never", "wish": "A pond of lilies"}


def test_where_nothing_is_entered_twice_any_more_what_waits_is_counted(
    garden: Survey, ben: Person, sign_in: SignIn
) -> None:
    Sheet.of(garden, 1, language="en", branch=None).enter({"visits": "weekly"}, by=ben)

    sign_in(ben).post(_paper(garden, "share/"), {"share": 0})

    assert garden.responses.count() == 1
    assert sign_in(ben).post(_paper(garden, "share/"), {"share": 101}).status_code == 422


def test_somebody_at_the_desk_is_asked_on_the_pages_that_all_see(
    garden: Survey, desk: Person, riverside: Branch, sign_in: SignIn
) -> None:
    form = {"channel": "phone", "language": "es", "branch": riverside.pk}

    page = sign_in(desk).post(_paper(garden, "asking/"), form, follow=True)

    sitting = garden.sittings.get()
    assert (sitting.channel, sitting.language, sitting.branch) == (Channel.PHONE, "es", riverside)
    assert "¿Con qué frecuencia viene?" in page.content.decode()


def test_a_closed_survey_asks_nobody_at_the_desk(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.close(by=ben)

    page = sign_in(ben).post(_paper(garden, "asking/"), {"channel": "desk", "language": "en", "branch": ""})

    assert page.status_code == 422
    assert not garden.sittings.exists()


def test_who_works_at_one_branch_reaches_the_paper_of_their_own_and_of_the_house(
    garden: Survey, ben: Person, desk: Person, sign_in: SignIn
) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    theirs = Survey.objects.begin(garden_questions(), by=ben, branch=hilltop)
    theirs.open(by=ben)

    answers = [sign_in(desk).get(_paper(survey, "entry/")).status_code for survey in (garden, theirs)]

    assert answers == [200, 404]
    assert sign_in(desk).post(_paper(garden, "share/"), {"share": 0}).status_code == 403


def test_trustees_see_no_single_sheet(garden: Survey, tara: Person, sign_in: SignIn) -> None:
    assert Role.TRUSTEE in tara.roles
    assert sign_in(tara).get(_paper(garden)).status_code == 403
