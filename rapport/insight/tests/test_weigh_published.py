"""The figures that R's survey publishes with its own tests (api, rakecheck, domain, kalton, badcal), to four digits.

Left out: two-phase designs and regressions, which are not ours, and `summary`, which prints no estimate.
"""

import numpy as np
import pytest

from rapport.insight.methods.estimating.estimates import Estimate, mean, ratio, total
from rapport.insight.methods.estimating.replicates import Replicates, jackknife, on_those_left, replicated
from rapport.insight.methods.weighing.designs import Codes, Design, Floats
from rapport.insight.methods.weighing.linear import Distance, calibrate
from rapport.insight.methods.weighing.margins import Margin
from rapport.insight.methods.weighing.weighting import poststratify, rake

from .api_schools import (
    SCHOOL_TYPES,
    SCHOOL_WIDE,
    Table,
    clustered,
    margin,
    needs_the_schools,
    schools,
    stratified,
    two_stage,
)

DIGITS = 1e-4


def same(found: Estimate, estimate: float, se: float) -> None:
    assert (found.estimate, found.se) == pytest.approx((estimate, se), rel=DIGITS)


@needs_the_schools
def test_api_with_replacement() -> None:
    design, data = two_stage(replaced=True)

    same(mean(design, data["api00"]), 670.81, 30.712)
    same(total(design, data["enroll"]), 2639273, 820261)


@needs_the_schools
@pytest.mark.parametrize(
    ("around_estimate", "plain", "plain_total", "weighed", "weighed_total"),
    [(True, 26.335, 932235, 26.936, 473434), (False, 26.329, 932235, 26.934, 473431)],
)
def test_api_by_replicates(
    around_estimate: bool, plain: float, plain_total: float, weighed: float, weighed_total: float
) -> None:
    design, data = clustered()
    replicates = jackknife(design, around_estimate=around_estimate)

    stratified_after = replicates.weighed(on_those_left(lambda w, left: _poststratified(w, data, left)))

    same(_mean(replicates, data["api00"]), 644.17, plain)
    same(_total(replicates, data["enroll"]), 3404940, plain_total)
    same(_mean(stratified_after, data["api00"]), 642.31, weighed)
    same(_total(stratified_after, data["enroll"]), 3680893, weighed_total)


def _mean(replicates: Replicates, values: Floats) -> Estimate:
    return replicated(replicates, lambda w: w @ values / w.sum())


def _total(replicates: Replicates, values: Floats) -> Estimate:
    return replicated(replicates, lambda w: w @ values)


def _poststratified(weights: Floats, data: Table, left: Codes) -> Floats:
    there = {"stype": data["stype"][left]}
    return poststratify(weights, margin(there, "stype", SCHOOL_TYPES), total=6194).weights


@needs_the_schools
def test_rakecheck_by_replicates() -> None:
    design, data = clustered()

    def raked(weights: Floats, left: Codes, **how: float) -> Floats:
        there = {name: data[name][left] for name in ("stype", "sch.wide")}
        margins = [margin(there, "stype", SCHOOL_TYPES), margin(there, "sch.wide", SCHOOL_WIDE)]
        return rake(weights, margins, total=6194, **how).weights

    to_the_end = jackknife(design).weighed(on_those_left(raked))
    as_far_as_r = jackknife(design).weighed(on_those_left(lambda w, left: raked(w, left, most=4, tolerance=0)))

    same(_mean(as_far_as_r, data["api00"]), 641.23, 26.873)
    same(_total(as_far_as_r, data["enroll"]), 3647300, 463511)
    same(_mean(to_the_end, data["api00"]), 641.23, 26.874)
    same(_total(to_the_end, data["enroll"]), 3647280, 463582)


@needs_the_schools
def test_rakecheck_by_linearisation_and_as_calibration() -> None:
    design, data = clustered()
    x = np.stack([np.ones(183), data["stype"] == "H", data["stype"] == "M", data["sch.wide"] == "Yes"], axis=1)

    raked = rake(data["pw"], [margin(data, "stype", SCHOOL_TYPES), margin(data, "sch.wide", SCHOOL_WIDE)], total=6194)
    calibrated = calibrate(data["pw"], x, [6194, 755, 1018, 5122], distance="raking")

    assert raked.weights == pytest.approx(calibrated.weights)
    for made in (raked, calibrated):
        same(mean(design.weighed(made), data["api00"]), 641.23, 23.704)
        same(total(design.weighed(made), data["enroll"]), 3647280, 400603)


@needs_the_schools
def test_rakecheck_with_a_joint_margin() -> None:
    design, data = clustered()
    population = schools("apipop")
    joint = {"both": np.char.add(data["stype"], data["sch.wide"]), "comp.imp": data["comp.imp"]}
    levels, counts = np.unique(np.char.add(population["stype"], population["sch.wide"]), return_counts=True)
    margins = [
        margin(joint, "both", dict(zip(levels, counts, strict=True))),
        margin(joint, "comp.imp", {"No": 1712, "Yes": 4482}),
    ]

    found = mean(design.weighed(rake(data["pw"], margins, total=6194)), data["api00"])

    same(found, 642.61, 22.731)


FPC = {
    "stratum": [1, 1, 1, 1, 1, 2, 2, 2],
    "weight": [3, 3, 3, 3, 3, 4, 4, 4],
    "x": [2.8, 4.1, 6.8, 6.8, 9.2, 3.7, 6.6, 4.2],
}


