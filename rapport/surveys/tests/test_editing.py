"""The verbs with which a questionnaire is written."""

import pytest

from rapport.surveys.methods import Comparison, Kind, Question, Questionnaire, Test, editing, flaws_of
from rapport.surveys.methods.editing import NotThere, Refused
from rapport.surveys.methods.hanging import Hanging, hanging

from .garden import garden_questions


def _keys(questionnaire: Questionnaire) -> list[list[str]]:
    return [[question.key for question in page.questions] for page in questionnaire.pages]


def test_a_verb_leaves_what_was_there_as_it_was() -> None:
    garden = garden_questions()

    editing.remove(garden, "services")
    editing.add_page(garden)
    editing.retitle(garden, language="en", title="Roof", welcome="", thanks="")

    assert garden == garden_questions()


def test_a_question_is_added_at_its_place_under_a_key_of_its_own() -> None:
    new = Question(key="visits", kind=Kind.SHORT, words={"en": "Who with?"})

    changed, key = editing.add(garden_questions(), new, page="you", before="barriers")
    later, other = editing.add(garden_questions(), new, page="garden", taken={"visits2"})

    assert key == "visits2"
    assert _keys(changed)[0] == ["visits", "visits2", "barriers"]
    assert other == "visits3"
    assert _keys(later)[1] == ["services", "wish", "visits3"]


def test_a_question_on_which_another_hangs_is_not_taken_out() -> None:
    with pytest.raises(Refused) as refused:
        editing.remove(garden_questions(), "visits")

    assert {one.where for one in refused.value.hanging} == {"barriers", "wish"}  # a condition, and inserted words


def test_a_question_does_not_move_below_what_looks_at_it() -> None:
    with pytest.raises(Refused):
        editing.move(garden_questions(), "visits", page="garden")
    with pytest.raises(Refused):
        editing.step(garden_questions(), "barriers", -1)

    moved = editing.move(garden_questions(), "barriers", page="garden", before="wish")
    assert _keys(moved) == [["visits"], ["services", "barriers", "wish"]]


def test_a_step_goes_over_the_edge_of_a_page() -> None:
    garden = garden_questions()

    down = editing.step(garden, "barriers", 1)
    back = editing.step(down, "barriers", -1)

    assert _keys(down) == [["visits"], ["barriers", "services", "wish"]]
    assert back == garden
    assert editing.step(garden, "wish", 1) == garden
    assert editing.step(editing.step(garden, "services", 1), "wish", 1) == garden


def test_a_choice_that_a_condition_looks_at_stays() -> None:
    garden = garden_questions()
    garden.pages[0].questions[1].when = Test("visits", Comparison.EQUAL, "never")
    visits = garden_questions().pages[0].questions[0]
    visits.choices = visits.choices[:2]

    with pytest.raises(Refused) as refused:
        editing.replace(garden, visits)

    assert refused.value.hanging == [Hanging("barriers", "visits", "never")]


def test_what_hung_before_does_not_stand_in_the_way() -> None:
    garden = garden_questions()
    garden.pages[1].questions[0].when = Test("nobody", Comparison.ANSWERED)

    changed = editing.remove(garden, "barriers")

    assert hanging(changed) == [Hanging("services", "nobody")]


def test_a_copy_stands_below_with_its_condition() -> None:
    changed, key = editing.copy(garden_questions(), "barriers")

    twin = changed.question(key)
    assert _keys(changed)[0] == ["visits", "barriers", "barriers2"]
    assert twin is not None
    assert twin.when == Test("visits", Comparison.UNEQUAL, "weekly")
    assert not flaws_of(changed)


def test_pages_come_go_and_change_places() -> None:
    garden, key = editing.add_page(garden_questions(), {"en": "At last"})

    assert [page.key for page in editing.step_page(garden, key, -1).pages] == ["you", key, "garden"]
    assert [page.key for page in editing.step_page(garden, "you", -1).pages] == ["you", "garden", key]
    assert [page.key for page in editing.remove_page(garden, "garden").pages] == ["you", key]
    with pytest.raises(Refused):
        editing.remove_page(garden, "you")
    with pytest.raises(Refused):
        editing.retitle_page(garden, "you", title={}, when=Test("wish", Comparison.ANSWERED))


def test_a_set_takes_its_conditions_along_under_new_keys() -> None:
    asked = Question(key="visits", kind=Kind.SHORT)
    follows = Question(key="why", kind=Kind.LONG, when=Test("visits", Comparison.ANSWERED))
    alone = Question(key="what", kind=Kind.LONG, when=Test("elsewhere", Comparison.ANSWERED))

    changed = editing.add_all(garden_questions(), [asked, follows, alone], page="garden")

    why, what = changed.question("why"), changed.question("what")
    assert why is not None
    assert why.when == Test("visits2", Comparison.ANSWERED)
    assert what is not None
    assert what.when is None


def test_what_is_not_there_is_said() -> None:
    for verb in (editing.remove, editing.copy, editing.remove_page):
        with pytest.raises(NotThere):
            verb(garden_questions(), "nothing")


def test_words_come_into_a_language_and_leave_it() -> None:
    garden = editing.add_language(garden_questions(), "so")

    said = editing.translate(garden, "so", {"visits": " Imisa jeer? ", ":title": "Beerta", "nothing": "x"})
    taken_back = editing.translate(said, "so", {"visits": ""})

    assert said.pages[0].questions[0].words["so"] == "Imisa jeer?"
    assert said.title["so"] == "Beerta"
    assert "so" not in taken_back.pages[0].questions[0].words
    assert editing.leave_language(said, "so").languages == ["en", "es"]
    assert editing.leave_language(said, "en").languages == ["en", "es", "so"]


@pytest.mark.parametrize(
    ("words", "code"),
    [("Every week!", "Every_week"), ("كل أسبوع", "c"), ("3 times", "c3_times"), ("a", "a2"), ("", "c")],
)
def test_a_code_is_made_from_the_words(words: str, code: str) -> None:
    assert editing.free_code({"a"}, words) == code


def test_lines_become_rows_with_codes_of_their_own() -> None:
    lines = editing.lines("Wi-Fi\n\n Books \nBooks", "en", {"wi_fi"})

    assert [(line.key, line.words["en"]) for line in lines] == [
        ("wi_fi2", "Wi-Fi"),
        ("books", "Books"),
        ("books2", "Books"),
    ]
