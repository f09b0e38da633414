"""The ledger of volunteer hours: who reports what, tables in and out, the year, and the step of whom we hear."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from rapport.community.models import Band, Dimension
from rapport.insight.reached import PLACE
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.volunteering.models import Helped, KindOfHelp, TooManyOfABand
from rapport.volunteering.reached import volunteered

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
MAY = date(2026, 5, 1)
HEAD = "branch,month,kind,volunteers,hours"


def _report(branch: Branch, by: Person | None = None, **more: object) -> Helped:
    told = {"volunteers": 12, "hours": Decimal("40.5")} | more
    return Helped.objects.report(branch, MAY, KindOfHelp.PROGRAMS, by=by, **told)  # type: ignore[arg-type]


@pytest.fixture
def old(db: None) -> Band:
    Dimension.objects.ship(["age"])
    return Band.objects.get(dimension__slug="age", slug="65plus")


def test_what_is_reported_again_replaces_what_was(riverside: Branch, ben: Person) -> None:
    _report(riverside)
    again = _report(riverside, ben, volunteers=14)

    assert Helped.objects.get() == again
    assert (again.volunteers, again.month) == (14, MAY)


def test_more_people_than_helped_cannot_say_a_thing(riverside: Branch, old: Band) -> None:
    with pytest.raises(TooManyOfABand):
        _report(riverside, bands={old: 13})
    assert not Helped.objects.exists()

    _report(riverside, bands={old: 12})
    with pytest.raises(TooManyOfABand):
        _report(riverside, volunteers=5)


def test_the_database_refuses_more_hours_than_a_month_has(riverside: Branch) -> None:
    with pytest.raises(IntegrityError):
        _report(riverside, volunteers=1, hours=Decimal(745))


def test_a_year_adds_up(riverside: Branch) -> None:
    _report(riverside)
    Helped.objects.report(riverside, date(2026, 6, 9), "board", volunteers=3, hours=Decimal(6), by=None)

    assert Helped.objects.by_year() == [(2026, 12, Decimal("46.5"))]


def test_volunteering_is_a_step_by_place_and_by_what_they_said(riverside: Branch, old: Band) -> None:
    _report(riverside, bands={old: 5})

    counts = [one for one in volunteered(date(2026, 1, 1), date(2026, 12, 31)) if one.n]

    assert [(one.dimension, one.band, one.n, one.month) for one in counts] == [
        (PLACE, "riverside", 12, MAY),
        ("age", "65plus", 5, MAY),
    ]
    assert not list(volunteered(date(2025, 1, 1), date(2025, 12, 31)))


def test_a_branch_reports_and_corrects_its_own(riverside: Branch, old: Band, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    told = {"branch": riverside.pk, "month": "2026-05", "kind": "programs", "volunteers": "8", "hours": "20"}

    assert client.post("/desk/volunteering/new/", told | {"hours": "9999"}).status_code == 422
    assert client.post("/desk/volunteering/new/", told | {"month": "2096-05"}).status_code == 422
    made = client.post("/desk/volunteering/new/", told)
    one = Helped.objects.get()
    client.post(made["Location"], {"part": "bands", f"band-{old.pk}": "3"})
    too_many = client.post(made["Location"], {"part": "bands", f"band-{old.pk}": "9"})
    client.post(made["Location"], {"volunteers": "9", "hours": "21", "note": "A fine month"})

    one.refresh_from_db()
    assert (one.volunteers, one.note, one.bands.get().count) == (9, "A fine month", 3)
    assert too_many.status_code == 422
    assert "these are more than the 8" in too_many.content.decode()
    client.post(f"{made['Location']}removal/")
    assert not Helped.objects.exists()


def test_other_branches_hours_are_not_there(riverside: Branch, sign_in: SignIn) -> None:
    one = _report(riverside)
    hill = Branch.objects.create(slug="hill", name={"en": "Hill"})
    chen = Person.objects.create_user("chen@example.org", name="Chen")
    chen.appoint(Role.PROGRAMMER, by=None, branch=hill)

    assert sign_in(chen).get(one.get_absolute_url()).status_code == 404
    assert "Riverside" not in _body(sign_in(chen), "/desk/volunteering/?export=csv")


def _body(client: Client, page: str) -> str:
    return b"".join(client.get(page)).decode()  # type: ignore[call-overload, no-any-return]


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("hours.csv", text.encode())


def test_a_table_comes_in_whole_or_not_at_all(riverside: Branch, mona: Person, sign_in: SignIn) -> None:
    client, page = sign_in(mona), "/desk/volunteering/file/"
    rows = f"{HEAD}\nriverside,2026-05,programs,12,40\nRiverside Library,2026-06,at programs and events,9,12.5\n"
    wrong = (
        "nowhere,2026-05,programs,1,1\nriverside,May,programs,1,1\nriverside,2026-05,juggling,1,1\n"
        "riverside,2026-07,programs,few,1\nriverside,2026-07,programs,1,NaN\nriverside,2026-07,programs,1,745\n"
        "riverside,2026-05,programs,1,1\n"
    )

    looked = client.post(page, {"file": _file(rows), "tries": "on"}).content.decode()
    assert "2 rows, 52.5" in looked
    refused = client.post(page, {"file": _file(rows + wrong)}).content.decode()
    assert refused.count("<li>Row") == 7
    assert not Helped.objects.exists()
    for _time in range(2):
        assert client.post(page, {"file": _file(rows)}).status_code == 302

    assert sorted(Helped.objects.values_list("volunteers", flat=True)) == [9, 12]
    assert "2026-05" in _body(client, "/desk/volunteering/?export=csv")
    assert client.post(page, {"file": _file("a,b\n1,2\n")}).status_code == 422
    assert client.post(page, {"file": SimpleUploadedFile("x.xlsx", b"PK no table")}).status_code == 422


def test_the_page_asks_the_same_for_many_reports(
    riverside: Branch, ben: Person, sign_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = sign_in(ben)
    for month in range(1, 13):
        Helped.objects.report(riverside, date(2025, month, 1), "other", volunteers=3, hours=Decimal(3), by=None)

    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        assert "36" in client.get("/desk/volunteering/?year=2025").content.decode()
