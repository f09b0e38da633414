import io
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from rapport.surveys.methods import Choice, Kind, Line, Page, Question, Questionnaire, as_json
from rapport.surveys.methods.xlsform import lost_in_xlsform, read_xlsform, write_xlsform

from .by_chance import questionnaires
from .garden import garden_questions


def _xform(content: bytes) -> str:
    """The form as ODK's own converter understands it. Raises PyXFormError."""
    converted: Any = convert(io.BytesIO(content), validate=False, warnings=[], file_type=".xlsx")
    return str(converted.xform)


@settings(max_examples=25, deadline=None)
@given(questionnaires())
def test_what_we_write_is_taken_by_odk_and_reads_back_as_it_was(asked: Questionnaire) -> None:
    content = write_xlsform(asked)

    form = read_xlsform(content)

    assert _xform(content)
    assert as_json(form.questionnaire) == as_json(asked)
    assert not form.left_out


def test_the_garden_goes_out_and_comes_home() -> None:
    content = write_xlsform(garden_questions(), "garden")

    form, xform = read_xlsform(content), _xform(content)

    assert form.questionnaire == garden_questions()
    assert not form.notes
    assert 'lang="Spanish (es)"' in xform
    assert "${" not in xform
    assert "selected(., 'none') and count-selected(.) > 1" in xform.replace("&gt;", ">")


def test_words_that_look_like_a_formula_stay_words() -> None:
    risky = Question(key="a", kind=Kind.SHORT, words={"en": "=1+1"})
    asked = Questionnaire(title={"en": "+cmd"}, pages=[Page(key="p", questions=[risky])])

    content = write_xlsform(asked)

    cells = [cell for row in load_workbook(io.BytesIO(content))["survey"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert read_xlsform(content).questionnaire == asked


@pytest.mark.parametrize("kind", [Kind.SCALE, Kind.GRID, Kind.SMILEY])
def test_a_step_whose_words_are_its_number_keeps_them(kind: Kind) -> None:
    question = Question(key="a", kind=kind, words={"en": "How?"}, ends={"1": {"en": "1"}, "5": {"en": "Good"}})
    question.rows = [Line(key="wifi")] if kind == Kind.GRID else []
    asked = Questionnaire(pages=[Page(key="p", questions=[question])])

    assert read_xlsform(write_xlsform(asked)).questionnaire.question("a") == question


def test_a_page_and_a_question_of_one_name_are_told_apart() -> None:
    asked = garden_questions()
    asked.pages[0].key = "visits"

    content = write_xlsform(asked)

    assert _xform(content)
    assert read_xlsform(content).questionnaire == asked


@pytest.mark.parametrize("kind", [Kind.SMILEY, Kind.PLACE, Kind.PICTURE])
def test_what_people_will_see_otherwise_in_odk_is_said(kind: Kind) -> None:
    question = Question(key="a", kind=kind, words={"en": "Which?"}, choices=[Choice(code="x")])
    asked = Questionnaire(pages=[Page(key="p", questions=[question])])

    assert [(remark.name, remark.about) for remark in lost_in_xlsform(asked)] == [("a", kind)]
