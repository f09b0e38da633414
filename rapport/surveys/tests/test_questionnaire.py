import json
from dataclasses import replace

import pytest

from rapport.surveys.methods import (
    All,
    AnyOf,
    Choice,
    Comparison,
    Complaint,
    Fault,
    Flaw,
    Flawed,
    Kind,
    Not,
    Page,
    Question,
    Questionnaire,
    Raw,
    Test,
    answered,
    answered_page,
    as_json,
    asked_only,
    changes,
    check,
    choices_for,
    columns_of,
    condition_as_json,
    condition_from_json,
    flaws_of,
    from_json,
    holds,
    joined,
    names_in,
    pages_for,
    piped,
    say,
)

from .garden import garden_questions


def test_a_questionnaire_is_the_same_after_it_was_written_down() -> None:
    garden = garden_questions()

    kept = json.loads(json.dumps(as_json(garden)))

    assert from_json(kept) == garden


def test_what_is_no_questionnaire_is_refused() -> None:
    with pytest.raises(ValueError, match="has no colour"):
        from_json({"colour": "green"})


def test_each_answer_has_a_column() -> None:
    names = [column.name for column in columns_of(garden_questions())]

    assert names == [
        "visits", "barriers", "barriers.other", "services.wifi.importance", "services.wifi.performance",
        "services.books.importance", "services.books.performance", "wish",
    ]  # fmt: skip


def test_words_come_in_the_next_best_language() -> None:
    title = {"en": "Garden", "es": "Jardín"}

    assert say(title, "es-x-easy") == "Jardín"
    assert say(title, "so") == "Garden"
    assert garden_questions().missing_words("es")[:2] == ["visits:why", "barriers"]


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({}, Complaint("visits", Fault.REQUIRED)),
        ({"visits": ["daily"]}, Complaint("visits", Fault.NOT_A_CHOICE, "daily")),
        ({"visits": ["never"], "barriers": ["none", "far"]}, Complaint("barriers", Fault.NOT_ALONE, "none")),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_place(raw: Raw, complaint: Complaint) -> None:
    page = garden_questions().pages[0]

    assert answered_page(page, raw, {}).complaints == [complaint]


def test_a_question_hangs_on_the_one_above_it() -> None:
    page = garden_questions().pages[0]
    away = {"barriers": ["far", "other"], "barriers.other": ["The dog"]}

    comes = answered_page(page, {"visits": ["weekly"], **away}, {})
    stays = answered_page(page, {"visits": ["never"], **away}, {})

    assert comes.row == {"visits": "weekly"}
    assert stays.row == {"visits": "never", "barriers": ["far", "other"], "barriers.other": "The dog"}


def test_answers_to_what_is_not_asked_any_more_are_dropped() -> None:
    row = {"visits": "weekly", "barriers": ["far"], "wish": "Shade"}

    assert asked_only(garden_questions(), row) == {"visits": "weekly", "wish": "Shade"}


def test_a_grid_takes_steps_and_what_does_not_apply() -> None:
    raw = {"visits": ["weekly"], "services.wifi.importance": ["5"], "services.books.performance": ["na"]}

    checked = answered(garden_questions(), raw)

    assert not checked.complaints
    assert checked.row["services.wifi.importance"] == 5
    assert checked.row["services.books.performance"] == "na"


@pytest.mark.parametrize(
    ("question", "said", "taken"),
    [
        (Question(key="n", kind=Kind.NUMBER, least="1", most="9"), "7", 7),
        (Question(key="n", kind=Kind.NUMBER, is_whole=False), "2,5", 2.5),
        (Question(key="n", kind=Kind.NUMBER), "2.5", Fault.NOT_WHOLE),
        (Question(key="n", kind=Kind.NUMBER), "many", Fault.NOT_A_NUMBER),
        (Question(key="n", kind=Kind.NUMBER), "nan", Fault.NOT_A_NUMBER),
        (Question(key="n", kind=Kind.NUMBER), "1e400", Fault.NOT_A_NUMBER),
        (Question(key="n", kind=Kind.NUMBER, most="9"), "10", Fault.TOO_LARGE),
        (Question(key="n", kind=Kind.DATE, least="2026-01-01"), "2026-03-01", "2026-03-01"),
        (Question(key="n", kind=Kind.DATE, least="2026-01-01"), "2025-03-01", Fault.TOO_EARLY),
        (Question(key="n", kind=Kind.DATE), "yesterday", Fault.NOT_A_DATE),
        (Question(key="n", kind=Kind.SHORT, most="3"), "four", Fault.TOO_LONG),
        (Question(key="n", kind=Kind.CONSENT), "yes", True),
        (Question(key="n", kind=Kind.CONSENT, is_required=True), "no", Fault.REQUIRED),
        (Question(key="n", kind=Kind.SCALE, high=10), "10", 10),
        (Question(key="n", kind=Kind.SCALE), "6", Fault.NOT_A_CHOICE),
        (Question(key="n", kind=Kind.INFORMATION), "x", None),
    ],
)
def test_each_kind_takes_its_answers(question: Question, said: str, taken: object) -> None:
    checked = check(question, {"n": [said]})

    found = checked.complaints[0].fault if checked.complaints else checked.row.get("n")
    assert found == taken


