from collections.abc import Callable

from django.test import Client

from rapport.people.models import Person
from rapport.surveys.models import Survey

from .garden import garden_questions

SignIn = Callable[[Person], Client]
ALONE = "/desk/surveys/planner/"


def test_it_plans_before_there_is_a_survey(ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).get(ALONE, {"population": "10000", "rate": "25", "paper": "50", "sheet": "2", "entry": "4"})

    assert page.context["n"] == 370
    assert page.context["invitations"] == 1480
    assert [round(time, 2) for _what, _many, time in page.context["work"]] == [6.17, 12.33, 4.93, 0.0]
    assert "between 45 % and 55 %" in page.content.decode()


def test_people_who_choose_to_answer_have_no_margin_of_error(ben: Person, sign_in: SignIn) -> None:
    survey = Survey.objects.begin(garden_questions(), by=ben)

    page = sign_in(ben).get(f"/desk/surveys/{survey.pk}/planner/", {"population": "10000"})

    assert "No margin of error" in page.content.decode()
    assert page.context["plot"] is None
    assert "between" not in page.content.decode()


def test_each_group_is_told_how_many_lack(ben: Person, sign_in: SignIn) -> None:
    words = "under 18; 2000; 10\n65 and older; 8000; 400"

    page = sign_in(ben).get(ALONE, {"population": "10000", "segments": words})

    assert [(one.wanted, one.lacking) for one in page.context["segments"]] == [(74, 64), (296, 0)]
    assert "find 64 more" in page.content.decode()


def test_what_cannot_be_reckoned_is_explained_and_stays(ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).get(ALONE, {"error": "0", "segments": "only a name"})

    assert page.status_code == 422
    assert "only a name" in page.content.decode()
    assert "n" not in page.context
