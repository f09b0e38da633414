"""Weights: margins are met, caps hold, what cannot be is refused with the way out, and parts add up to the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.insight.methods.estimating.estimates import mean, total
from rapport.insight.methods.estimating.replicates import balanced, bootstrap, jackknife, on_those_left, replicated
from rapport.insight.methods.weighing.designs import Codes, Design, Floats
from rapport.insight.methods.weighing.linear import NoSolution, calibrate
from rapport.insight.methods.weighing.margins import EmptyLevel, LevelWithoutPeople, Margin
from rapport.insight.methods.weighing.raking import cells_of, rake_cells
from rapport.insight.methods.weighing.weighting import Caps, Weighting, poststratify, rake, trim
from rapport.insight.methods.weighing.weights_report import deff_kish, n_effective, report

AGES = ("under 25", "25 to 64", "65 and over")


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Floats, list[Margin]]:
    """Start weights and two to three margins, every combination of levels answered at least once."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=3))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    every = np.indices(sizes).reshape(len(sizes), -1)
    more = np.stack([chance.integers(0, size, draw(st.integers(0, 60))) for size in sizes[:1]])
    extra = np.stack([chance.integers(0, size, more.shape[1]) for size in sizes])
    codes = np.concatenate([every, extra], axis=1)
    start = chance.uniform(0.5, 3, codes.shape[1])
    margins = [
        Margin(f"margin {number}", column, chance.uniform(1, 5, size))
        for number, (column, size) in enumerate(zip(codes, sizes, strict=True))
    ]
    return start, margins


@settings(deadline=None, max_examples=60)
@given(surveys(), st.floats(10, 1e6))
def test_raked_margins_are_met_and_weights_are_above_0(survey: tuple[Floats, list[Margin]], whole: float) -> None:
    start, margins = survey

    made = rake(start, margins, total=whole)

    assert made.converged
    assert (made.weights > 0).all()
    assert made.weights.sum() == pytest.approx(whole)
    for margin in margins:
        sums = np.bincount(margin.codes, made.weights)
        assert sums == pytest.approx(margin.shares() * whole, rel=1e-5)


@settings(deadline=None, max_examples=20)
@given(surveys())
def test_by_start_weights_the_errors_are_those_of_calibration(survey: tuple[Floats, list[Margin]]) -> None:
    start, margins = survey
    values = np.arange(len(start)) % 7
    shown = [margin.codes == level for margin in margins for level in range(1, len(margin.shares()))]
    x = np.stack([np.ones(len(start)), *shown], axis=1)
    design = Design.of(len(start), weights=start)

    raked = rake(start, margins, total=100, by_start=True)
    calibrated = calibrate(start, x, raked.weights @ x, distance="raking")

    assert total(design.weighed(raked), values).se == pytest.approx(total(design.weighed(calibrated), values).se)


@settings(deadline=None, max_examples=30)
@given(surveys())
def test_who_is_alike_gets_the_same_factor(survey: tuple[Floats, list[Margin]]) -> None:
    start, margins = survey

    made = rake(start, margins)

    alike = cells_of([margin.codes for margin in margins], [len(margin.shares()) for margin in margins]).of_row
    factors = made.weights / start
    for cell in range(alike.max() + 1):
        assert np.ptp(factors[alike == cell]) < 1e-9


@settings(deadline=None, max_examples=30)
@given(surveys(), st.integers(1, 20))
def test_cells_of_two_databases_add_up(survey: tuple[Floats, list[Margin]], cut: int) -> None:
    start, margins = survey
    codes, sizes = [margin.codes for margin in margins], [len(margin.shares()) for margin in margins]
    whole = cells_of(codes, sizes)
    here = np.bincount(whole.of_row[:cut], start[:cut], len(whole.codes))
    there = np.bincount(whole.of_row[cut:], start[cut:], len(whole.codes))

    merged = rake_cells(here + there, whole.codes, [margin.shares() for margin in margins], total=100)

    factors = merged.masses / (here + there)
    assert start * factors[whole.of_row] == pytest.approx(rake(start, margins, total=100).weights)


@settings(deadline=None, max_examples=30)
@given(surveys())
def test_calibration_meets_any_totals_that_can_be_met(survey: tuple[Floats, list[Margin]]) -> None:
    start, margins = survey
    x = np.stack([np.ones(len(start)), *(margin.codes for margin in margins)], axis=1)
    wanted = (start * 1.1) @ x

    made = calibrate(start, x, wanted)

    assert made.weights @ x == pytest.approx(wanted)


