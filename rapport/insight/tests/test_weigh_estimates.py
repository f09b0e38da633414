"""Estimates on small data that can be worked out by hand, and their rules."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rapport.insight.methods.estimating.estimates import difference, mean, ratio, share, shares, top_two, total, wilson
from rapport.insight.methods.estimating.gaps import Quadrant, gaps, opportunity
from rapport.insight.methods.weighing.designs import (
    INDICATIVE,
    Design,
    ImpossiblePopulation,
    Lonely,
    LonelyUnit,
    numbered,
)

VALUES = np.array([2.0, 4.0, 4.0, 6.0])


def test_a_mean_of_four_with_and_without_a_finite_population() -> None:
    free, drawn = mean(Design.of(4), VALUES), mean(Design.of(4, fpc=[[8] * 4]), VALUES)

    assert free.estimate == drawn.estimate == 4
    assert free.se == pytest.approx(math.sqrt(8 / 3 / 4))
    assert drawn.se == pytest.approx(math.sqrt(8 / 3 / 4 * (1 - 4 / 8)))
    assert (free.deff, drawn.deff) == pytest.approx((1, 1))
    assert (free.n, free.freedom) == (4, 3)


def test_a_total_and_a_ratio() -> None:
    design = Design.of(4, fpc=[[8] * 4])

    assert total(design, VALUES).estimate == 32
    assert ratio(design, VALUES, np.ones(4)).estimate == 4
    assert ratio(design, VALUES, np.ones(4)).se == pytest.approx(mean(design, VALUES).se)
    with pytest.raises(ValueError, match="adds up to 0"):
        ratio(design, VALUES, np.zeros(4))


def test_all_of_a_population_leave_no_doubt() -> None:
    assert mean(Design.of(4, fpc=[[1] * 4]), VALUES).se == 0


def test_who_did_not_answer_counts_with_zero_in_the_design() -> None:
    """By hand: the scores of those who did are w(y - mean)/sum(w), the others have 0, over all four rows."""
    design = Design.of(4)

    found = mean(design, [2, 4, np.nan, 6])

    scores = np.array([2, 4, 4, 6]) / 3 - 4 / 3
    assert found.estimate == 4
    assert found.se == pytest.approx(math.sqrt(4 / 3 * (scores**2).sum()))
    assert found == mean(design, [2, 4, 1000, 6], where=np.array([True, True, False, True]))
    with pytest.raises(ValueError, match="Nobody answered"):
        mean(design, [np.nan] * 4)


def test_units_are_nested_in_their_stratum() -> None:
    """The second unit 1 is another one, as with R's nest=TRUE."""
    strata, units = [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 2, 2, 1, 1, 2, 2]
    values = np.array([1.0, 2, 3, 5, 8, 13, 21, 34])

    one = Design.of(8, strata=strata, clusters=[units])
    other = Design.of(8, strata=strata, clusters=[[1, 1, 2, 2, 3, 3, 4, 4]])

    assert mean(one, values).se == mean(other, values).se
    assert one.freedom() == 2


def test_two_stages_by_hand() -> None:
    """Two of four districts, two of three schools in each (Särndal and others, 4.3.2)."""
    values = np.array([1.0, 2.0, 4.0, 8.0])
    design = Design.of(4, clusters=[[0, 0, 1, 1], [0, 1, 2, 3]], fpc=[[4] * 4, [3] * 4])

    found = total(design, values)

    between = 4**2 * (1 - 2 / 4) / 2 * np.var([4.5, 18], ddof=1)
    within = 4 / 2 * sum(3**2 * (1 - 2 / 3) / 2 * np.var(pair, ddof=1) for pair in ([1, 2], [4, 8]))
    assert design.weights == pytest.approx([3] * 4)
    assert found.estimate == 45
    assert found.se == pytest.approx(math.sqrt(between + within))


LONELY = {"strata": [0, 0, 0, 1], "weights": [1, 1, 1, 1]}


