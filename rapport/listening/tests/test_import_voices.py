"""`rapport import_voices`: files as offices write them, each row taken once, and a report that says what was done."""

import csv
import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from rapport.listening.models import Voice
from rapport.places.models import Branch


def _bring(path: Path, **asked: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("import_voices", str(path), **{"text": "words", "json": True, **asked}, stdout=out)
    return dict(json.loads(out.getvalue()))


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "voices.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _why(report: dict[str, Any]) -> dict[int, str]:
    return {refused["row"]: refused["why"] for refused in report["refused"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_read(
    encoding: str, delimiter: str, tmp_path: Path, riverside: Branch
) -> None:
    text = f"words{delimiter}branch\nMás sombra en el jardín por favor – “ahora”{delimiter}riverside\n"
    path = _file(tmp_path, text, encoding)

    report = _bring(path, branch="branch")

    assert report["taken"] == 1
    voice = Voice.objects.get()
    assert voice.words == "Más sombra en el jardín por favor – “ahora”"
    assert (voice.branch, voice.language, voice.channel) == (riverside, "es", "import")


def test_words_over_several_lines_stay_one_voice(db: None, tmp_path: Path) -> None:
    path = _file(tmp_path, 'id,words\r\n1,"The door, at the side,\r\nis too ""heavy"""\r\n\r\n2,Too loud\r\n')

    assert _bring(path)["taken"] == 2
    assert set(Voice.objects.values_list("words", flat=True)) == {
        'The door, at the side,\r\nis too "heavy"',
        "Too loud",
    }


def test_an_xlsx_file_is_read_with_its_days(riverside: Branch, tmp_path: Path) -> None:
    book = Workbook()
    for row in [("words", "day", "branch"), ("Too loud", datetime(2026, 3, 4), "Biblioteca Riverside"), (None,) * 3]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "voices.xlsx")

    report = _bring(tmp_path / "voices.xlsx", date="day", branch="branch")

    assert (report["read"], report["taken"], report["refused"]) == (1, 1, [])
    assert timezone.localtime(Voice.objects.get().spoken_at).date().isoformat() == "2026-03-04"
    assert Voice.objects.get().branch == riverside


def test_a_day_that_may_be_a_month_is_not_guessed(db: None, tmp_path: Path) -> None:
    days = ["03/04/2026", "25/12/2025", "2026-02-30", "2026-02-03T10:00", "next week", "05/05/2026", "2999-01-01"]
    path = _file(tmp_path, "words,day\n" + "".join(f"Voice {n},{day}\n" for n, day in enumerate(days)))

    refused = _why(_bring(path, date="day"))

    assert set(refused) == {2, 4, 6, 8}
    assert "--dayfirst" in refused[2] and "no such day" in refused[4] and "not come yet" in refused[8]
    assert _bring(path, date="day", dayfirst=True)["taken"] == 1
    assert timezone.localtime(Voice.objects.get(words="Voice 0").spoken_at).date().isoformat() == "2026-04-03"


def test_what_cannot_be_taken_is_named_by_its_row(riverside: Branch, tmp_path: Path) -> None:
    rows = ["a,riverside,praise", "b,Atlantis,praise", ",riverside,praise", "d\x00,,praise", "e" * 20_001, "f,,rage"]
    path = _file(tmp_path, "\n".join(["words,branch,kind", *rows]))

    report = _bring(path, branch="branch", kind_column="kind", refused=tmp_path / "refused.csv")

    why = _why(report)
    assert set(why) == {3, 4, 5, 6, 7}
    assert "Atlantis" in why[3] and "NUL" in why[5] and "rage" in why[7]
    assert report["taken"] == Voice.objects.count() == 1
    with (tmp_path / "refused.csv").open(encoding="utf-8") as file:
        assert [row["row"] for row in csv.DictReader(file)] == ["3", "4", "5", "6", "7"]


def test_the_same_file_twice_adds_nothing_and_a_longer_one_only_what_is_new(db: None, tmp_path: Path) -> None:
    text = "words,day\nToo loud,2026-01-05\nToo  LOUD,2026-01-05\nToo loud,2026-01-06\n"

    first, again = _bring(_file(tmp_path, text), date="day"), _bring(_file(tmp_path, text), date="day")
    longer = _bring(_file(tmp_path, text + "Too cold,2026-01-06\nToo loud,2026-01-05\n"), date="day")

    assert (first["taken"], first["already_there"]) == (3, 0)
    assert (again["taken"], again["already_there"]) == (0, 3)
    assert (longer["taken"], longer["already_there"]) == (2, 3)
    assert Voice.objects.count() == 5


def test_a_dry_run_writes_nothing(db: None, tmp_path: Path) -> None:
    assert _bring(_file(tmp_path, "words\nToo loud\n"), dry_run=True)["taken"] == 1
    assert not Voice.objects.exists()


def test_a_voice_from_a_file_is_like_any_other(riverside: Branch, tmp_path: Path) -> None:
    _bring(_file(tmp_path, "words,branch\nIt is too loud to study here,riverside\n"), branch="branch")
    other = Voice(words="x", kind="suggestion", language="en", channel="web")
    other.save()

    brought = Voice.objects.exclude(pk=other.pk).get()

    theirs = {"id", "words", "branch", "channel", "spoken_at", "secret", "code", "brought_in_as"}
    for field in Voice._meta.concrete_fields:
        if field.name not in theirs:
            assert getattr(brought, field.attname) == getattr(Voice.objects.get(pk=other.pk), field.attname), field
    assert len(brought.code) == 8 and len(brought.secret) == 43


def test_clocks_start_only_when_asked(riverside: Branch, tmp_path: Path) -> None:
    _bring(_file(tmp_path, "words,branch\nOne,riverside\n"), branch="branch")
    _bring(_file(tmp_path, "words,branch\nTwo,riverside\n"), branch="branch", to_be_answered=True)

    assert Voice.objects.get(words="One").due_at is None
    due = Voice.objects.get(words="Two").due_at
    assert due and due > timezone.now()


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "empty"), ("text,day\nLoud,\n", "There is no column “words”. The file has: text, day")],
)
def test_a_file_without_the_words_is_refused_kindly(db: None, tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _bring(_file(tmp_path, content))


def test_no_file_and_no_workbook_are_refused_kindly(db: None, tmp_path: Path) -> None:
    (tmp_path / "voices.xlsx").write_bytes(b"not a workbook")

    for name in ("voices.xlsx", "none.csv"):
        with pytest.raises(CommandError, match="cannot be read"):
            _bring(tmp_path / name)


def test_only_names_and_no_rows_is_no_mistake(db: None, tmp_path: Path) -> None:
    assert _bring(_file(tmp_path, "words\n"))["read"] == 0


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(db: None, tmp_path: Path) -> None:
    shown, out = _Terminal(), StringIO()

    call_command("import_voices", str(_file(tmp_path, "words\nOne\nTwo\n")), text="words", stdout=out, stderr=shown)

    assert "100%" in shown.getvalue() and "2 of 2 rows" in shown.getvalue()
    assert "2 rows read" in out.getvalue() and "2 taken, 0 already there, 0 refused" in out.getvalue()