@settings(deadline=None, max_examples=30)
@given(surveys())
def test_a_calibrated_total_of_what_is_known_has_no_error(survey: tuple[Floats, list[Margin]]) -> None:
    start, margins = survey
    design = Design.of(len(start), weights=start).weighed(rake(start, margins))

    found = total(design, margins[0].codes == 0)

    assert found.se == pytest.approx(0, abs=1e-6 * start.sum())


def aged(*counts: int) -> Codes:
    return np.repeat(np.arange(len(counts)), counts)


def test_the_worked_example_of_kish() -> None:
    weights = np.array([1, 1, 2, 0.5, 0.5, 3])

    assert deff_kish(weights) == pytest.approx(1.453, abs=5e-4)
    assert n_effective(weights) == pytest.approx(4.13, abs=5e-3)


def test_the_report_says_what_the_weights_cost() -> None:
    made = poststratify(np.ones(100), Margin("age", aged(90, 10), [0.5, 0.5], AGES[:2]))

    found = made.report()

    assert (found.n, found.rounds, found.converged, found.trimmed) == (100, 1, True, 0)
    assert found.misses == {"age": pytest.approx(0, abs=1e-12)}
    assert (found.least, found.most) == pytest.approx((50 / 90, 5))
    assert found.quantiles[0.5] == pytest.approx(50 / 90)
    assert found.deff_kish == pytest.approx(2.7778, abs=1e-4)
    assert found.n_effective == pytest.approx(36)
    assert found.is_costly
    assert not report(np.ones(5)).is_costly


def test_an_empty_level_is_refused_and_the_smaller_neighbour_proposed() -> None:
    margin = Margin("age", np.array([0, 0, 0, 2, 2]), [0.2, 0.5, 0.3], AGES)

    with pytest.raises(EmptyLevel, match="Nobody who answered is 25 to 64 in age; join it with 65 and over") as caught:
        rake(np.ones(5), [margin, Margin("gender", np.array([0, 1, 0, 1, 0]), [1, 1])])

    assert (caught.value.margin, caught.value.level, caught.value.join) == ("age", "25 to 64", "65 and over")


def test_an_empty_level_without_people_is_fine() -> None:
    made = poststratify(np.ones(3), Margin("age", np.array([0, 0, 2]), [1, 0, 1], AGES))

    assert made.weights == pytest.approx([0.75, 0.75, 1.5])


def test_people_of_a_level_that_has_none_are_refused() -> None:
    with pytest.raises(LevelWithoutPeople, match="65 and over"):
        poststratify(np.ones(3), Margin("age", np.array([0, 1, 2]), [1, 1, 0], AGES))


@pytest.mark.parametrize("targets", [[1, -1], [0, 0], [np.nan, 1]])
def test_targets_that_cannot_be(targets: list[float]) -> None:
    with pytest.raises(ValueError, match="targets"):
        poststratify(np.ones(2), Margin("gender", np.array([0, 1]), targets))


def test_codes_without_a_target() -> None:
    with pytest.raises(ValueError, match="one of the 2 levels"):
        poststratify(np.ones(2), Margin("gender", np.array([0, 2]), [1, 1]))


def test_start_weights_of_0_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        poststratify(np.array([0.0, 1.0]), Margin("gender", np.array([0, 1]), [1, 1]))


def test_margins_that_contradict_each_other_do_not_converge_and_say_so() -> None:
    same = np.array([0, 0, 1, 1])

    made = rake(np.ones(4), [Margin("one", same, [0.5, 0.5]), Margin("other", same, [0.8, 0.2])], most=50)

    assert not made.converged
    assert made.misses["one"] == pytest.approx(0.3)
    assert made.misses["other"] == pytest.approx(0, abs=1e-9)


@pytest.fixture
def lopsided() -> list[Margin]:
    """Few are young, and few of those are in the south, but the population has many."""
    chance = np.random.default_rng(3)
    young = (chance.random(400) < 0.1).astype(int)
    south = (chance.random(400) < 0.25).astype(int)
    return [Margin("age", young, [0.6, 0.4]), Margin("place", south, [0.6, 0.4])]


def test_caps_hold_and_the_rest_makes_up_for_them(lopsided: list[Margin]) -> None:
    free = rake(np.ones(400), lopsided)

    capped = rake(np.ones(400), lopsided, caps=Caps(low=0.3, high=6))

    assert free.weights.max() > 6
    assert capped.weights.max() <= 6 + 1e-9
    assert capped.weights.min() >= 0.3 - 1e-9
    assert capped.trimmed == np.count_nonzero(np.isclose(capped.weights, 6))
    assert capped.converged
    assert capped.report().deff_kish < free.report().deff_kish


