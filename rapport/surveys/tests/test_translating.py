"""Another language: side by side, and as a table that goes out and comes back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from conftest import SignIn
from rapport.people.models import Person
from rapport.surveys.methods import Questionnaire
from rapport.surveys.methods.translating import read_translation
from rapport.surveys.models import Survey

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person) -> Survey:
    return Survey.objects.begin(garden_questions(), by=ben)


@pytest.fixture
def client(ben: Person, sign_in: SignIn) -> Client:
    return sign_in(ben)


def _written(survey: Survey) -> Questionnaire:
    edition = survey.editions.last()
    assert edition is not None
    return edition.questionnaire


def _address(survey: Survey, rest: str = "es/") -> str:
    return f"/desk/surveys/{survey.pk}/words/{rest}"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("so", "so"), ("ZH-hans", "zh-Hans"), ("pt-br", "pt-BR"), ("en-x-easy", "en-x-easy"), ("ar", "ar")],
)
def test_any_language_may_be_added(typed: str, code: str, garden: Survey, client: Client) -> None:
    answer = client.post(_address(garden, ""), {"language": typed})

    assert answer["Location"] == _address(garden, f"{code}/")
    assert _written(garden).languages == ["en", "es", code]


def test_what_is_no_language_is_refused_and_stays_in_the_field(garden: Survey, client: Client) -> None:
    answer = client.post(_address(garden, ""), {"language": "Somali, please"})

    assert answer.status_code == 422
    assert "Somali, please" in answer.text


def test_words_stand_side_by_side_and_what_is_missing_is_counted(garden: Survey, client: Client) -> None:
    before = client.get(_address(garden)).context["missing"]

    page = client.post(_address(garden), {"wbarriers": "¿Qué le impide venir?", "wvisits": ""}, follow=True)

    assert page.context["missing"] == before  # one came, one went
    assert _written(garden).pages[0].questions[1].words["es"] == "¿Qué le impide venir?"
    assert "es" not in _written(garden).pages[0].questions[0].words


def test_arabic_runs_from_right_to_left(garden: Survey, client: Client) -> None:
    client.post(_address(garden, ""), {"language": "ar"})

    page = client.get(_address(garden, "ar/")).text

    assert 'lang="ar" dir="rtl"' in page


def test_a_language_is_left_out_and_its_words_wait(garden: Survey, client: Client) -> None:
    client.post(_address(garden, "es/removal/"))

    assert _written(garden).languages == ["en"]
    assert _written(garden).title["es"] == "El jardín de lectura"
    assert client.get(_address(garden)).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_goes_out_and_comes_back(kind: str, garden: Survey, client: Client) -> None:
    answer = client.get(_address(garden, "es/table/"), {"export": kind})
    table = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(table))
        for row in book.active.iter_rows(min_row=2):
            row[3].value = f"ES {row[2].value}"
        file = io.BytesIO()
        book.save(file)
        table = file.getvalue()
    else:
        table = table.replace(b"What keeps you away?,", "What keeps you away?,¿Qué le impide venir?".encode())

    report = client.post(_address(garden, "es/upload/"), {"file": SimpleUploadedFile(f"words.{kind}", table)})
    told = report.context["report"]
    unchanged = _written(garden) == garden_questions()
    client.post(_address(garden), {f"w{name}": said for name, said in told.said.items()})

    assert unchanged
    assert not told.unknown
    assert "barriers" in told.new
    assert _written(Survey.objects.get()).pages[0].questions[1].words["es"] in {
        "¿Qué le impide venir?",
        "ES What keeps you away?",
    }


def test_what_cannot_be_taken_is_reported() -> None:
    rows = [
        (2, "wish", "¿Cómo?"),
        (3, "nobody", "Nadie"),
        (4, "barriers", ""),
        (5, "visits", "¿Con qué frecuencia viene?"),
    ]

    read = read_translation(garden_questions(), "es", rows)

    assert read.changed == {"wish": ("¿Cómo debería ser el jardín?", "¿Cómo?")}
    assert read.unknown == [(3, "nobody")]
    assert read.lost == [(2, "wish", "visits")]
    assert (read.same, read.empty) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [("words.csv", b"a,b\n1,2\n"), ("words.xlsx", b"not a workbook"), ("words.csv", b"")],
)
def test_a_file_that_is_no_table_of_words_is_refused(name: str, content: bytes, garden: Survey, client: Client) -> None:
    answer = client.post(_address(garden, "es/upload/"), {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert _written(garden) == garden_questions()
