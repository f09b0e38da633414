"""The counting rules of the Public Libraries Survey, FY 2024, each by an example."""

from datetime import date
from typing import Any

import pytest

from rapport.programs.methods.statistics import (
    PLS_2024,
    Audience,
    Figure,
    Happening,
    Kind,
    Place,
    Recording,
    audience_of,
    counted,
    from_typical_weeks,
)

YEAR = {"first": date(2025, 7, 1), "last": date(2026, 6, 30)}


def held(audience: Audience, place: Place = Place.ONSITE, **facts: Any) -> Happening:
    return Happening("one", date(2026, 3, 4), audience, place, **facts)


def figures(*happenings: Happening, recordings: tuple[Recording, ...] = ()) -> dict[str, Figure]:
    found, feet = counted(PLS_2024, happenings, recordings, **YEAR)
    assert len(feet) == 4
    assert all(foot.is_right for foot in feet)
    return found


def values(*happenings: Happening, recordings: tuple[Recording, ...] = ()) -> dict[str, int]:
    """The elements that are not zero."""
    found = figures(*happenings, recordings=recordings)
    return {name: figure.value for name, figure in found.items() if figure.value}


def test_a_hybrid_lecture_is_one_session_in_the_library_with_two_kinds_of_attendance() -> None:
    lecture = held(Audience.ADULTS, in_person=12, online=9)

    assert values(lecture) == {
        "TOTPRO": 1, "ADULTPRO": 1, "ONPRO": 1, "TOTATTEN": 21, "ADULTATTEN": 21, "ONATTEN": 12, "VIRATTEN": 9
    }  # fmt: skip


def test_marylands_hybrid_example() -> None:
    found = figures(held(Audience.AGES_6_11, in_person=10, online=5))
    numbers = {figure.element.number: figure.value for figure in found.values()}

    assert [numbers[number] for number in (602, 606, 608, 612, 616, 618)] == [1, 1, 0, 15, 10, 5]


def test_a_storytime_at_a_market_counts_all_who_are_there_with_the_youngest() -> None:
    storytime = held(Audience.AGES_0_5, Place.OFFSITE, in_person=14 + 10)

    assert values(storytime) == {
        "TOTPRO": 1, "K0_5PRO": 1, "OFFPRO": 1, "TOTATTEN": 24, "K0_5ATTEN": 24, "OFFATTEN": 24
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": Kind.OUTREACH, "in_person": 80},  # a table for library cards at the market
        {"kind": Kind.ROOM_USE, "in_person": 30},  # home educators hire a speaker in our room
        {"is_sponsored": False, "in_person": 30},
        {"kind": Kind.SELF_DIRECTED, "in_person": 25},  # a craft left on a table
        {"kind": Kind.ONE_TO_ONE, "in_person": 1},
        {"took_place": False},  # cancelled
    ],
)
def test_what_is_no_session_is_not_counted(facts: dict[str, Any]) -> None:
    assert values(held(Audience.GENERAL, **facts)) == {}


def test_a_class_to_which_nobody_came_is_a_session() -> None:
    assert values(held(Audience.ADULTS, in_person=0)) == {"TOTPRO": 1, "ADULTPRO": 1, "ONPRO": 1}


def test_not_counted_is_not_zero() -> None:
    found = figures(held(Audience.ADULTS), held(Audience.ADULTS, in_person=7))

    assert (found["TOTATTEN"].value, found["TOTATTEN"].is_whole) == (7, False)
    assert found["TOTPRO"].is_whole


def test_a_club_that_meets_online_only_is_virtual() -> None:
    club = held(Audience.AGES_12_18, Place.NOWHERE, online=7)

    assert values(club) == {
        "TOTPRO": 1, "YAPRO": 1, "VIRPRO": 1, "TOTATTEN": 7, "YAATTEN": 7, "VIRATTEN": 7
    }  # fmt: skip


def test_a_recording_counts_in_the_year_in_which_it_was_posted_with_the_views_of_thirty_days() -> None:
    june = Recording("june", date(2026, 6, 20), {"YouTube": 40})  # of which some in July
    july = Recording("july", date(2026, 7, 1), {"YouTube": 9})

    assert values(recordings=(june, july)) == {"TOTPRES": 1, "TOTVIEWS": 40}


def test_a_recording_on_two_platforms_is_one() -> None:
    assert values(recordings=(Recording("a", date(2026, 5, 1), {"YouTube": 30, "Facebook": 12}),)) == {
        "TOTPRES": 1,
        "TOTVIEWS": 42,
    }


def test_each_session_of_a_series_counts() -> None:
    assert values(*[held(Audience.ADULTS, in_person=5)] * 8)["TOTPRO"] == 8


def test_game_day_for_tweens_and_teens_goes_to_those_of_whom_more_come() -> None:
    assert audience_of({Audience.AGES_6_11: 20, Audience.AGES_12_18: 8}) is Audience.AGES_6_11
    assert audience_of({Audience.AGES_6_11: 20, Audience.ADULTS: 8}) is Audience.GENERAL
    assert audience_of({Audience.AGES_12_18: 8}) is Audience.AGES_12_18


def test_a_figure_opens_to_what_it_was_counted_from() -> None:
    here = Happening("storytime", date(2025, 9, 1), Audience.AGES_0_5, Place.ONSITE, in_person=3)
    late = Happening("next year", date(2026, 7, 1), Audience.AGES_0_5, Place.ONSITE, in_person=3)

    assert figures(here, late)["K0_5ATTEN"].keys == ("storytime",)


@pytest.mark.parametrize(("weeks", "year"), [([310], 16_120), ([310, 290], 15_600), ([1, 2, 3, 4], 130)])
def test_a_year_is_estimated_from_typical_weeks(weeks: list[int], year: int) -> None:
    assert from_typical_weeks(weeks) == year


def test_three_weeks_are_no_estimate() -> None:
    with pytest.raises(ValueError, match="typical"):
        from_typical_weeks([1, 2, 3])


def test_the_elements_are_those_of_the_form() -> None:
    assert [one.number for one in PLS_2024.elements] == [*range(600, 609), *range(610, 619), 620, 630]
    assert len({one.name for one in PLS_2024.elements}) == 20