def test_caps_that_are_too_tight_show_in_the_misses(lopsided: list[Margin]) -> None:
    capped = rake(np.ones(400), lopsided, caps=Caps(high=2))

    assert not capped.converged
    assert max(capped.misses.values()) > 0.05
    assert capped.weights.max() <= 2 + 1e-9


def test_caps_of_each_start_weight(lopsided: list[Margin]) -> None:
    start = np.random.default_rng(5).uniform(1, 3, 400)

    capped = rake(start, lopsided, caps=Caps(own_high=5))

    scaled = start * (capped.weights.sum() / start.sum())
    assert (capped.weights / scaled).max() <= 5 + 1e-6
    assert capped.weights.sum() == pytest.approx(start.sum(), rel=1e-6)


@pytest.mark.parametrize("caps", [Caps(low=2), Caps(high=0.5), Caps(low=1.5, high=1.2)])
def test_caps_without_room(caps: Caps, lopsided: list[Margin]) -> None:
    with pytest.raises(ValueError, match="no room"):
        rake(np.ones(400), lopsided, caps=caps)


def test_trimming_afterwards_keeps_the_total(lopsided: list[Margin]) -> None:
    raked = rake(np.ones(400), lopsided)

    trimmed = trim(raked, low=0.4, high=4)

    assert trimmed.weights.sum() == pytest.approx(400)
    assert raked.weights.max() > trimmed.weights.max() == 4
    assert trimmed.weights.min() >= 0.4
    assert trimmed.trimmed == np.count_nonzero((trimmed.weights == 4) | (trimmed.weights == 0.4))
    with pytest.raises(ValueError, match="outside"):
        trim(raked, high=0.9)


def test_no_weights_within_narrow_bounds() -> None:
    with pytest.raises(NoSolution) as caught:
        calibrate(np.ones(4), np.array([[1, 0], [1, 0], [1, 1], [1, 1]]), [4, 3.9], bounds=(0.5, 1.5))

    assert caught.value.miss > 0.1


@pytest.mark.parametrize(("distance", "bounds"), [("linear", (1.2, 3)), ("logit", (0, np.inf))])
def test_bounds_that_cannot_be(distance: str, bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"[Bb]ounds"):
        calibrate(np.ones(2), np.ones((2, 1)), [2], distance=distance, bounds=bounds)


# Replicates: for a mean of equal weights they say what linearisation says


def pairs() -> tuple[Design, Floats]:
    """Six strata of two units with three answers each."""
    chance = np.random.default_rng(1)
    strata, units = np.repeat(np.arange(6), 6), np.repeat(np.arange(12), 3)
    return Design.of(36, strata=strata, clusters=[units]), chance.normal(size=36) + strata


@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_balanced_half_samples_agree_with_linearisation(rho: float) -> None:
    design, values = pairs()

    found = replicated(balanced(design, rho=rho), lambda w: w @ values)

    assert found.se == pytest.approx(total(design, values).se)
    assert found.freedom == 6


def test_the_jackknife_within_strata_agrees_with_linearisation() -> None:
    design, values = pairs()

    found = replicated(jackknife(design, around_estimate=True), lambda w: w @ values)

    assert found.se == pytest.approx(total(design, values).se)


def test_the_bootstrap_comes_near_and_repeats_itself() -> None:
    chance = np.random.default_rng(2)
    design, values = Design.of(120, clusters=[np.repeat(np.arange(40), 3)]), chance.normal(size=120)

    found, again = (replicated(bootstrap(design, 1000, seed=7), lambda w: w @ values / w.sum()) for _ in range(2))

    assert found == again
    assert found.se == pytest.approx(mean(design, values).se, rel=0.1)


def test_half_samples_need_pairs() -> None:
    with pytest.raises(ValueError, match="two units"):
        balanced(Design.of(3))


def test_replicates_of_people_who_chose_to_answer_have_no_error() -> None:
    design = Design.of(10, is_probability=False)

    found = replicated(jackknife(design), lambda w: w.sum())

    assert (found.estimate, found.se, found.label) == (10, None, "indicative: people who chose to answer")


def test_replicates_are_weighed_like_the_whole() -> None:
    design, values = pairs()
    codes = np.tile([0, 1, 1], 12)

    def weighed(weights: Floats, left: Codes) -> Floats:
        return _halves(weights, codes[left]).weights

    made = jackknife(design).weighed(on_those_left(weighed))

    assert made.weights == pytest.approx(_halves(np.ones(36), codes).weights)
    assert made.each.sum(axis=0) == pytest.approx(np.full(12, 36))
    assert replicated(made, lambda w: w @ values / w.sum()).se > 0


def _halves(weights: Floats, codes: Codes) -> Weighting:
    return poststratify(weights, Margin("half", codes, [1, 1]), total=36)
