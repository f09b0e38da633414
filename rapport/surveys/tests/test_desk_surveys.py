"""The desk's pages of surveys: the list, a new one, and its life."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conftest import SignIn
from rapport.listening.models import Channel
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.surveys.models import Response, Survey, SurveyState

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Survey:
    return Survey.objects.begin(garden_questions(), by=ben, branch=riverside, purpose="What the garden will be")


@pytest.fixture
def hilltop(db: None) -> Branch:
    return Branch.objects.create(slug="hilltop", name="Hilltop")


def _page(survey: Survey, name: str = "desk-survey") -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_the_list_shows_state_and_answers(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.open(by=ben)
    for _n in range(3):
        Response.objects.take(garden, {}, edition=garden.edition, channel=Channel.PAPER, language="en")  # type: ignore[arg-type]

    client = sign_in(ben)
    page = client.get(reverse("surveys:desk-surveys"), {"state": "open"})
    file = b"".join(client.get(reverse("surveys:desk-surveys"), {"export": "csv"}).streaming_content).decode()

    assert [row.answers for row in page.context["listing"].rows] == [3]
    assert "What the garden will be" in file
    assert not client.get(reverse("surveys:desk-surveys"), {"state": "draft"}).context["listing"].rows


def test_a_survey_is_in_one_state(garden: Survey, ben: Person) -> None:
    today = timezone.localdate()
    seen = [garden.state]
    garden.open(by=ben)
    for opens, closes in [(None, None), (today + timedelta(1), None), (None, today - timedelta(1))]:
        garden.opens_on, garden.closes_on = opens, closes
        garden.save()
        seen.append(garden.state)
        assert [state for state in SurveyState if Survey.objects.in_state(state).exists()] == [garden.state]

    assert seen == [SurveyState.DRAFT, SurveyState.OPEN, SurveyState.WAITING, SurveyState.OVER]


def test_the_list_asks_the_database_as_often_for_many_as_for_few(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    client.get(reverse("surveys:desk-surveys"))
    counts = []
    for more in (0, 9):
        for _n in range(more):
            garden.copy(by=ben, branch=garden.branch)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("surveys:desk-surveys"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_survey_begins_from_nothing_or_from_another(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    said = {"start": "blank", "title": "The roof", "language": "en", "purpose_en": "What grows there"}

    client.post(reverse("surveys:desk-new"), said)
    client.post(reverse("surveys:desk-new"), said | {"title": "The garden again", "copy": garden.pk, "purpose_en": ""})

    roof, again = Survey.objects.get(slug="the-roof"), Survey.objects.get(slug="the-garden-again")
    assert not list(roof.draft(by=ben).questionnaire.questions())
    assert str(roof.purpose) == "What grows there"
    assert [question.key for question in again.draft(by=ben).questionnaire.questions()] == [
        question.key for question in garden_questions().questions()
    ]
    assert str(again.purpose) == "What the garden will be"
    assert again.loop != garden.loop


def test_whoever_writes_for_one_branch_writes_for_that_branch(
    riverside: Branch, hilltop: Branch, sign_in: SignIn
) -> None:
    rosa = Person.objects.create_user("rosa@example.org", name="Rosa")
    rosa.appoint(Role.PROGRAMMER, by=None, branch=riverside)

    answer = sign_in(rosa).post(
        reverse("surveys:desk-new"), {"start": "blank", "title": "Ours", "language": "en", "branch": hilltop.pk}
    )

    assert answer.status_code == 422
    assert "Ours" in answer.text
    assert not Survey.objects.exists()


def test_what_belongs_to_another_branch_is_not_there(garden: Survey, hilltop: Branch, sign_in: SignIn) -> None:
    hilda = Person.objects.create_user("hilda@example.org", name="Hilda")
    hilda.appoint(Role.PROGRAMMER, by=None, branch=hilltop)
    client = sign_in(hilda)

    assert client.get(_page(garden)).status_code == 404
    assert client.post(_page(garden, "survey-opening")).status_code == 404
    assert not client.get(reverse("surveys:desk-surveys")).context["listing"].rows


def test_it_opens_closes_and_opens_again_with_the_reasons_kept(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    client.post(_page(garden, "survey-opening"))
    client.post(_page(garden, "survey-closing"), {"why": "Enough answers"})
    closed = Survey.objects.get().state
    without_why = client.post(_page(garden, "survey-reopening"), {"closes_on": "2001-01-01"})
    client.post(_page(garden, "survey-reopening"), {"why": "The school asked"})

    survey = Survey.objects.get()
    page = client.get(_page(garden)).text
    assert closed == SurveyState.OVER
    assert without_why.status_code == 422
    assert survey.state == SurveyState.OPEN
    assert "The school asked" in page
    assert "Enough answers" in page


def test_a_survey_without_questions_stays_closed_and_says_so(ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    client.post(reverse("surveys:desk-new"), {"start": "blank", "title": "Roof", "language": "en"})
    survey = Survey.objects.get()

    page = client.post(_page(survey, "survey-opening"), follow=True)

    assert "cannot be opened yet" in page.text
    assert survey.state == SurveyState.DRAFT


def test_the_overview_says_what_changed_between_editions(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.open(by=ben)
    better = garden_questions()
    better.pages[0].questions[0].words["en"] = "How often do you visit us?"
    garden.draft(by=ben).write(better)
    garden.publish(by=ben, note="Shorter")

    page = sign_in(ben).get(_page(garden)).text

    assert "“How often do you visit us?” is said differently and means the same" in page
    assert "Shorter" in page


def test_today_shows_what_ends_soon_and_what_nobody_answers(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    garden.open(by=ben, at=timezone.now() - timedelta(days=9))
    client = sign_in(ben)

    quiet = client.get("/desk/").text
    Survey.objects.update(closes_on=timezone.localdate() + timedelta(days=2))
    ending = client.get("/desk/").text

    assert "nobody has answered for five days" in quiet
    assert "takes answers until" in ending


def test_frontline_staff_see_it_and_have_nothing_to_press(garden: Survey, desk: Person, sign_in: SignIn) -> None:
    client = sign_in(desk)

    page = client.get(_page(garden))

    assert page.status_code == 200
    assert "survey-opening" not in page.text
    assert "/opening/" not in page.text
    assert client.post(_page(garden, "survey-opening")).status_code == 403
