"""Every figure of the reference run of R's survey 4.1-1 on the samples of schools, to four digits."""

import csv
import math

import numpy as np
import pytest

from rapport.insight.methods.estimating.estimates import Estimate, mean, ratio, share, total
from rapport.insight.methods.estimating.quantiles import quantile
from rapport.insight.methods.estimating.replicates import jackknife, replicated
from rapport.insight.methods.estimating.tests_of_tables import rao_scott
from rapport.insight.methods.weighing.designs import Design
from rapport.insight.methods.weighing.linear import calibrate
from rapport.insight.methods.weighing.weighting import poststratify, rake, trim

from .api_schools import (
    FOLDER,
    SCHOOL_TYPES,
    SCHOOL_WIDE,
    Table,
    clustered,
    codes,
    margin,
    needs_the_schools,
    schools,
    simple,
    stratified,
    two_stage,
)

pytestmark = needs_the_schools

DIGITS = 1e-4


def same(found: Estimate, estimate: float, se: float, deff: float | None = None) -> None:
    assert (found.estimate, found.se) == pytest.approx((estimate, se), rel=DIGITS, abs=1e-9)
    if deff is not None:
        assert found.deff == pytest.approx(deff, rel=DIGITS)


def test_the_population_is_the_one_that_they_were_drawn_from() -> None:
    population = schools("apipop")

    assert len(population["api00"]) == 6194
    assert np.mean(population["api00"]) == pytest.approx(664.7126251)
    assert np.nansum(population["enroll"]) == 3811472


def test_a_simple_random_sample() -> None:
    design, data = simple()

    same(mean(design, data["api00"]), 656.585, 9.24972)
    same(total(design, data["enroll"]), 3621074.3, 169519.65)


def test_a_stratified_sample() -> None:
    design, data = stratified()

    same(mean(design, data["api00"]), 662.2873632, 9.4089408, 1.20446)
    same(total(design, data["enroll"]), 3687177.5, 114641.72)
    same(ratio(design, data["api.stu"], data["enroll"]), 0.8369568869, 0.007757103167)
    assert mean(design, data["api00"]).interval(freedom=math.inf) == pytest.approx((643.8461781, 680.7285483))
    for kind, count in {"E": 4420.99991, "H": 755.00002, "M": 1018.00003}.items():
        same(total(design, data["stype"] == kind), count, 0)


@pytest.mark.parametrize(
    ("q", "value", "low", "high", "se"),
    [
        (0.25, 565, 535, 597, 15.71945113),
        (0.5, 668, 642, 694, 13.18405579),
        (0.75, 756, 726, 778, 13.18405579),
    ],
)
def test_quantiles_of_a_stratified_sample(q: float, value: float, low: float, high: float, se: float) -> None:
    design, data = stratified()

    found = quantile(design, data["api00"], q)

    same(found, value, se)
    assert found.interval() == (low, high)


def test_a_share_and_its_interval_on_the_log_odds() -> None:
    design, data = stratified()

    found = share(design, data["awards"] == "Yes")

    assert found.estimate == pytest.approx(0.638936, rel=DIGITS)
    assert found.interval() == pytest.approx((0.568721, 0.70368), rel=DIGITS)


@pytest.mark.parametrize(
    ("kind", "column", "estimate", "se"),
    [
        ("E", "api99", 635.87, 13.18767808),
        ("H", "api99", 617.36, 15.27341978),
        ("M", "api99", 610.20, 16.34219218),
        ("E", "api00", 674.43, 12.38247979),
        ("H", "api00", 625.82, 14.93712919),
        ("M", "api00", 636.60, 16.21470731),
    ],
)
def test_domains_of_a_stratified_sample(kind: str, column: str, estimate: float, se: float) -> None:
    design, data = stratified()

    same(mean(design, data[column], where=data["stype"] == kind), estimate, se)


def test_rao_and_scott_on_a_stratified_sample() -> None:
    design, data = stratified()

    found = rao_scott(design, codes(data["sch.wide"]), codes(data["stype"]))

    assert (found.f, found.df_numerator, found.df_denominator, found.p) == pytest.approx(
        (17.247444, 1.8286715, 360.2482863, 2.035046e-07), rel=DIGITS
    )


