"""Quantiles as R publishes them (quantile.Rout.save), on the same random numbers, and on small data."""

import math
from functools import cache

import numpy as np
import pytest

from rapport.insight.methods.estimating.quantiles import Rule, ShareInterval, quantile, replicated_quantile
from rapport.insight.methods.estimating.replicates import Replicates, jackknife
from rapport.insight.methods.weighing.designs import Design, Floats

from .random_numbers_of_r import RandomNumbers

PARTS = (0.01, 0.1, 0.5, 0.9, 0.99)
MANY, FEW = 1000, 20


@cache
def drawn(count: int) -> Floats:
    """What `set.seed(42)` gave: a thousand numbers first, then twenty."""
    numbers = RandomNumbers(42)
    found = {size: np.exp(numbers.normal(size)) for size in (MANY, FEW)}
    return found[count]


@cache
def replicates(count: int) -> Replicates:
    return jackknife(Design.of(count))


@pytest.mark.parametrize(
    ("count", "freedom", "printed"),
    [
        (MANY, None, (0.01543792, 0.01264453, 0.03386225, 0.16131948, 2.10605799)),
        (MANY, math.inf, (0.01545209, 0.01265608, 0.03388011, 0.16145776, 2.10061576)),
        (FEW, None, (0.03576771, 0.07329496, 0.30149917, 2.03440784, 1.88468597)),
        (FEW, math.inf, (0.03637398, 0.07470310, 0.29938115, 2.16381289, 2.00708994)),
    ],
)
def test_the_older_standard_error(count: int, freedom: float | None, printed: tuple[float, ...]) -> None:
    x = drawn(count)

    found = [quantile(Design.of(count), x, q, rule=Rule.DISCRETE, freedom=freedom).se for q in PARTS]

    assert found == pytest.approx(printed, rel=1e-4)


@pytest.mark.parametrize(
    ("count", "freedom", "printed"),
    [
        (MANY, None, (0.01554946, 0.01425828, 0.03428012, 0.16457488, 1.88672412)),
        (MANY, math.inf, (0.01556240, 0.01420086, 0.03430175, 0.16461019, 1.88818131)),
        (FEW, None, (0, 0.04598541, 0.25943731, 2.12343073, 1.91998924)),
        (FEW, math.inf, (0, 0.04732818, 0.24957966, 2.25211815, 2.04043154)),
    ],
)
def test_the_standard_error_by_replicates(count: int, freedom: float | None, printed: tuple[float, ...]) -> None:
    found = [replicated_quantile(replicates(count), drawn(count), q, freedom=freedom).se for q in PARTS]

    assert found == pytest.approx(printed, rel=1e-4)


@pytest.mark.parametrize(
    ("count", "values", "lows", "highs"),
    [
        (
            MANY,
            (0.02352941, 0.2230769, 0.9340909, 3.55, 9.4),
            (0.01594200, 0.2020115, 0.8578143, 3.207543, 7.568142),
            (0.03287947, 0.2467045, 1.0059815, 3.862241, 14.978632),
        ),
        (
            FEW,
            (0.1, 0.15, 0.75, 2.4, 8.68),
            (0.1, 0.1, 0.3674054, 1.352279, 0.5674674),
            (1.132533, 0.3464541, 1.6303784, 8.473337, 10.2),
        ),
    ],
)
@pytest.mark.parametrize("freedom", [None, math.inf])
def test_rounded_answers_with_the_beta_interval(
    count: int,
    values: tuple[float, ...],
    lows: tuple[float, ...],
    highs: tuple[float, ...],
    freedom: float | None,
) -> None:
    y = np.round(drawn(count), 1)

    found = [
        quantile(Design.of(count), y, q, rule=Rule.ROUNDED, shape=ShareInterval.BETA, freedom=freedom) for q in PARTS
    ]

    assert [one.estimate for one in found] == pytest.approx(values, rel=1e-4)
    assert [one.interval()[0] for one in found] == pytest.approx(lows, rel=1e-4)
    assert [one.interval()[1] for one in found] == pytest.approx(highs, rel=1e-4)


@pytest.mark.parametrize(
    ("count", "freedom", "values", "printed"),
    [
        (MANY, None, (0.1, 0.3, 1.0, 3.6, 9.4), (0.02547977, 0.02547977, 0.02547977, 0.15287859, 1.88302540)),
        (MANY, math.inf, (0.1, 0.3, 1.0, 3.6, 9.4), (0.02551067, 0.02551067, 0.02551067, 0.15306404, 1.88450896)),
        (FEW, None, (0.1, 0.2, 0.8, 2.4, 8.68), (0, 0.02611112, 0.26542051, 2.10908603, 1.91777710)),
        (FEW, math.inf, (0.1, 0.2, 0.8, 2.4, 8.68), (0, 0.02551067, 0.25244616, 2.23558589, 2.03881114)),
    ],
)
def test_rounded_answers_by_replicates(
    count: int, freedom: float | None, values: tuple[float, ...], printed: tuple[float, ...]
) -> None:
    y = np.round(drawn(count), 1)

    found = [replicated_quantile(replicates(count), y, q, freedom=freedom) for q in PARTS]

    assert [one.estimate for one in found] == pytest.approx(values)
    assert [one.se for one in found] == pytest.approx(printed, rel=1e-4)


def test_the_median_of_an_even_number_is_the_lower_or_the_middle() -> None:
    design, values = Design.of(4), [4.0, 1.0, 3.0, 2.0]

    assert quantile(design, values, 0.5).estimate == 2
    assert quantile(design, values, 0.5, rule=Rule.SCHOOL).estimate == 2.5
    assert quantile(design, values, 0.51, rule=Rule.SCHOOL).estimate == 3


def test_who_did_not_answer_is_left_out() -> None:
    design = Design.of(5, weights=[1, 1, 1, 1, 100])

    found = quantile(design, [1, 2, 3, 4, np.nan], 0.5)

    assert (found.estimate, found.n) == (2, 4)


def test_too_few_answers_for_an_interval_give_none() -> None:
    found = quantile(Design.of(4), [1, 2, 3, 4], 0.01)

    assert (found.estimate, found.se, found.interval()) == (1, None, None)


@pytest.mark.parametrize("q", [0, 1, -0.5, math.nan])
def test_only_parts_between_none_and_all(q: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(Design.of(2), [1, 2], q)


def test_people_who_chose_to_answer_get_no_interval() -> None:
    found = quantile(Design.of(50, is_probability=False), np.arange(50.0), 0.5)

    assert (found.estimate, found.se, found.interval()) == (24, None, None)
    assert found.label.startswith("indicative")
