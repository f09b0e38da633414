"""Real forms of others: 71 files of pyxform's own tests (BSD), of which pyxform itself refuses twelve."""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from rapport.surveys.methods import flaws_of
from rapport.surveys.methods.forms import Form, FormRefused, Reason, Remark
from rapport.surveys.methods.xlsform import read_xlsform, write_xlsform

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[4] / "shared"))
FORMS = SHARED / "data/forms_xlsform/tests"
FILES = sorted(path for path in FORMS.glob("*/*") if path.suffix != ".xml")

pytestmark = pytest.mark.skipif(not FILES, reason="needs forms_xlsform in the shared folder (RAPPORT_SHARED)")

# What is wrong with each, in the words of pyxform, and where.
KNOWN_BAD = {
    "calculate_without_calculation.xls": (Reason.NO_CALCULATION, 34),  # Missing calculation
    "duplicate_columns.xlsx": (Reason.HEADING_TWICE, 1),  # Duplicate column header: label
    "group_name_test.xls": (Reason.NO_NAME, 3),  # Question or group with no name
    "fruits.csv": (Reason.NO_TYPE_OR_NAME, 1),  # a table of fruits, and no form
    "gps.csv": (Reason.NO_WORDS, 3),  # has no label or hint
    "include.csv": (Reason.INCLUDES_ANOTHER, 4),  # This section has not been included
    "include.xls": (Reason.INCLUDES_ANOTHER, 3),
    "include.xlsx": (Reason.INCLUDES_ANOTHER, 3),
    "include_json.csv": (Reason.INCLUDES_ANOTHER, 3),
    "include_json.xls": (Reason.INCLUDES_ANOTHER, 2),
    "include_json.xlsx": (Reason.INCLUDES_ANOTHER, 2),
    "unknown_question_type.xls": (Reason.HEADING_TWICE, 1),  # 'bind:relevant', 'relevance'
}

# Forms that pyxform takes, with nothing in them that can be asked here.
NOTHING_TO_ASK = {
    "bad_calc.xlsx": Reason.NO_QUESTIONS,
    "hidden.xls": Reason.NO_QUESTIONS,
    "calculate.xls": Reason.SHOWS_CALCULATED,
    "pull_data.xlsx": Reason.SHOWS_CALCULATED,
    "gps.xls": Reason.LOCATION,
}


@cache
def _read(path: Path) -> Form | list[Remark]:
    try:
        return read_xlsform(path.read_bytes())
    except FormRefused as refused:
        return refused.remarks


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_form_is_understood_or_refused_for_its_reason(path: Path) -> None:
    found = _read(path)

    if isinstance(found, Form):
        assert path.name not in {**KNOWN_BAD, **NOTHING_TO_ASK}
        assert flaws_of(found.questionnaire) == []
        assert all(remark.sheet.lower() in {"survey", "sheet1"} for remark in found.left_out)
        assert all(remark.row for remark in found.left_out)
    elif path.name in KNOWN_BAD:
        reason, row = KNOWN_BAD[path.name]
        assert (found[0].reason, found[0].row) == (reason, row)
        assert found[0].sheet
    else:
        assert found[0].reason == NOTHING_TO_ASK[path.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_form_that_is_understood_goes_out_and_comes_home(path: Path) -> None:
    found = _read(path)
    if not isinstance(found, Form):
        return

    again = read_xlsform(write_xlsform(found.questionnaire))

    assert again.questionnaire == found.questionnaire
    assert again.left_out == []


def test_how_many_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for path in FILES:
        found = _read(path)
        is_whole = isinstance(found, Form) and not found.left_out
        counts["whole" if is_whole else "in part" if isinstance(found, Form) else "refused"] += 1

    with capsys.disabled():
        print(f"\nXLSForms: {len(FILES)}, " + ", ".join(f"{n} {how}" for how, n in counts.items()))  # noqa: T201
    assert counts == {"whole": 42, "in part": 11, "refused": 18}