def test_samples_of_clusters() -> None:
    design, data = clustered()
    same(mean(design, data["api00"]), 644.169399, 23.542241, 9.34587)
    same(total(design, data["enroll"]), 3404940.1, 932235.03)

    design, data = two_stage()
    same(mean(design, data["api00"]), 670.81181, 30.09903)
    same(total(design, data["enroll"]), 2639272.9, 799637.77)


def test_the_jackknife() -> None:
    design, data = clustered()

    same(replicated(jackknife(design), lambda w: w @ data["api00"] / w.sum()), 644.1694, 26.32936)


def test_after_post_stratification() -> None:
    design, data = clustered()

    design = design.weighed(poststratify(data["pw"], margin(data, "stype", SCHOOL_TYPES)))

    same(mean(design, data["api00"]), 642.31079, 23.92049)
    same(total(design, data["enroll"]), 3680892.9, 406292.64)


def test_after_raking_and_after_trimming_what_was_raked() -> None:
    design, data = clustered()

    raked = rake(data["pw"], [margin(data, "stype", SCHOOL_TYPES), margin(data, "sch.wide", SCHOOL_WIDE)], total=6194)
    trimmed = trim(raked, high=45)

    same(mean(design.weighed(raked), data["api00"]), 641.23025, 23.70364)
    same(total(design.weighed(raked), data["enroll"]), 3647300, 400602.72)
    quartiles = 29.87046, 29.87046, 29.87046, 36.79218, 67.12578
    assert np.quantile(raked.weights, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx(quartiles, rel=DIGITS)
    same(mean(design.weighed(trimmed), data["api00"]), 641.71836, 23.90019)
    assert trimmed.weights.max() == 45
    assert trimmed.weights.sum() == pytest.approx(6194)


def helped(data: Table) -> tuple[np.ndarray, list[float]]:
    """School types and the earlier score, and what they add up to in the population."""
    x = np.stack([np.ones(183), data["stype"] == "H", data["stype"] == "M", data["api99"]], axis=1)
    return x, [6194, 755, 1018, 3914069]


def test_after_linear_calibration() -> None:
    design, data = clustered()

    made = calibrate(data["pw"], *helped(data))

    same(mean(design.weighed(made), data["api00"]), 665.30907, 3.44175)
    same(total(design.weighed(made), data["enroll"]), 3638487.2, 385524.43)
    quartiles = 14.16810, 25.91476, 33.57563, 40.22578, 62.05153
    assert np.quantile(made.weights, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx(quartiles, rel=DIGITS)


def test_linear_calibration_within_bounds() -> None:
    design, data = clustered()

    made = calibrate(data["pw"], *helped(data), bounds=(0.7, 1.7))

    same(mean(design.weighed(made), data["api00"]), 665.4878, 3.41754)
    assert made.factors.min() == pytest.approx(0.7)
    assert made.factors.max() == pytest.approx(1.7)


def test_calibration_by_raking_is_raking() -> None:
    design, data = clustered()
    x = np.stack([np.ones(183), data["stype"] == "H", data["stype"] == "M", data["sch.wide"] == "Yes"], axis=1)

    made = calibrate(data["pw"], x, [6194, 755, 1018, 5122], distance="raking")

    same(mean(design.weighed(made), data["api00"]), 641.23032, 23.70362)


def test_each_weight_is_that_of_the_reference() -> None:
    with (FOLDER / "reference_weights_apiclus1.csv").open(newline="") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    _design, data = clustered()
    margins = [margin(data, "stype", SCHOOL_TYPES), margin(data, "sch.wide", SCHOOL_WIDE)]

    made = {
        "w_poststrat": poststratify(data["pw"], margins[0], total=6194).weights,
        "w_rake": rake(data["pw"], margins, total=6194).weights,
        "w_greg": calibrate(data["pw"], *helped(data)).weights,
    }

    assert [row["snum"] for row in rows] == list(data["snum"])
    for name, weights in made.items():
        assert weights == pytest.approx([row[name] for row in rows], rel=DIGITS)


def test_a_fraction_says_the_same_as_a_size() -> None:
    design, data = clustered()

    other = Design.of(183, weights=data["pw"], clusters=[data["dnum"]], fpc=[15 / data["fpc"]])

    assert mean(other, data["api00"]).se == pytest.approx(mean(design, data["api00"]).se)
