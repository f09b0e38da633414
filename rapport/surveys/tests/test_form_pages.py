import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from rapport.people.models import Person
from rapport.surveys.methods import Kind
from rapport.surveys.methods.forms import FormRefused, Reason
from rapport.surveys.methods.forms.books import MOST_ROWS
from rapport.surveys.methods.xlsform import read_xlsform, write_xlsform
from rapport.surveys.models import Survey

from .garden import garden_questions

START = "surveys:desk-form-import"


def _form(*survey: list[str], choices: list[list[str]] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = " Survey"
    for row in survey:
        sheet.append(row)
    listed = book.create_sheet("choices")
    for row in choices or []:
        listed.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _kept(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_form_becomes_a_survey_once_it_was_looked_at(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(ben)
    file = SimpleUploadedFile("garden.xlsx", write_xlsform(garden_questions()))

    page = client.post(reverse(START), {"file": file, "language": "en"}).content.decode()
    before = Survey.objects.count()
    client.post(reverse("surveys:desk-form-survey"), {"kept": _kept(page)})

    survey = Survey.objects.get()
    assert before == 0
    assert survey.draft(by=ben).questionnaire == garden_questions()


def test_what_cannot_be_asked_is_shown_before(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    content = _form(["type", "name", "label"], ["text", "wish", "A wish"], ["image", "photo", "A photo"])
    file = SimpleUploadedFile("form.xlsx", content)

    page = sign_in(ben).post(reverse(START), {"file": file, "language": "en"}).content.decode()

    assert "row 3, photo" in page
    assert "Make a survey without what is left out" in page


def test_a_form_that_must_be_mended_is_refused(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    file = SimpleUploadedFile("form.xlsx", _form(["type", "name", "label"], ["text", "", "A wish"]))

    answer = sign_in(ben).post(reverse(START), {"file": file, "language": "en"})

    assert answer.status_code == 422
    assert "It has no name." in answer.content.decode()


def test_nobody_slips_another_form_in(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    sign_in(ben).post(reverse("surveys:desk-form-survey"), {"kept": "made:up"})

    assert not Survey.objects.exists()


def test_the_form_goes_out_to_tablets(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    survey = Survey.objects.begin(garden_questions(), by=ben)

    answer = sign_in(ben).get(reverse("surveys:desk-form-export", args=[survey.pk]), {"file": "xlsx"})

    assert read_xlsform(answer.content).questionnaire == garden_questions()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no book", b"name,name_key\nmango,Mango\n"],
)
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(FormRefused):
        read_xlsform(content)


def test_a_form_without_end_is_refused() -> None:
    table = "survey\n,type,name,label\n" + ",text,a,A\n" * (MOST_ROWS + 1)

    with pytest.raises(FormRefused) as refused:
        read_xlsform(table.encode())

    assert refused.value.remarks[0].reason == Reason.TOO_LARGE


def test_a_table_of_steps_is_a_grid() -> None:
    content = _form(
        ["TYPE ", " Name", "label::English (en)", "label::Español", "Appearance"],
        ["begin group", "services", "How good?", "¿Qué tal?", "table-list"],
        ["select_one good", "wifi", "Wi-Fi", "Wifi"],
        ["select_one good", "desk-help", "Help", "Ayuda"],
        ["end group"],
        ["text", "more", "More?", "¿Más?"],
        choices=[["list name", "name", "label::English (en)"], ["good", "1", "bad"], ["good", "2", "good"]],
    )

    grid = next(read_xlsform(content).questionnaire.questions())

    assert (grid.kind, grid.low, grid.high) == (Kind.GRID, 1, 2)
    assert [(line.key, line.words) for line in grid.rows] == [
        ("wifi", {"en": "Wi-Fi", "es": "Wifi"}),
        ("desk_help", {"en": "Help", "es": "Ayuda"}),
    ]
    assert grid.ends == {"1": {"en": "bad"}, "2": {"en": "good"}}