def test_the_rule_for_a_lonely_unit() -> None:
    adjusted = Design.of(4, **LONELY)
    removed = Design.of(4, **LONELY, lonely=Lonely.REMOVE)
    strict = Design.of(4, **LONELY, lonely=Lonely.FAIL)
    others = np.var([-2 / 4, 0, 0], ddof=1) * 3

    assert adjusted.lonely_units() == 1
    assert mean(removed, VALUES).se == pytest.approx(math.sqrt(others))
    assert mean(adjusted, VALUES).se == pytest.approx(math.sqrt(others + (2 / 4) ** 2))
    with pytest.raises(LonelyUnit, match="only one unit at stage 1"):
        mean(strict, VALUES)


def test_a_lonely_unit_that_is_all_of_its_stratum_is_certain() -> None:
    design = Design.of(4, strata=[0, 0, 0, 1], fpc=[[30, 30, 30, 1]], lonely=Lonely.FAIL)

    assert design.lonely_units() == 0
    assert mean(design, VALUES).se > 0


@pytest.mark.parametrize(
    ("fpc", "why"),
    [([[2.0] * 4], "more were drawn"), ([[0.5, 0.5, 0.5, 8]], "mixed")],
)
def test_populations_that_cannot_be(fpc: list[list[float]], why: str) -> None:
    with pytest.raises(ImpossiblePopulation, match=why):
        Design.of(4, fpc=fpc)


