import datetime
import io
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from rapport.lib.exports import csv_lines, safe_cell, write_xlsx


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "|calc", "%0A"])
def test_text_never_becomes_a_formula(evil: str) -> None:
    assert str(safe_cell(evil)).startswith("'")


@pytest.mark.parametrize("value", [-5, 3.2, Decimal("1.10"), True, None, "a-b", "2 = 2", "", datetime.date(2026, 1, 1)])
def test_numbers_dates_and_plain_text_stay(value: object) -> None:
    assert safe_cell(value) == value


def test_moments_are_those_of_the_library() -> None:
    at = datetime.datetime(2026, 7, 1, 10, tzinfo=datetime.UTC)

    with timezone.override("Europe/Zurich"):
        assert safe_cell(at) == datetime.datetime(2026, 7, 1, 12)


def test_csv_keeps_commas_lines_and_letters_of_all_scripts() -> None:
    text = "".join(csv_lines(["words"], [["a, b\nc"], ["الظل"]]))

    assert text == '\ufeffwords\r\n"a, b\nc"\r\nالظل\r\n'


def test_xlsx_takes_what_a_sheet_cannot_hold() -> None:
    file = io.BytesIO()

    write_xlsx(file, "Voices/2026", ["words"], [["bell \x07"], ["x" * 40_000], ["=cmd|' /C calc'!A0"]])

    sheet = load_workbook(file).active
    values = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert values[0] == "bell "
    assert len(values[1]) == 32_767
    assert values[2].startswith("'=")