@pytest.mark.parametrize(
    ("raw", "order"),
    [
        ({"n": ["b", "a"]}, ["b", "a"]),
        ({"n.a": ["2"], "n.b": ["1"], "n.c": ["3"]}, ["b", "a", "c"]),
        ({"n.a": ["1"], "n.b": ["1"]}, Fault.TWICE),
    ],
)
def test_a_ranking_is_taken_in_order_or_by_ranks(raw: Raw, order: object) -> None:
    question = Question(key="n", kind=Kind.RANKING, choices=[Choice(code=code) for code in "abc"])

    checked = check(question, raw)

    assert (checked.complaints[0].fault if checked.complaints else checked.row["n"]) == order


def test_a_rule_of_its_own_is_held() -> None:
    few_or_big = AnyOf((Test(".", Comparison.LESS, "9"), Test("big", Comparison.EQUAL, "yes")))
    children = Question(key="children", kind=Kind.NUMBER, must=few_or_big)

    assert check(children, {"children": ["12"]}).complaints == [Complaint("children", Fault.MUST)]
    assert not check(children, {"children": ["12"]}, {"big": True}).complaints


def test_conditions_read_as_they_were_written() -> None:
    condition = All((Test("a", Comparison.AT_LEAST, "3"), Not(Test("b", Comparison.INCLUDES, "x"))))

    assert condition_from_json(condition_as_json(condition)) == condition
    assert holds(condition, {"a": 3, "b": ["y"]})
    assert not holds(condition, {"a": 3, "b": ["x", "y"]})
    assert not holds(condition, {"b": ["y"]})  # nothing is at least three


def test_shuffled_choices_keep_other_and_none_last_and_stay_for_one_person() -> None:
    barriers = garden_questions().question("barriers")
    assert barriers is not None

    orders = {tuple(choice.code for choice in choices_for(barriers, {}, seed)) for seed in "abcdefgh"}

    assert {order[2:] for order in orders} == {("other", "none")}
    assert len(orders) == 2
    assert choices_for(barriers, {}, "a") == choices_for(barriers, {}, "a")


def test_answers_are_said_again_in_words() -> None:
    garden = garden_questions()
    wish = garden.question("wish")
    assert wish is not None

    assert piped(wish.words, garden, {"visits": "weekly"}, "en").startswith("You come Every week.")
    assert piped({"en": "{nobody} {visits}"}, garden, {}, "en") == "{nobody} "


def test_a_page_with_nothing_to_ask_is_not_shown() -> None:
    garden = garden_questions()
    garden.pages[1].when = Test("visits", Comparison.EQUAL, "weekly")

    assert [page.key for page in pages_for(garden, {"visits": "never"})] == ["you"]
    assert [page.key for page in pages_for(garden, {"visits": "weekly"})] == ["you", "garden"]


def test_what_cannot_be_asked_is_named() -> None:
    garden = garden_questions()
    garden.pages[0].questions[0].when = Test("wish", Comparison.ANSWERED)
    garden.pages[1].questions += [Question(key="visits", kind=Kind.RANKING, words={"en": "Again"})]

    found = flaws_of(garden)

    assert Flawed("visits", Flaw.ASKS_LATER, "wish") in found
    assert Flawed("visits", Flaw.KEY_TWICE) in found
    assert Flawed("visits", Flaw.NO_CHOICES) in found
    assert flaws_of(garden_questions()) == []
    assert flaws_of(Questionnaire(pages=[Page(key="a")])) == [Flawed("", Flaw.NO_QUESTIONS)]


def test_answers_to_two_editions_are_joined_where_the_meaning_stayed() -> None:
    before, after = garden_questions(), garden_questions()
    visits, wish = after.questions().__next__(), after.pages[1].questions[1]
    visits.words = {"en": "How often do you visit us?"}
    after.pages[1].questions[1] = replace(wish, words={"en": "What should the roof be?"}, meaning=2)

    whole = joined([before, after])

    assert [(change.key, change.what) for change in changes(before, after)] == [
        ("visits", "reworded"),
        ("wish", "changed"),
    ]
    assert [question.key for question in whole.pages[1].questions] == ["services", "wish", "wish@1"]
    assert names_in(whole, before)["wish"] == "wish@1"
    assert names_in(whole, after)["wish"] == "wish"
