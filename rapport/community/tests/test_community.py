from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rapport.community.models import AreaFigure, AreaShare, Band, CensusArea, CensusTable, Dimension, Figure
from rapport.community.portrait import parts_of, prompts_of
from rapport.people.models import Person, Role
from rapport.places.models import Branch

from .test_census_methods import WIDE

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 31)


@pytest.fixture
def standard(db: None) -> dict[str, Band]:
    Dimension.objects.ship()
    return {f"{band.dimension.slug}/{band.slug}": band for band in Band.objects.select_related("dimension")}


def brought(by: Person, grid: list[list[str]] = WIDE, **fields: Any) -> CensusTable:
    table = CensusTable(file_name="ACSDT5Y2023.B08201.csv", grid=grid, of_day=DAY, source="ACS", by=by, **fields)
    table.recognise()
    table.save()
    return table


def csv_of(grid: list[list[str]]) -> SimpleUploadedFile:
    lines = [",".join(f'"{cell}"' for cell in row) for row in grid]
    return SimpleUploadedFile("ACSDT5Y2023.B08201-Data.csv", "\n".join(lines).encode())


def test_shipping_the_standard_set_twice_changes_nothing_that_was_renamed(standard: dict[str, Band]) -> None:
    Dimension.objects.filter(slug="age").update(name={"en": "Years"})
    count = Band.objects.count()

    Dimension.objects.ship()

    assert str(Dimension.objects.get(slug="age")) == "Years"
    assert Band.objects.count() == count


def test_looking_at_a_table_writes_nothing(ben: Person) -> None:
    preview = brought(ben).preview()

    assert (preview.new, preview.changed, preview.same, len(preview.refused)) == (5, 0, 0, 1)
    assert not AreaFigure.objects.exists()


def test_the_same_table_twice_adds_nothing(ben: Person) -> None:
    brought(ben).take_in(by=ben)

    again = brought(ben).take_in(by=ben)

    assert (again.new, again.changed, again.same) == (0, 0, 5)
    assert AreaFigure.objects.count() == 5


def test_a_table_is_taken_in_once_and_then_let_go(ben: Person) -> None:
    table = brought(ben)
    table.take_in(by=ben)

    assert table.take_in(by=ben).anything == 0
    table.refresh_from_db()
    assert table.grid == [] and table.report["new"] == 5 and len(table.report["refused"]) == 1


def test_a_branch_is_the_weighted_sum_of_its_areas(riverside: Branch, ben: Person) -> None:
    brought(ben).take_in(by=ben)
    one, two = CensusArea.objects.order_by("code")
    one.give(riverside, 1.0, by=ben)
    two.give(riverside, 0.5, by=ben)

    AreaFigure.objects.sum_up()

    held = {figure.band.slug: figure for figure in Figure.objects.filter(branch=riverside).select_related("band")}
    assert held["one"].estimate == 600
    assert held["one"].margin_of_error == pytest.approx(44.7)
    assert "none" not in held  # of the second area it is not known
    assert Figure.objects.get(branch=None, band__slug="one").estimate == 600


def test_what_was_entered_by_hand_is_not_summed_over(riverside: Branch, ben: Person, standard: dict[str, Band]) -> None:
    brought(ben).take_in(by=ben)
    Figure.objects.write({standard["vehicle/one"]: (7, None)}, branch=riverside, of_day=DAY, source="Us", by=ben)
    CensusArea.objects.order_by("code")[0].give(riverside, 1.0, by=ben)

    AreaFigure.objects.sum_up()

    assert Figure.objects.get(branch=riverside, band=standard["vehicle/one"]).estimate == 7
    assert Figure.objects.get(branch=riverside, band=standard["vehicle/more"]).is_summed


def test_an_area_called_like_a_branch_finds_it(riverside: Branch, ben: Person) -> None:
    CensusArea.objects.note({"x1": "Riverside Library", "x2": "Somewhere"}, by=ben)

    assert [share.area.code for share in AreaShare.objects.filter(branch=riverside)] == ["x1"]


@pytest.mark.parametrize("share", [0, 1.5])
def test_the_database_refuses_an_impossible_share(share: float, riverside: Branch) -> None:
    area = CensusArea.objects.create(code="1", name="One")

    with pytest.raises(IntegrityError), transaction.atomic():
        AreaShare.objects.create(area=area, branch=riverside, share=share)