def test_domain_by_mean_and_by_ratio() -> None:
    x = np.array(FPC["x"])
    design = Design.of(8, weights=FPC["weight"], strata=FPC["stratum"], clusters=[[1, 2, 3, 4, 5, 1, 2, 3]])

    same(mean(design, x, where=x > 4), 6.195, 0.7555129)
    same(mean(design, x, where=x <= 4), 3.314286, 0.3117042)
    same(ratio(design, x * (x > 4), x > 4), 6.195, 0.7555129)


@needs_the_schools
def test_domain_after_calibration_and_raking() -> None:
    """The file itself asks only that the domain and the ratio agree."""
    design, data = stratified()
    inside = data["comp.imp"] == "Yes"
    ways = [design, design.weighed(rake(data["pw"], [margin(data, "comp.imp", {"No": 1712, "Yes": 4482})]))]
    districts, schools_there = clustered()
    x = np.stack([np.ones(183), schools_there["stype"] == "H", schools_there["api99"]], axis=1)
    ways.append(districts.weighed(calibrate(schools_there["pw"], x, [6194, 755, 3914069])))

    for way, table in zip(ways, (data, data, schools_there), strict=True):
        inside = table["comp.imp"] == "Yes"
        one, other = mean(way, table["api00"], where=inside), ratio(way, table["api00"] * inside, inside)
        assert (one.estimate, one.se) == pytest.approx((other.estimate, other.se))


# Kalton and Flores-Cervantes (2003): 4 x 3 cells, of the sample and of the population
SAMPLE = np.array([[20, 50, 100, 30], [40, 140, 50, 100], [40, 310, 50, 70]]).T
POPULATION = np.array([[80, 60, 170, 55], [40, 150, 60, 165], [55, 340, 200, 125]]).T
A, B = (np.repeat(index.ravel(), SAMPLE.ravel()) for index in np.indices((4, 3)))


def factors(weights: Floats) -> Floats:
    """The weight of each cell, as the tables print it."""
    return np.round(np.bincount(A * 3 + B, weights, 12).reshape(4, 3) / SAMPLE + 1e-12, 2)


def test_kalton_a_post_stratification() -> None:
    printed = [[4, 1, 1.38], [1.2, 1.07, 1.1], [1.7, 1.2, 4], [1.83, 1.65, 1.79]]

    made = poststratify(np.ones(len(A)), Margin("a+b", A * 3 + B, POPULATION.ravel()), total=POPULATION.sum())

    assert factors(made.weights) == pytest.approx(np.array(printed))


def test_kalton_b_raking() -> None:
    printed = [[1.81, 1.45, 2.02], [1.08, 0.87, 1.21], [2.2, 1.76, 2.45], [1.83, 1.47, 2.04]]
    margins = [Margin("a", A, POPULATION.sum(axis=1)), Margin("b", B, POPULATION.sum(axis=0))]

    made = rake(np.ones(len(A)), margins, total=POPULATION.sum())

    assert factors(made.weights) == pytest.approx(np.array(printed))


@pytest.mark.parametrize(
    ("distance", "bounds", "printed"),
    [
        ("raking", (0, np.inf), [[1.81, 1.45, 2.02], [1.08, 0.87, 1.21], [2.2, 1.76, 2.45], [1.83, 1.47, 2.04]]),
        ("linear", (-np.inf, np.inf), [[1.82, 1.5, 1.97], [1.09, 0.78, 1.24], [2.19, 1.88, 2.34], [1.83, 1.52, 1.98]]),
        ("logit", (0.5, 2.2), [[1.87, 1.46, 1.98], [1.08, 0.74, 1.27], [2.17, 2.09, 2.18], [1.89, 1.49, 1.99]]),
        ("linear", (0.5, 2.2), [[1.81, 1.48, 1.99], [1.08, 0.75, 1.26], [2.2, 2.0, 2.2], [1.83, 1.5, 2.0]]),
    ],
)
def test_kalton_b_c_and_g_calibration(
    distance: Distance, bounds: tuple[float, float], printed: list[list[float]]
) -> None:
    x = np.stack([np.ones(len(A)), *(level == A for level in (1, 2, 3)), *(level == B for level in (1, 2))], axis=1)
    totals = [POPULATION.sum(), *POPULATION.sum(axis=1)[1:], *POPULATION.sum(axis=0)[1:]]

    made = calibrate(np.ones(len(A)), x, totals, distance=distance, bounds=bounds)

    assert factors(made.weights) == pytest.approx(np.array(printed))


def test_kalton_d_regression() -> None:
    printed = [[1.21, 1.17, 1.14], [1.43, 1.4, 1.36], [1.66, 1.62, 1.59], [1.88, 1.85, 1.81]]
    x = np.stack([np.ones(len(A)), A + 1, B + 1], axis=1)
    totals = [
        POPULATION.sum(),
        POPULATION.sum(axis=1) @ np.arange(1, 5),
        POPULATION.sum(axis=0) @ np.arange(1, 4),
    ]

    made = calibrate(np.ones(len(A)), x, totals)

    assert factors(made.weights) == pytest.approx(np.array(printed))


@pytest.mark.parametrize("distance", ["linear", "raking"])
def test_badcal_start_weights_far_too_small(distance: Distance) -> None:
    second = np.array([0] * 4 + [1] * 6)
    x = np.stack([np.ones(10), second], axis=1)

    made = calibrate(np.full(10, 10.0), x, [10000, 5000], distance=distance)
    design = Design.of(10, weights=np.full(10, 10.0)).weighed(made)

    for level in (0, 1):
        found = total(design, second == level)
        assert found.estimate == pytest.approx(5000)
        assert found.se == pytest.approx(0, abs=1e-6)
