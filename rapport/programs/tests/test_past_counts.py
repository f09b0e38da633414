"""Spreadsheets of earlier years: real rows of a library district, and what can go wrong."""

import os
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.counting.year import figures, year_from
from rapport.programs.following.courses import followed
from rapport.programs.methods.attendance import Course
from rapport.programs.methods.past_rows import audience_in, guess_columns, read_rows
from rapport.programs.methods.statistics import PLS_2024, Audience
from rapport.programs.models import PastCount, PastSheet

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"
TIMBERLAND = SHARED / "programs_timberland_2021" / "Raw_2021Programs.csv"
real = pytest.mark.skipif(not TIMBERLAND.exists(), reason="needs the Timberland data (RAPPORT_SHARED)")
SignIn = Callable[[Person], Client]


@pytest.mark.parametrize(
    ("words", "audience", "is_unclear"),
    [
        ("Preschool (ages 3-6)", Audience.AGES_0_5, False),
        ("School Age (ages 7-11)", Audience.AGES_6_11, False),
        ("Teen (ages 12-18), Adult (18 and older)", Audience.GENERAL, False),
        ("Babies and Toddlers (ages 0-2), Preschool (ages 3-6)", Audience.AGES_0_5, False),
        ("School Age (ages 7-11), Teen (ages 12-18)", Audience.AGES_6_11, True),
        ("Adult (18 and older)", Audience.ADULTS, False),
        ("All Ages", Audience.GENERAL, False),
        ("", Audience.GENERAL, True),
        ("Friends of the moon", Audience.GENERAL, True),
    ],
)
def test_of_several_groups_one_is_chosen(words: str, audience: Audience, is_unclear: bool) -> None:
    assert audience_in(words) == (audience, is_unclear)


def test_rows_that_cannot_be_counted_are_left_out_with_the_reason() -> None:
    columns = guess_columns(["Title", "Date", "Attendance"])
    cells = [("2021-05-04", "7"), ("soon", "7"), ("2021-05-04", "many"), ("2021-05-04", ""), ("2021-05-04", "7")]
    rows = [{"Title": "Film", "Date": day, "Attendance": n} for day, n in cells]

    good, bad = read_rows(enumerate([*rows, {"Title": "", "Date": "2021-05-04", "Attendance": "1"}], 2), columns)

    assert [one.attendance for one in good] == [7, None, 7]
    assert bad == [(3, "day"), (4, "attendance"), (7, "title")]
    assert len({one.mark for one in good}) == 3  # two rows alike are two


@real
@pytest.mark.django_db
def test_a_year_of_a_real_district_comes_in_whole_and_once() -> None:
    out = StringIO()
    call_command("import_programs", TIMBERLAND, stdout=out)
    call_command("import_programs", TIMBERLAND, stdout=StringIO())

    assert "1308 rows: 2195 events, attendance 28527, 435 rows not counted" in out.getvalue()
    assert PastCount.objects.count() == 1308
    found = figures(PLS_2024, year_from(date(2021, 1, 1)))
    assert found.line("TOTPRO").figure.value == 2195
    assert found.line("TOTATTEN").figure.value == 28_527
    assert len(found.line("TOTATTEN").figure.lacking) == 435
    assert found.is_right


@real
@pytest.mark.django_db
def test_of_most_real_series_it_is_too_early_to_tell() -> None:
    call_command("import_programs", TIMBERLAND, stdout=StringIO())

    found = followed()

    told = [one for one in found if one.trend.course is not Course.TOO_EARLY]
    assert sum(one.trend.n for one in found) == 1308 - 435
    assert 0 < len(told) < len(found) / 4
    assert all(one.trend.n >= 12 for one in told)


CSV = """Branch,Date,Program,Ages,Attendance
Riverside Library,2021-05-04,Film,"Kids, Teens",9
TRL Online,2021-05-05,Club,Adult,
"""


@pytest.fixture
def brought(ben: Person, riverside: Branch, sign_in: SignIn) -> PastSheet:
    sign_in(ben).post("/desk/past-counts/", {"file": SimpleUploadedFile("old.csv", CSV.encode())})
    return PastSheet.objects.get()


@pytest.mark.django_db
def test_a_sheet_is_looked_at_before_it_counts(brought: PastSheet, ben: Person, sign_in: SignIn) -> None:
    where = f"/desk/past-counts/{brought.pk}/"

    page = sign_in(ben).get(where).content.decode()
    assert "A rule chose this" in page
    assert not PastCount.objects.exists()

    sign_in(ben).post(f"{where}taking/")

    film, club = PastCount.objects.all()
    assert (film.branch.slug, film.audience, film.is_unclear) == ("riverside", "6-11", True)  # type: ignore[union-attr]
    assert (club.setting, club.attendance) == ("virtual", None)


@pytest.mark.django_db
def test_a_person_says_whom_a_date_was_for(brought: PastSheet, ben: Person, sign_in: SignIn) -> None:
    sign_in(ben).post(f"/desk/past-counts/{brought.pk}/taking/")

    sign_in(ben).post("/desk/past-counts/settlement/", {"words": "Kids, Teens", "band": "12-18"})

    film = PastCount.objects.get(title="Film")
    assert (film.audience, film.settled_by) == ("12-18", ben)
    assert not PastCount.objects.to_be_looked_at().exists()


@pytest.mark.django_db
def test_columns_can_be_put_right(brought: PastSheet, ben: Person, sign_in: SignIn) -> None:
    where = f"/desk/past-counts/{brought.pk}/"
    sign_in(ben).post(where, {"column-title": "Ages", "column-day": "Date"})

    assert "Some columns are not known yet" in sign_in(ben).get(where).content.decode()
    sign_in(ben).post(f"{where}taking/")
    assert not PastCount.objects.exists()


@pytest.mark.django_db
def test_what_is_no_table_is_refused_kindly(ben: Person, desk: Person, sign_in: SignIn, tmp_path: Path) -> None:
    answer = sign_in(ben).post("/desk/past-counts/", {"file": SimpleUploadedFile("old.xlsx", b"not a table")})

    assert answer.status_code == 422
    assert not PastSheet.objects.exists()
    assert sign_in(desk).get("/desk/past-counts/").status_code == 403
    empty = tmp_path / "rows.csv"
    empty.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="No column says"):
        call_command("import_programs", empty)