def test_the_profile_flags_changes_beyond_their_margin(
    riverside: Branch, ben: Person, standard: dict[str, Band]
) -> None:
    ar, en = standard["language/ar"], standard["language/en"]
    write = Figure.objects.write
    write({ar: (300, 40), en: (5000, 90)}, branch=riverside, of_day=date(2018, 12, 31), source="ACS", by=ben)
    write({ar: (620, 50), en: (5010, 90)}, branch=riverside, of_day=DAY, source="ACS", by=ben)

    (part,) = parts_of(riverside)

    flagged = {line.figure.band.slug: line.is_flagged for line in part.lines}
    assert flagged == {"ar": True, "en": False}
    assert part.before == date(2018, 12, 31)
    (prompt,) = prompts_of([part])
    assert (prompt.language, prompt.people, prompt.one_in) == ("Arabic", 620, 9)


def test_the_profile_costs_the_same_whatever_there_is(
    riverside: Branch, standard: dict[str, Band], ben: Person
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            parts_of(riverside)
        return len(seen)

    Figure.objects.write({standard["age/under5"]: (5, 1)}, branch=riverside, of_day=DAY, source="x", by=ben)
    few = queries()
    everything = dict.fromkeys(standard.values(), (10.0, 2.0))
    for branch in (riverside, None):
        Figure.objects.write(everything, branch=branch, of_day=date(2024, 1, 1), source="x", by=ben)

    assert queries() == few


def test_a_table_goes_from_upload_to_profile(
    riverside: Branch, ben: Person, sign_in: Callable[[Person], Client]
) -> None:
    desk = sign_in(ben)
    told = {"of_day": "2023-12-31", "source": "American Community Survey", "vintage": "2019-2023"}

    answer = desk.post("/desk/community/tables/new/", {**told, "file": csv_of(WIDE)})
    page = desk.get(answer["Location"])
    desk.post(f"{answer['Location']}taking/")
    desk.post(
        "/desk/community/areas/file/",
        {
            "file": SimpleUploadedFile(
                "a.csv", b"area,branch,share\nTract 1,riverside,1\nTract 2,nowhere,1\nTract 2,*,2\n"
            )
        },
    )
    seen = desk.get("/desk/community/branches/riverside/")

    assert "too few people were asked to say" in page.content.decode()
    assert "No car" in seen.content.decode()
    assert AreaShare.objects.count() == 1


def test_an_unknown_table_is_read_once_its_columns_are_named(
    ben: Person, sign_in: Callable[[Person], Client], standard: dict[str, Band]
) -> None:
    desk = sign_in(ben)
    grid = [["Area", "Age", "Count"], ["Ward 1", "0 to 4", "300"], ["Ward 1", "old", "200"]]
    table = brought(ben, grid)
    columns = {"header": "1", "shape": "long", "area": "0", "band": "1", "number": "2"}

    desk.post(f"{table.get_absolute_url()}columns/", columns)
    shown = desk.get(table.get_absolute_url()).content.decode()
    bands = {"word_0": "age/under5", "word_1": "age/65plus"}
    desk.post(f"{table.get_absolute_url()}columns/", columns | bands)

    assert "What each word of the band column is" in shown
    table.refresh_from_db()
    assert table.preview().new == 2


def test_a_mapping_without_a_number_is_asked_again(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    table = brought(ben, [["Area", "Age", "Count"], ["Ward 1", "0 to 4", "300"]])

    answer = sign_in(ben).post(f"{table.get_absolute_url()}columns/", {"header": "1", "shape": "long", "area": "0"})

    assert answer.status_code == 422
    assert "Please choose a column." in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\x00\x01"])
def test_what_is_no_table_is_refused_and_what_was_typed_stays(
    content: bytes, ben: Person, sign_in: Callable[[Person], Client]
) -> None:
    name = "a.xlsx" if content.startswith(b"PK") else "a.csv"
    told = {"of_day": "2023-12-31", "source": "Kept words", "file": SimpleUploadedFile(name, content)}

    answer = sign_in(ben).post("/desk/community/tables/new/", told)

    assert answer.status_code in {302, 422}
    assert answer.status_code == 302 or "Kept words" in answer.content.decode()


def test_figures_are_entered_by_hand_and_mistakes_keep_what_was_typed(
    riverside: Branch, ben: Person, sign_in: Callable[[Person], Client], standard: dict[str, Band]
) -> None:
    desk, key = sign_in(ben), standard["age/under5"].pk
    told = {"branch": riverside.pk, "of_day": "2023-12-31", "source": "Town hall", f"people_{key}": "310"}

    wrong = desk.post("/desk/community/entry/", told | {f"people_{key}": "", f"margin_{key}": "5"})
    right = desk.post("/desk/community/entry/", told)

    assert wrong.status_code == 422 and "Town hall" in wrong.content.decode()
    assert right["Location"] == "/desk/community/branches/riverside/"
    assert Figure.objects.get(branch=riverside).estimate == 310


def test_whoever_works_for_one_branch_enters_only_its_figures(
    riverside: Branch, sign_in: Callable[[Person], Client], standard: dict[str, Band]
) -> None:
    hilltop = Branch.objects.create(slug="hilltop", name="Hilltop")
    local = Person.objects.create_user("local@example.org", name="Local")
    local.appoint(Role.PROGRAMMER, by=None, branch=riverside)
    told = {"of_day": "2023-12-31", "source": "x", f"people_{standard['age/under5'].pk}": "1"}

    for branch in ("", hilltop.pk):
        assert sign_in(local).post("/desk/community/entry/", told | {"branch": branch}).status_code == 422
    area = CensusArea.objects.create(code="1", name="One")
    answer = sign_in(local).post("/desk/community/areas/shares/", {"area": area.pk, "branch": hilltop.pk, "share": 100})

    assert answer.status_code == 422
    assert not Figure.objects.exists() and not AreaShare.objects.exists()


def test_whoever_works_for_one_branch_does_not_change_the_whole_library(
    riverside: Branch, ben: Person, sign_in: Callable[[Person], Client], standard: dict[str, Band]
) -> None:
    local = Person.objects.create_user("local@example.org", name="Local")
    local.appoint(Role.MANAGER, by=None, branch=riverside)
    table = CensusTable.objects.create(file_name="a.csv", of_day=DAY, source="ACS", grid=[["x"]], by=ben)
    desk, home, bands = sign_in(local), f"/desk/community/tables/{table.pk}/", standard["age/under5"]
    writing = ["/desk/community/dimensions/", "/desk/community/dimensions/standard/", "/desk/community/tables/new/",
               "/desk/community/dimensions/age/", "/desk/community/dimensions/age/bands/",
               f"/desk/community/dimensions/age/bands/{bands.pk}/", f"{home}columns/", f"{home}taking/",
               f"{home}removal/"]  # fmt: skip

    assert {desk.post(address, {"name_en": "Mine"}).status_code for address in writing} == {403}
    assert CensusTable.objects.filter(pk=table.pk, taken_at=None).exists()
    for address in ("/desk/community/dimensions/", "/desk/community/tables/", home, "/desk/community/",
                    "/desk/community/areas/"):  # fmt: skip
        page = desk.get(address)
        assert page.status_code == 200 and b"/desk/community/tables/new/" not in page.content
    assert b"/desk/community/entry/" in desk.get("/desk/community/").content


def test_a_library_adds_dimensions_and_bands_of_its_own(ben: Person, sign_in: Callable[[Person], Client]) -> None:
    desk = sign_in(ben)

    made = desk.post("/desk/community/dimensions/", {"name_en": "Standard"})
    desk.post(f"{made['Location']}bands/", {"band-name_en": "Farm"})
    again = desk.post(f"{made['Location']}bands/", {"band-name_en": "Farm"})
    empty = desk.post(f"{made['Location']}bands/", {"band-name_en": ""})

    assert again.status_code == 302 and empty.status_code == 422
    assert [band.slug for band in Band.objects.all()] == ["farm", "farm-2"]


def test_anyone_reads_the_profile_and_downloads_it(riverside: Branch, ben: Person, standard: dict[str, Band]) -> None:
    Figure.objects.write({standard["age/under5"]: (300, 40)}, branch=riverside, of_day=DAY, source="ACS", by=ben)

    page = Client().get("/community/branches/riverside/")
    file = Client().get("/community/branches/riverside/?export=csv")
    nothing = Client().get("/community/")

    assert "Under 5" in page.content.decode() and "± 40" in page.content.decode()
    assert b"under5" not in b"".join(file) and file["Content-Type"].startswith("text/csv")
    assert "There are no figures yet" in nothing.content.decode()


def test_the_desk_of_frontline_staff_sees_and_does_not_change(
    desk: Person, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(desk)

    assert client.get("/desk/community/").status_code == 200
    assert client.post("/desk/community/dimensions/", {"name_en": "Mine"}).status_code == 403
    assert not Dimension.objects.exists()