@pytest.mark.parametrize("weights", [[1, 1, 1, -1], [1, 1, 1, np.nan], [0, 0, 0, 0], [1, 1]])
def test_weights_that_cannot_be(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        Design.of(4, weights=weights)


def test_more_populations_than_stages() -> None:
    with pytest.raises(ValueError, match="more finite populations"):
        Design.of(4, fpc=[[8] * 4, [9] * 4])


def test_a_population_is_known_where_single_answers_were_drawn() -> None:
    assert Design.of(4, fpc=[[8] * 4]).population() == pytest.approx(8)
    assert Design.of(4, strata=[0, 0, 1, 1], fpc=[[8, 8, 20, 20]]).population() == pytest.approx(28)
    assert Design.of(4, clusters=[[0, 0, 1, 1]], fpc=[[8] * 4]).population() is None
    assert Design.of(4).population() is None


def test_people_who_chose_to_answer_get_no_margin_of_error() -> None:
    design = Design.of(4, is_probability=False)

    for found in (
        mean(design, VALUES),
        total(design, VALUES),
        share(design, VALUES > 2),
        *shares(design, np.array([0, 1, 1, 0]), 2),
    ):
        assert (found.se, found.deff, found.margin(), found.interval()) == (None, None, None, None)
        assert found.label == INDICATIVE == "indicative: people who chose to answer"


def test_a_margin_is_half_of_the_interval() -> None:
    found = mean(Design.of(4), VALUES)

    assert found.margin() == pytest.approx(3.182446 * found.se)
    assert found.interval(freedom=math.inf) == pytest.approx((4 - 1.959964 * found.se, 4 + 1.959964 * found.se))
    assert found.label == ""


@pytest.mark.parametrize(
    "design",
    [
        Design.of(4, clusters=[[0, 0, 0, 0]]),
        Design.of(4, strata=[0, 1, 2, 3], lonely=Lonely.REMOVE),
    ],
)
def test_where_nothing_can_be_compared_there_is_no_standard_error(design: Design) -> None:
    found = mean(design, VALUES)

    assert (found.estimate, found.se, found.interval()) == (4, None, None)


def test_without_degrees_of_freedom_the_interval_has_no_end() -> None:
    found = mean(Design.of(4, strata=[0, 1, 2, 3]), VALUES)

    assert found.se == pytest.approx(math.sqrt(8) / 4)
    assert found.interval() == (-math.inf, math.inf)


def test_shares_leave_out_who_did_not_answer() -> None:
    found = shares(Design.of(6, weights=[1, 1, 2, 2, 9, 9]), np.array([0, 1, 1, 2, -1, -1]), 3)

    assert [one.estimate for one in found] == pytest.approx([1 / 6, 3 / 6, 2 / 6])
    assert {one.n for one in found} == {4}


def test_the_interval_of_a_share_stays_between_none_and_all() -> None:
    few = share(Design.of(30), np.arange(30) == 0)
    none = share(Design.of(30), np.zeros(30))

    low, high = few.interval()
    assert 0 < low < few.estimate < high < 1
    assert none.interval() == pytest.approx((0, 0.1135), abs=1e-4)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(10, 20, 0.2993, 0.7007), (0, 20, 0, 0.1611), (20, 20, 0.8389, 1), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    """The last is the example of Newcombe (1998)."""
    assert wilson(successes / n, n) == pytest.approx((low, high), abs=1e-4)


def test_the_top_two_of_five() -> None:
    found = top_two(Design.of(8), np.array([0, 1, 2, 3, 3, 4, -1, -1]), 5)

    assert (found.estimate, found.n) == (0.5, 6)


def test_the_difference_of_two_columns_is_that_of_the_pairs() -> None:
    one, other = np.array([5.0, 4, 3, 5]), np.array([3.0, 4, 1, 2])

    found, paired = difference(Design.of(4), one, other), mean(Design.of(4), one - other)

    assert (found.estimate, found.se) == pytest.approx((paired.estimate, paired.se))


def test_the_difference_of_two_groups() -> None:
    design, first = Design.of(4), np.array([True, True, False, False])

    found = difference(design, VALUES, VALUES, where=first, there=~first)

    assert (found.estimate, found.n) == (-2, 4)
    assert found.se == pytest.approx(math.sqrt(4 / 3 * (4 * (1 / 2) ** 2)))


# Importance and performance (practice of gap analysis)


def test_gaps_and_their_quadrants() -> None:
    answers = {
        "Sunday hours": ([5, 5, 4, 5], [1, 2, 1, 2]),
        "Story time": ([5, 4, 5, 5], [5, 5, 4, 5]),
        "Fax machine": ([1, 1, 2, 1], [1, 2, 1, 1]),
        "Marble hall": ([2, 1, 1, 1], [5, 4, 5, np.nan]),
    }

    found = gaps(Design.of(4), answers)

    by_name = {one.name: one for one in found.services}
    assert found.services[0].name == "Sunday hours"
    assert {name: one.quadrant for name, one in by_name.items()} == {
        "Sunday hours": Quadrant.CONCENTRATE,
        "Story time": Quadrant.KEEP_UP,
        "Fax machine": Quadrant.LOW_PRIORITY,
        "Marble hall": Quadrant.POSSIBLE_OVERKILL,
    }
    assert found.importance == pytest.approx((4.75 + 4.75 + 1.25 + 1.25) / 4)
    assert by_name["Sunday hours"].gap.estimate == pytest.approx(3.25)
    assert by_name["Sunday hours"].opportunity == pytest.approx(4.75 + 3.25)
    assert by_name["Marble hall"].performance.n == 3
    assert by_name["Marble hall"].gap.interval() is not None


def test_gaps_of_people_who_chose_to_answer_have_no_interval() -> None:
    found = gaps(Design.of(3, is_probability=False), {"Wifi": ([5, 4, 5], [2, 2, 3])})

    assert found.services[0].gap.interval() is None


def test_nothing_is_lacking_where_performance_is_higher() -> None:
    assert opportunity(3, 5) == 3
    assert opportunity(9, 4) == 14


# How many to ask


numbers = arrays.arrays(np.float64, 12, elements=st.floats(-1e3, 1e3))


@settings(deadline=None)
@given(numbers, st.floats(-100, 100), st.floats(0.1, 10))
def test_estimates_move_and_stretch_with_the_answers(values: np.ndarray, moved: float, stretched: float) -> None:
    design = Design.of(12, weights=np.arange(1, 13), strata=np.repeat([0, 1, 2], 4))

    plain, changed = mean(design, values), mean(design, values * stretched + moved)

    assert changed.estimate == pytest.approx(plain.estimate * stretched + moved, abs=1e-6)
    assert changed.se == pytest.approx(plain.se * stretched, abs=1e-6)


@given(arrays.arrays(np.int64, 20, elements=st.integers(-5, 1000)))
def test_codes_are_numbered_in_the_order_of_their_values(values: np.ndarray) -> None:
    codes, count = numbered(values)

    distinct, expected = np.unique(values, return_inverse=True)
    assert count == len(distinct)
    assert (codes == expected).all()
