"""Answers out of tables: which column is what, what each row says, and each taken once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from rapport.lib import tables
from rapport.lib.tables import UnreadableTable
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.methods import Choice, Comparison, Kind, Page, Question, Questionnaire, Test, condition_as_json
from rapport.surveys.methods.answers import DATE, KEY, Read, SavTable, guess, read_rows
from rapport.surveys.models import AnswerFile, Survey

from .garden import garden_questions

ODK = (
    "SubmissionDate,you-visits,you-barriers,you/barriers.other,garden-services-wifi-importance,wish,instanceID\n"
    "2026-03-01T10:00:00.000Z,weekly,,,5,Shade,uuid:1\n"
    "2026-03-02T10:00:00.000Z,never,far other,No bus,na,,uuid:2\n"
)


def _upload(text: str, name: str = "answers.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def _rows(text: str, questionnaire: Questionnaire | None = None) -> list[Any]:
    lines = [line.split(",") for line in text.splitlines()]
    cells = [(n, dict(zip(lines[0], line, strict=True))) for n, line in enumerate(lines[1:], 2)]
    questionnaire = questionnaire or garden_questions()
    return list(read_rows(cells, Read(questionnaire, guess(lines[0], questionnaire), "digest")))


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def test_columns_are_known_by_names_of_many_programs() -> None:
    headings = [
        "SubmissionDate",
        "you/visits",
        "barriers/hours",
        "barriers/Something else",
        "services[wifi][importance]",
        "You come {visits}. What should the garden be?",
        "meta/instanceID",
        "device",
    ]

    match = guess(headings, garden_questions())

    assert list(match.targets.values()) == [
        DATE, "visits", "barriers=hours", "barriers=other", "services.wifi.importance", "wish", KEY, "",
    ]  # fmt: skip


def test_several_choices_written_twice_are_read_once() -> None:
    match = guess(["barriers", "barriers/hours", "barriers/far"], garden_questions())

    assert list(match.targets.values()) == ["barriers", "", ""]


def test_rows_of_odk_are_read() -> None:
    first, second = _rows(ODK)

    assert first.row == {"visits": "weekly", "services.wifi.importance": 5, "wish": "Shade"}
    assert second.row == {
        "visits": "never", "barriers": ["far", "other"], "barriers.other": "No bus", "services.wifi.importance": "na",
    }  # fmt: skip
    assert str(first.day) == "2026-03-01"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("visits,barriers/hours,barriers/far\nnever,1,0", {"visits": "never", "barriers": ["hours"]}),
        ("visits,barriers/hours,barriers/other\nNever,Y,The dog",
         {"visits": "never", "barriers": ["hours", "other"], "barriers.other": "The dog"}),
        ("visits,barriers\nNunca,It is too far; Something else", {"visits": "never", "barriers": ["far", "other"]}),
        ("visits,services[books][performance]\nweekly,5.0", {"visits": "weekly", "services.books.performance": 5}),
    ],
)  # fmt: skip
def test_choices_are_known_by_code_and_by_words(table: str, row: dict[str, object]) -> None:
    (read,) = _rows(table)

    assert read.row == row
    assert read.is_sound


def test_a_ranking_in_columns_is_put_in_order() -> None:
    ranking = Question(key="first", kind=Kind.RANKING, choices=[Choice(code=code) for code in "abc"])
    asked = Questionnaire(pages=[Page(key="p", questions=[ranking])])

    (read,) = _rows("first/a,first/b,first/c\n2,1,", asked)

    assert read.row == {"first": ["b", "a"]}


def test_what_cannot_be_taken_is_named() -> None:
    (read,) = _rows("visits,date\ndaily,31.2.2026")

    assert read.unknown == [("visits", "daily")]
    assert read.bad_day == "31.2.2026"
    assert not read.is_sound


def test_a_file_of_spss_is_read_by_codes_and_by_labels(tmp_path: Path) -> None:
    import pandas as pd
    import pyreadstat

    path = tmp_path / "answers.sav"
    frame = pd.DataFrame({"visits": [1.0, 3.0], "wish": ["Shade", ""]})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"visits": {1.0: "Every week", 3.0: "Never"}})
    table, asked = SavTable(path), garden_questions()
    how = Read(asked, guess(table.names(), asked), "digest", labels=table.labels())

    rows = [read.row for read in read_rows(table.rows(), how)]

    assert rows == [{"visits": "weekly", "wish": "Shade"}, {"visits": "never"}]


def test_the_same_file_twice_adds_nothing(garden: Survey, ben: Person) -> None:
    first = AnswerFile.objects.bring(garden, _upload(ODK), by=ben)
    first.take()
    again = AnswerFile.objects.bring(garden, _upload(ODK), by=ben)

    again.take()

    assert (first.report["taken"], again.report["taken"], again.report["known"]) == (2, 0, 2)
    assert garden.responses.count() == 2
    assert not again.file
    assert {response.channel for response in garden.responses.all()} == {Channel.IMPORT}


def test_two_equal_rows_of_one_file_are_two_answers(garden: Survey, ben: Person) -> None:
    AnswerFile.objects.bring(garden, _upload("visits\nweekly\nweekly\n"), by=ben).take()

    assert garden.responses.count() == 2


@pytest.mark.parametrize(("whole", "count", "state"), [(True, 0, "refused"), (False, 1, "taken")])
def test_all_or_nothing_where_somebody_wants_it(
    garden: Survey, ben: Person, whole: bool, count: int, state: str
) -> None:
    brought = AnswerFile.objects.bring(garden, _upload("visits\nweekly\ndaily\n"), by=ben)
    brought.whole_or_nothing = whole

    brought.take()

    assert (garden.responses.count(), brought.state) == (count, state)
    assert brought.report["rows"] == [{"row": 3, "why": "not_a_choice", "column": "visits", "said": "daily"}]


def test_a_quota_holds_for_files_too(garden: Survey, ben: Person) -> None:
    never = condition_as_json(Test("visits", Comparison.EQUAL, "never"))
    quota = garden.quotas.create(name="Those who never come", when=never, places=1)
    brought = AnswerFile.objects.bring(garden, _upload("visits\nnever\nnever\nweekly\n"), by=ben)
    brought.whole_or_nothing = False

    brought.take()

    quota.refresh_from_db()
    assert (quota.taken, garden.responses.count()) == (1, 2)
    assert [row["why"] for row in brought.report["rows"]] == ["quota"]


def test_a_dry_run_takes_nothing(garden: Survey, ben: Person) -> None:
    brought = AnswerFile.objects.bring(garden, _upload(ODK), by=ben)

    report = brought.try_out()

    assert (report["taken"], garden.responses.count()) == (2, 0)


def test_a_column_is_set_right_and_the_rows_taken(
    garden: Survey, ben: Person, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(ben)
    start = reverse("surveys:desk-answers-import", args=[garden.pk])
    here = client.post(start, {"file": _upload("how often\nweekly\ndaily\n")})["Location"]
    given = {"channel": "paper", "language": "en", "column0": "visits"}

    tried = client.post(here, {**given, "try": "1"})
    client.post(here, {**given, "take": "1"})

    assert "daily" in tried.content.decode()
    assert [(one.answers, one.channel) for one in garden.responses.all()] == [({"visits": "weekly"}, "paper")]


def test_two_columns_are_not_one_answer(garden: Survey, ben: Person, sign_in: Callable[[Person], Client]) -> None:
    brought = AnswerFile.objects.bring(garden, _upload("a,b\nweekly,weekly\n"), by=ben)
    here = reverse("surveys:desk-answer-file", args=[garden.pk, brought.pk])

    answer = sign_in(ben).post(here, {"channel": "import", "language": "en", "column0": "visits", "column1": "visits"})

    assert answer.status_code == 422


def test_what_is_no_table_is_refused_kindly(garden: Survey, ben: Person, sign_in: Callable[[Person], Client]) -> None:
    start = reverse("surveys:desk-answers-import", args=[garden.pk])

    for name in ("a.xlsx", "a.sav", "a.exe", "a.csv"):
        answer = sign_in(ben).post(start, {"file": SimpleUploadedFile(name, b"\x00\n\x00\x01")})
        assert answer.status_code == 422, name

    assert not garden.answer_files.exists()


def test_thousands_of_rows_come_in_by_the_worker(
    garden: Survey, ben: Person, sign_in: Callable[[Person], Client], at_once: Callable[[], Any]
) -> None:
    client = sign_in(ben)
    brought = AnswerFile.objects.bring(garden, _upload("visits\n" + "weekly\n" * 2001), by=ben)
    here = reverse("surveys:desk-answer-file", args=[garden.pk, brought.pk])
    given = {"channel": "import", "language": "en", "column0": "visits"}
    client.post(here, {**given, "try": "1"})

    with at_once():
        client.post(here, {**given, "take": "1"})

    brought.refresh_from_db()
    assert (brought.state, brought.report["taken"], garden.responses.count()) == ("taken", 2001, 2001)


def _bomb(megabytes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * megabytes * 1_000_000)
    return file.getvalue()


def _lying(content: bytes) -> bytes:
    """It says of its part that it is a hundred bytes long."""
    said = zipfile.ZipFile(io.BytesIO(content)).infolist()[0].file_size.to_bytes(4, "little")
    return content.replace(said, (100).to_bytes(4, "little"))


@pytest.mark.parametrize("is_lying", [False, True])
def test_a_workbook_that_swells_is_refused_before_it_is_read(
    garden: Survey, ben: Person, monkeypatch: pytest.MonkeyPatch, is_lying: bool
) -> None:
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 5_000_000)
    content = _lying(_bomb(6)) if is_lying else _bomb(6)

    with pytest.raises(UnreadableTable):
        AnswerFile.objects.bring(garden, SimpleUploadedFile("a.xlsx", content), by=ben)

    assert not garden.answer_files.exists()


def test_what_a_workbook_says_of_its_size_is_not_believed(garden: Survey, ben: Person) -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (["visits", "wish"], ["weekly", "Shade"]):
        book.active.append(row)
    book.save(file)
    content = _rewritten(file.getvalue(), b"A1:B2", b"A1:XFD1048576")

    brought = AnswerFile.objects.bring(garden, SimpleUploadedFile("a.xlsx", content), by=ben)

    assert list(brought.match.values()) == ["visits", "wish"]
    assert brought.try_out()["taken"] == 1


def test_a_workbook_that_breaks_off_says_so(garden: Survey, ben: Person, sign_in: Callable[[Person], Client]) -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (["visits"], ["weekly"], ["never"]):
        book.active.append(row)
    book.save(file)
    content = _rewritten(file.getvalue(), b'<c r="A3"', b"<c <")
    brought = AnswerFile.objects.bring(garden, SimpleUploadedFile("a.xlsx", content), by=ben)

    brought.take()

    assert brought.report["rows"] == [{"row": 3, "why": "broken"}]
    assert (brought.state, garden.responses.count()) == ("refused", 0)
    assert "broken from here on" in sign_in(ben).get(_page(brought)).content.decode()


def _rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with other bytes in its first sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, part.replace(old, new) if name.endswith("sheet1.xml") else part)
    return file.getvalue()


def _page(brought: AnswerFile) -> str:
    return reverse("surveys:desk-answer-file", args=[brought.survey_id, brought.pk])


def test_a_wide_file_is_matched_a_page_at_a_time(
    garden: Survey, ben: Person, sign_in: Callable[[Person], Client]
) -> None:
    headings = ["visits", *(f"other{n}" for n in range(40))]
    row = ["weekly", "Shade", *["x"] * 39]
    brought = AnswerFile.objects.bring(garden, _upload(f"{','.join(headings)}\n{','.join(row)}\n"), by=ben)
    client, about = sign_in(ben), {"channel": "import", "language": "en"}

    unknown, known = (client.get(_page(brought), {"columns": kind}).content.decode() for kind in ("unknown", "known"))
    client.post(_page(brought), {**about, "column1": "wish", "keep": "1"})
    twice = client.post(_page(brought), {**about, "column2": "visits", "keep": "1"})
    client.post(_page(brought), {**about, "column3": "", "take": "1"})

    assert (unknown.count('<select name="column'), known.count('<select name="column')) == (30, 1)
    assert "Shade" in unknown
    assert twice.status_code == 422
    assert "The column “visits” is this already." in twice.content.decode()
    brought.refresh_from_db()
    assert brought.match["visits"] == "visits"
    assert brought.match["other0"] == "wish"
