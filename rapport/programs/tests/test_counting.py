"""The test vectors of the Public Libraries Survey once more, through the database, the command and the pages."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.counting.year import Period, figures, year_from
from rapport.programs.methods.statistics import PLS_2024
from rapport.programs.methods.statistics.changes import is_large
from rapport.programs.models import Explanation, Form, Outreach, Program, Recording, Session

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
YEAR = year_from(date(2024, 7, 1))


@pytest.fixture
def program(ben: Person, riverside: Branch) -> Program:
    program = Program.objects.plan("Anything", need=None, by=ben, branch=riverside)
    program.publish()
    return program


def held(program: Program, audience: str = "19+", day: date = date(2025, 3, 4), **facts: Any) -> Session:
    starts = timezone.make_aware(datetime.combine(day, time(10)))
    given = {"language": "en", "audience": audience, "branch": program.branch, **facts}
    return program.add_dates([(starts, starts + timedelta(hours=1))], **given)[0]


def values(period: Period = YEAR) -> dict[str, int]:
    """The elements that are not zero; every sum agrees."""
    found = figures(PLS_2024, period)
    assert len(found.feet) == 4
    assert found.is_right
    return {line.element.name: line.figure.value for line in found.lines if line.figure.value}


def test_a_hybrid_lecture(program: Program, ben: Person) -> None:
    lecture = held(program, is_hybrid=True)
    lecture.count_heads({"19+": 12}, by=ben)
    lecture.count_online(9, way="stream", by=ben)

    assert values() == {
        "TOTPRO": 1, "ADULTPRO": 1, "ONPRO": 1, "TOTATTEN": 21, "ADULTATTEN": 21, "ONATTEN": 12, "VIRATTEN": 9
    }  # fmt: skip


def test_marylands_hybrid_example(program: Program, ben: Person) -> None:
    session = held(program, "6-11", is_hybrid=True)
    session.count_heads({"6-11": 7, "19+": 3}, by=ben)
    session.count_online(5, by=ben)

    found = {line.element.number: line.figure.value for line in figures(PLS_2024, YEAR).lines}
    assert [found[number] for number in (602, 606, 608, 612, 616, 618)] == [1, 1, 0, 15, 10, 5]


def test_a_storytime_at_the_market(program: Program, ben: Person) -> None:
    held(program, "0-5", setting="offsite", place="The market").count_heads({"0-5": 14, "19+": 10}, by=ben)

    assert values() == {
        "TOTPRO": 1, "K0_5PRO": 1, "OFFPRO": 1, "TOTATTEN": 24, "K0_5ATTEN": 24, "OFFATTEN": 24
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"form": Form.OUTREACH},  # a table for library cards at the market
        {"is_sponsored": False},  # home educators hire a speaker in our room
        {"form": Form.SELF_DIRECTED},  # a craft left on a table
        {"form": Form.ONE_TO_ONE},
    ],
)
def test_what_is_no_session_is_not_counted(facts: dict[str, Any], program: Program, ben: Person) -> None:
    held(program, **facts).count_heads({"19+": 80}, by=ben)

    assert values() == {}


def test_a_table_at_the_market_stands_in_the_ledger_of_outreach(ben: Person) -> None:
    Outreach.objects.note(by=ben, language="en", day=date(2025, 3, 4), place="The market", contacts=80)

    said = _command("--json")
    assert set(json.loads(said)["elements"].values()) == {0}
    assert {"dates": 1, "people": 80} in [
        {"dates": one["dates"], "people": one["people"]} for one in json.loads(said)["ledgers"]
    ]


def test_a_class_to_which_nobody_came_and_one_that_was_cancelled(program: Program, ben: Person) -> None:
    held(program).count_heads({"19+": 0}, by=ben)
    held(program).cancel("The teacher is ill", by=ben)

    assert values() == {"TOTPRO": 1, "ADULTPRO": 1, "ONPRO": 1}


def test_a_club_that_meets_online_only(program: Program, ben: Person) -> None:
    held(program, "12-18", setting="virtual", form=Form.CLUB).count_online(7, by=ben)

    assert values() == {
        "TOTPRO": 1, "YAPRO": 1, "VIRPRO": 1, "TOTATTEN": 7, "YAATTEN": 7, "VIRATTEN": 7
    }  # fmt: skip


def test_a_recording_belongs_to_the_year_in_which_it_was_posted_on_however_many_platforms(
    program: Program, ben: Person
) -> None:
    june = Recording.objects.post(
        "The lecture", program, posted_on=date(2025, 6, 20), platforms=["YouTube", "Facebook"], by=ben
    )
    june.note_views({"YouTube": 30, "Facebook": 12}, by=ben)  # up to 20 July
    Recording.objects.post("Another", program, posted_on=date(2025, 7, 1), platforms=["YouTube"], by=ben)

    assert values() == {"TOTPRES": 1, "TOTVIEWS": 42}


def test_views_that_one_platform_does_not_tell_yet_are_at_least_so_many(program: Program, ben: Person) -> None:
    posted = Recording.objects.post(
        "The lecture", program, posted_on=date(2025, 6, 20), platforms=["YouTube", "Facebook"], by=ben
    )
    posted.note_views({"YouTube": 30}, by=ben)

    line = figures(PLS_2024, YEAR).line("TOTVIEWS")
    assert (line.figure.value, line.figure.is_whole) == (30, False)


def test_game_day_for_tweens_and_teens_is_the_tweens(program: Program, ben: Person) -> None:
    held(program, "6-11").count_heads({"6-11": 12, "12-18": 5}, by=ben)

    assert values()["K6_11PRO"] == 1
    assert values()["K6_11ATTEN"] == 17


def test_each_date_of_a_series_counts(program: Program) -> None:
    for week in range(8):
        held(program, day=date(2025, 3, 4) + timedelta(weeks=week))

    found = figures(PLS_2024, YEAR)
    assert found.line("TOTPRO").figure.value == 8
    assert (found.line("TOTATTEN").figure.value, len(found.line("TOTATTEN").figure.lacking)) == (0, 8)


def test_what_is_still_to_come_or_was_only_planned_did_not_happen(program: Program, ben: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    held(program, day=tomorrow)
    held(Program.objects.plan("A draft", need=None, by=ben))

    assert values() == {}
    assert values(year_from(tomorrow.replace(month=1, day=1))) == {}


def test_of_one_branch_without_what_is_online_only(program: Program, riverside: Branch, ben: Person) -> None:
    held(program, setting="virtual").count_online(7, by=ben)
    held(program, is_hybrid=True).count_online(5, by=ben)
    Recording.objects.post("The lecture", program, posted_on=date(2025, 5, 1), platforms=[], by=ben)

    here = values(Period(YEAR.first, YEAR.last, riverside))

    assert here == {"TOTPRO": 1, "ADULTPRO": 1, "ONPRO": 1, "TOTATTEN": 5, "ADULTATTEN": 5, "VIRATTEN": 5}
    assert values()["VIRPRO"] == 1


def test_a_hybrid_whose_viewers_nobody_counted_waits_for_it(program: Program, ben: Person) -> None:
    lecture = held(program, is_hybrid=True)
    lecture.count_heads({"19+": 12}, by=ben)

    assert list(Session.objects.to_be_counted()) == [lecture]
    found = figures(PLS_2024, YEAR)
    assert found.line("ONATTEN").figure.is_whole
    assert not found.line("VIRATTEN").figure.is_whole
    assert Session.objects.with_attendance().get().attendance == 12  # type: ignore[attr-defined]

    lecture.count_online(0, by=ben)

    assert not Session.objects.to_be_counted().exists()
    assert figures(PLS_2024, YEAR).line("VIRATTEN").figure.is_whole


def test_one_estimate_marks_the_attendance_of_the_year(program: Program, ben: Person) -> None:
    session = held(program)
    session.count_heads({"19+": 40}, by=ben)
    session.mark_estimated("seen", by=ben)

    found = figures(PLS_2024, YEAR)
    assert [found.line(name).figure.mark for name in ("TOTATTEN", "ADULTATTEN", "YAATTEN")] == ["ES", "ES", "CT"]


@pytest.mark.parametrize(
    ("now", "before", "is_so"), [(125, 100, True), (124, 100, False), (9, 0, False), (10, 0, True), (30, 40, True)]
)
def test_a_quarter_more_or_less_and_at_least_ten_asks_why(now: int, before: int, is_so: bool) -> None:
    assert is_large(now, before) is is_so


def _command(*more: str) -> str:
    out = StringIO()
    call_command("statistics", "--from", "2024-07-01", "--to", "2025-06-30", *more, stdout=out)
    return out.getvalue()


def test_the_command_says_every_element_and_why_it_changed(program: Program, ben: Person) -> None:
    for week in range(12):
        held(program, day=date(2025, 1, 7) + timedelta(weeks=week)).count_heads({"19+": 5}, by=ben)
    Explanation.objects.say_why(
        "TOTPRO", "We began", by=ben, elements="pls-2024", first=YEAR.first, last=YEAR.last, branch=None
    )

    said = json.loads(_command("--set", "pls-2024", "--json"))

    assert list(said["elements"]) == [one.name for one in PLS_2024.elements]
    assert said["elements"]["TOTATTEN"] == 60
    assert said["explanations"]["TOTPRO"] == "We began"
    assert said["explanations"]["TOTATTEN"] is None
    assert all(foot["is_right"] for foot in said["cross_foots"])
    assert "602 K6_11PRO" in _command()


def test_the_command_says_what_is_wrong() -> None:
    with pytest.raises(CommandError, match="There is no branch nowhere"):
        _command("--branch", "nowhere")
    with pytest.raises(CommandError, match="no date"):
        call_command("statistics", "--from", "spring", "--to", "2025-06-30")
    with pytest.raises(CommandError, match="before it begins"):
        call_command("statistics", "--from", "2025-06-30", "--to", "2024-06-30")


ASKED = "elements=pls-2024&first=2024-07-01&last=2025-06-30"


def test_a_figure_opens_its_dates(program: Program, ben: Person, sign_in: SignIn) -> None:
    session = held(program)

    client = sign_in(ben)
    page = client.get(f"/desk/statistics/?{ASKED}").content.decode()
    opened = client.get(f"/desk/statistics/ADULTATTEN/?{ASKED}&of=lacking").content.decode()

    assert "at least" in page
    assert f"/desk/sessions/{session.pk}/" in opened
    assert "not counted" in opened
    assert client.get(f"/desk/statistics/NOTHING/?{ASKED}").status_code == 404


def test_the_figures_as_a_file_and_on_paper(program: Program, ben: Person, sign_in: SignIn) -> None:
    held(program).count_heads({"19+": 5}, by=ben)
    client = sign_in(ben)

    rows = b"".join(client.get(f"/desk/statistics/?{ASKED}&file=csv")).decode().splitlines()  # type: ignore[arg-type]

    assert len(rows) == 21
    assert rows[5].startswith("604,ADULTPRO,") or rows[5].startswith("604")
    assert "ADULTPRO" in client.get(f"/desk/statistics/?{ASKED}&paper=a4").content.decode()


def test_a_person_says_why_a_figure_changed(program: Program, ben: Person, tara: Person, sign_in: SignIn) -> None:
    for week in range(12):
        held(program, day=date(2025, 1, 7) + timedelta(weeks=week))
    where = f"/desk/statistics/TOTPRO/explanation/?{ASKED}"

    assert sign_in(tara).post(where, {"words": "No"}).status_code == 403
    sign_in(ben).post(where, {"words": "A new series"})
    sign_in(ben).post(where, {"words": "A new series in spring"})

    assert Explanation.objects.get().words == "A new series in spring"
    assert "A new series in spring" in sign_in(tara).get(f"/desk/statistics/?{ASKED}").content.decode()


def test_days_that_are_none_keep_what_was_typed(ben: Person, sign_in: SignIn) -> None:
    answer = sign_in(ben).get("/desk/statistics/?first=2025-06-30&last=2024-01-01")

    assert answer.status_code == 422
    assert "It ends before it begins." in answer.content.decode()


def test_the_desk_counts_the_room_and_online_in_one_go(program: Program, desk: Person, sign_in: SignIn) -> None:
    lecture = held(program, is_hybrid=True)
    where = f"/desk/sessions/{lecture.pk}/heads/"

    assert sign_in(desk).post(where, {"19+": "12", "online": "-9"}).status_code == 422
    sign_in(desk).post(where, {"19+": "12", "online": "9", "way": "stream", "basis": "seen"})

    lecture = Session.objects.get(pk=lecture.pk)
    assert (lecture.total, lecture.in_the_room, lecture.online_total, lecture.is_estimated) == (21, 12, 9, True)

    sign_in(desk).post(where, {"19+": "12", "online": "", "basis": ""})

    lecture = Session.objects.get(pk=lecture.pk)
    assert (lecture.total, lecture.online_total, lecture.is_estimated) == (12, None, False)
