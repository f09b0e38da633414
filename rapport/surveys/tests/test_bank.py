"""What ships with the house is whole in its three languages, and sound."""

import pytest

from conftest import SignIn
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.bank.sets import SETS, at_home
from rapport.surveys.bank.starters import STARTERS, Starter
from rapport.surveys.bank.writing import LANGUAGES, QuestionSet
from rapport.surveys.methods import Page, Questionnaire, as_json, flaws_of, from_json
from rapport.surveys.models import BankQuestion, Survey

from .garden import garden_questions


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.slug)
def test_a_set_is_complete_in_every_language(one: QuestionSet, riverside: Branch) -> None:
    whole = Questionnaire(pages=[Page(key="page", questions=[at_home(question) for question in one.questions])])

    assert flaws_of(whole) == []
    assert from_json(as_json(whole)) == whole
    for language in LANGUAGES:
        assert whole.missing_words(language) == []
        assert not [name for name, words in whole.all_words() if words and not words.get(language, "").strip()]


def test_the_arabic_is_arabic_and_no_two_languages_say_the_same() -> None:
    for one in SETS:
        for question in one.questions:
            for name, words in question.all_words():
                if words:
                    assert any("\u0600" <= letter <= "\u06ff" for letter in words["ar"]), name
                    assert words["en"] != words["es"] or words["en"] == "No" or len(words["en"]) < 4, name


@pytest.mark.parametrize("one", [one for one in STARTERS if one.sets], ids=lambda one: one.slug)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_can_be_opened_as_it_is(one: Starter, language: str, riverside: Branch) -> None:
    made = one.questionnaire(language)

    assert flaws_of(made) == []
    assert made.languages[0] == language
    assert [made.missing_words(code) for code in made.languages] == [[], [], []]


def test_places_are_where_the_branches_are(riverside: Branch) -> None:
    made = next(one for one in STARTERS if one.slug == "needs").questionnaire("en")
    question = made.question("neighbourhood")

    assert question is not None
    assert [(choice.code, choice.band) for choice in question.choices] == [
        ("riverside", "riverside"),
        ("rather_not", ""),
    ]


def test_questions_about_oneself_may_always_be_left_out() -> None:
    about = next(one for one in SETS if one.slug == "about")
    asked = [question for question in about.questions if question.asks]

    assert not any(question.is_required for question in asked)
    assert all(question.choice("rather_not") for question in asked)
    assert {question.dimension for question in asked} == {"age", "language", "household", "neighbourhood", "card"}


@pytest.fixture
def garden(ben: Person) -> Survey:
    return Survey.objects.begin(garden_questions(), by=ben)


def test_a_set_and_a_question_come_into_a_survey(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    address = f"/desk/surveys/{garden.pk}/from-bank/"

    client.post(address, {"which": "barriers", "page": "garden"})
    client.post(address, {"which": "needs:gift", "page": "you"})

    keys = [[question.key for question in page.questions] for page in garden.draft(by=ben).questionnaire.pages]
    assert keys == [["visits", "barriers", "gift"], ["services", "wish", "visits2", "barriers2", "barriers_change"]]
    assert client.post(address, {"which": "needs:nothing"}).status_code == 404
    assert client.post(address, {"which": "999"}).status_code == 404


def test_a_question_is_kept_for_another_survey(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)

    client.post("/desk/question-bank/questions/", {"survey": garden.pk, "key": "barriers"})
    kept = BankQuestion.objects.get()
    found = client.get("/desk/question-bank/", {"q": "keeps you away"}).text
    nothing = client.get("/desk/question-bank/", {"q": "submarine"}).text
    client.post(f"/desk/surveys/{garden.pk}/from-bank/", {"which": kept.pk})

    assert kept.question.when is None
    assert str(kept) in found
    assert "Nothing has these words" in nothing
    assert garden.draft(by=ben).questionnaire.question("barriers2") is not None


def test_the_bank_is_found_by_words_of_any_language(garden: Survey, ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/desk/question-bank/", {"q": "estacionamiento"})

    assert {one.slug for one, _lines in page.context["sets"]} == {"barriers", "non_users"}
