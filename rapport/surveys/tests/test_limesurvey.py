"""Files of LimeSurvey, written by hand after its published structure: with words in the rows, and apart (since 4)."""

from typing import Any
from xml.sax.saxutils import escape

import pytest

from rapport.surveys.methods import All, Comparison, Kind, Test, flaws_of
from rapport.surveys.methods.forms import Form, FormRefused, Reason
from rapport.surveys.methods.limesurvey import read_lss

Rows = list[dict[str, Any]]


def _lss(**sections: Rows) -> bytes:
    def fields(row: dict[str, Any]) -> str:
        return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in row.items())

    tables = "".join(
        f"<{name}><rows>{''.join(f'<row>{fields(row)}</row>' for row in rows)}</rows></{name}>"
        for name, rows in sections.items()
    )
    return f'<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>{tables}</document>'.encode()


def _question(qid: int, code: str, title: str, **fields: Any) -> dict[str, Any]:
    plain = {"qid": qid, "parent_qid": 0, "gid": 1, "type": code, "title": title, "question_order": qid}
    return {**plain, "question": f"<p>{title}?</p>", "language": "en", **fields}


def _row(qid: int, of: int, title: str) -> dict[str, Any]:
    return _question(qid, "T", title, parent_qid=of)


def _old(*questions: dict[str, Any], **sections: Rows) -> Form:
    """A file as LimeSurvey 3 writes it, with one group."""
    surveys = [{"sid": 1, "language": "en", "additional_languages": ""}]
    group = [{"gid": 1, "group_name": "You", "group_order": 1, "language": "en"}]
    about = [
        {
            "surveyls_language": "en",
            "surveyls_title": "The garden",
            "surveyls_welcometext": "<b>Hello</b> &amp; welcome",
        }
    ]
    return read_lss(_lss(surveys=surveys, groups=group, questions=list(questions),
                         surveys_languagesettings=about, **sections))  # fmt: skip


ANSWERS = [
    {"qid": 1, "code": "weekly", "answer": "Every week", "sortorder": 1, "language": "en"},
    {"qid": 1, "code": "never", "answer": "Never", "sortorder": 2, "language": "en"},
]


def test_a_survey_is_read_with_its_words_and_conditions() -> None:
    visits = _question(1, "L", "visits", mandatory="Y", other="Y")
    barriers = _question(2, "M", "barriers", relevance='visits.NAOK != "weekly"')
    why = _question(5, "T", "why", relevance='((barriers_far.NAOK == "Y" and !is_empty(visits.NAOK)))')
    attributes = [{"qid": 2, "attribute": "exclude_all_others", "value": "none"},
                  {"qid": 2, "attribute": "random_order", "value": "1"}]  # fmt: skip

    form = _old(visits, barriers, why, answers=ANSWERS, question_attributes=attributes,
                subquestions=[_row(3, 2, "far"), _row(4, 2, "none")])  # fmt: skip

    asked = form.questionnaire
    first, second, third = asked.questions()
    assert (asked.title, asked.welcome) == ({"en": "The garden"}, {"en": "Hello & welcome"})
    assert (first.words, first.is_required) == ({"en": "visits?"}, True)
    assert [(one.code, one.is_other) for one in first.choices] == [("weekly", False), ("never", False), ("other", True)]
    assert second.when == Test("visits", Comparison.UNEQUAL, "weekly")
    assert [(one.code, one.is_alone) for one in second.choices] == [("far", False), ("none", True)]
    assert second.is_shuffled
    assert third.when == All((Test("barriers", Comparison.INCLUDES, "far"), Test("visits", Comparison.ANSWERED)))
    assert flaws_of(asked) == []
    assert not form.left_out


def test_words_apart_in_two_languages_are_joined() -> None:
    title, wish = {"en": "You", "ar": "أنت"}, {"en": "A wish", "ar": "أمنية"}
    question = {"qid": 1, "parent_qid": 0, "gid": 1, "type": "S", "title": "wish", "question_order": 1}
    content = _lss(
        surveys=[{"sid": 1, "language": "en", "additional_languages": "ar"}],
        groups=[{"gid": 1, "group_order": 1}],
        group_l10ns=[{"gid": 1, "group_name": said, "language": code} for code, said in title.items()],
        questions=[question],
        question_l10ns=[{"qid": 1, "question": said, "language": code} for code, said in wish.items()],
    )

    asked = read_lss(content).questionnaire

    assert asked.languages == ["en", "ar"]
    assert asked.pages[0].title == title
    assert next(asked.questions()).words == wish


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("L", Kind.SINGLE), ("!", Kind.SINGLE), ("Y", Kind.SINGLE), ("G", Kind.SINGLE), ("M", Kind.MULTIPLE),
        ("R", Kind.RANKING), ("5", Kind.SCALE), ("N", Kind.NUMBER), ("D", Kind.DATE), ("S", Kind.SHORT),
        ("T", Kind.LONG),
        ("U", Kind.LONG), ("A", Kind.GRID), ("B", Kind.GRID), ("X", Kind.INFORMATION), ("C", Kind.INFORMATION),
        ("F", Kind.INFORMATION),
    ],
)  # fmt: skip
def test_each_type_has_its_kind(code: str, kind: Kind) -> None:
    form = _old(_question(1, code, "q"), _question(9, "S", "more"), answers=ANSWERS, subquestions=[_row(2, 1, "row")])

    questions = list(form.questionnaire.questions())

    assert questions[0].kind == kind
    assert flaws_of(form.questionnaire) == []


def test_a_table_of_steps_is_a_grid_and_its_rows_can_be_asked_about() -> None:
    steps = [{"qid": 1, "code": f"A{n}", "answer": f"step {n}", "sortorder": n, "language": "en"} for n in (1, 2, 3)]
    after = _question(5, "S", "why", relevance='services_wifi.NAOK == "A1"')

    form = _old(_question(1, "F", "services"), after, answers=steps, subquestions=[_row(2, 1, "wifi")])

    grid, why = form.questionnaire.questions()
    assert (grid.kind, grid.low, grid.high, grid.ends["2"]) == (Kind.GRID, 1, 3, {"en": "step 2"})
    assert why.when == Test("services.wifi", Comparison.EQUAL, "1")


def test_what_cannot_be_asked_is_named_with_its_group() -> None:
    photo, after = _question(1, "|", "photo"), _question(2, "S", "after", relevance="count(photo) > 2")

    form = _old(photo, after, _question(3, "S", "wish"))

    assert [(one.sheet, one.name, one.reason) for one in form.left_out] == [
        ("You", "photo", Reason.UPLOAD),
        ("You", "after", Reason.CONDITION),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"<a", b"<document/>", b"<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>',
    ],
)  # fmt: skip
def test_what_is_no_survey_is_refused(content: bytes) -> None:
    with pytest.raises(FormRefused):
        read_lss(content)
