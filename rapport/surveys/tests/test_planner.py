import pytest

from rapport.surveys.methods.planner import (
    Effort,
    Segment,
    hours,
    margin,
    needed,
    needed_of_infinitely_many,
    per_segment,
    to_invite,
)


def test_of_very_many_people_a_share_within_five_points_takes_385() -> None:
    assert round(needed_of_infinitely_many(0.05), 2) == 384.16
    assert needed(0.05) == 385


@pytest.mark.parametrize(
    ("population", "n"), [(1_000, 278), (5_000, 357), (10_000, 370), (50_000, 382), (250_000, 384)]
)
def test_of_fewer_people_fewer_are_needed(population: int, n: int) -> None:
    assert needed(0.05, population) == n


def test_370_of_10000_know_a_share_within_five_points() -> None:
    assert round(margin(370, 10_000) * 100, 2) == 5.00


def test_who_asked_everybody_is_off_by_nothing() -> None:
    assert margin(200, 200) == 0
    assert needed(0.01, 50) == 50
    assert margin(0) == 1


def test_a_design_that_costs_precision_takes_more_people() -> None:
    assert needed(0.05, deff=1.5) == 577
    assert margin(577, deff=1.5) <= 0.05


def test_where_one_in_four_answers_four_times_as_many_are_asked() -> None:
    assert to_invite(370, 0.25) == 1480
    assert to_invite(3, 0.1) == 30


def test_each_group_gets_its_share_and_the_plan_says_who_lacks() -> None:
    groups = [Segment("under 18", 2_000, 10), Segment("18 to 64", 6_000, 300), Segment("65 and older", 2_001, 74)]

    wanted = per_segment(groups, 370)

    assert [(one.wanted, one.lacking) for one in wanted] == [(74, 64), (222, 0), (74, 0)]
    assert sum(one.wanted for one in wanted) == 370
    assert [one.wanted for one in per_segment([Segment("nobody", 0)], 10)] == [0]


def test_the_hours_are_those_of_each_kind_of_work() -> None:
    effort = Effort(sheet=2, entry=4, invitation=0.2, call=12)

    assert hours({"sheet": 60, "entry": 90, "invitation": 300, "call": 5}, effort) == {
        "sheet": 2.0,
        "entry": 6.0,
        "invitation": 1.0,
        "call": 1.0,
    }
