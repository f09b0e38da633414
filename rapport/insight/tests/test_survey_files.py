"""Files of the answers, read back by the programs that they are for."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from rapport.people.models import Person
from rapport.surveys.models import Survey

pytestmark = pytest.mark.django_db


def _files(survey: Survey, client: Client, kind: str, query: str = "") -> bytes:
    answer = client.get(reverse("insight:survey-file", args=[survey.pk, kind]) + query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_a_spss_file_has_words_codes_measures_and_the_label(
    answered: Survey, sign_in: Callable[[Person], Client], mona: Person, tmp_path: Path
) -> None:
    import pyreadstat

    path = tmp_path / "answers.sav"
    path.write_bytes(_files(answered, sign_in(mona), "sav"))
    frame, meta = pyreadstat.read_sav(str(path))

    assert sorted(frame["sunday"]) == [1.0] * 3 + [2.0] * 12
    assert meta.variable_value_labels["sunday"] == {1.0: "yes", 2.0: "no", 3.0: "maybe"}
    assert meta.column_names_to_labels["sunday"] == "Sunday?"
    assert (meta.variable_measure["scale"], meta.variable_measure["home"]) == ("ordinal", "scale")
    assert sorted(frame["scale"]) == [4.0] * 3 + [99.0] * 12
    assert frame["when_yes"].sum() == 12
    assert "Indicative: people who chose to answer" in str(meta.file_label)
    assert len(set(frame["month"].str.len())) == 1
    assert len(frame["month"].iloc[0]) == 7  # no day


def test_a_parquet_file_has_the_label_in_it(
    answered: Survey, sign_in: Callable[[Person], Client], mona: Person, tmp_path: Path
) -> None:
    import duckdb

    path = tmp_path / "answers.parquet"
    path.write_bytes(_files(answered, sign_in(mona), "parquet"))

    counted = duckdb.from_parquet(str(path)).aggregate("sunday, count(*)").order("sunday").fetchall()
    told = dict(duckdb.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall())

    assert counted == [("no", 12), ("yes", 3)]
    assert told[b"label"].decode() == "Indicative: people who chose to answer"
    assert "Sunday?" in told[b"codebook"].decode()


def test_a_spreadsheet_is_safe_and_says_whom_it_speaks_for(
    answered: Survey, sign_in: Callable[[Person], Client], mona: Person
) -> None:
    import openpyxl

    client = sign_in(mona)
    sheet = openpyxl.load_workbook(io.BytesIO(_files(answered, client, "xlsx"))).active
    header, *lines = sheet.iter_rows(values_only=True)
    rows = [dict(zip(header, line, strict=True)) for line in lines]

    assert len(rows) == 15
    assert {row["wish"] for row in rows} == {None, "'=1+1"}
    assert {row["label"] for row in rows} == {"Indicative: people who chose to answer"}
    assert "'=1+1" in _files(answered, client, "csv").decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_report_is_a_tagged_pdf_with_the_label(
    answered: Survey, sign_in: Callable[[Person], Client], mona: Person, language: str
) -> None:
    client = sign_in(mona)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    pdf = client.get(reverse("insight:survey-report", args=[answered.pk])).content

    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"/MarkInfo" in pdf
    assert f"/Lang ({language})".encode() in pdf or language.encode() in _streams(pdf)


def _streams(pdf: bytes) -> bytes:
    """What the compressed parts of a PDF hold."""
    found = b""
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found += zlib.decompress(part.split(b"\nendstream")[0])
        except zlib.error:
            continue
    return found


def test_each_answer_is_taken_along_only_by_those_who_may(
    answered: Survey, sign_in: Callable[[Person], Client], ben: Person
) -> None:
    answer = sign_in(ben).get(reverse("insight:survey-file", args=[answered.pk, "csv"]))

    assert answer.status_code == 403
