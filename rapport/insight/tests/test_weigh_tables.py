"""Weighted tables, and whether two questions go together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import chi2_contingency

from rapport.insight.methods.estimating.crosstabs import crosstab, crosstabs
from rapport.insight.methods.estimating.tests_of_tables import rao_scott
from rapport.insight.methods.weighing.designs import Design

ROWS = np.array([0, 0, 1, 1, 1, -1], dtype=np.int8)
COLUMNS = np.array([0, 1, 0, 1, 1, 1], dtype=np.int8)
WEIGHTS = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 100.0])


def test_a_table_counts_and_weighs_those_who_answered_both() -> None:
    found = crosstab(ROWS, COLUMNS, levels=(2, 2), weights=WEIGHTS)

    assert found.counts.tolist() == [[1, 1], [1, 2]]
    assert found.weighted.tolist() == [[1, 2], [3, 9]]
    assert found.squared.tolist() == [[1, 4], [9, 41]]
    assert found.shares() == pytest.approx(np.array([[1, 2], [3, 9]]) / 15)
    assert found.column_shares() == pytest.approx(np.array([[1 / 4, 2 / 11], [3 / 4, 9 / 11]]))
    assert found.row_shares() == pytest.approx(np.array([[1 / 3, 2 / 3], [1 / 4, 3 / 4]]))
    assert found.n_effective() == pytest.approx([16 / 10, 121 / 45])


def test_one_question_alone_and_without_weights() -> None:
    found = crosstab(ROWS, levels=(3, 1))

    assert found.counts.tolist() == [[2], [3], [0]]
    assert found.column_shares().ravel() == pytest.approx([0.4, 0.6, 0])


def test_a_group_that_nobody_is_in_has_no_shares() -> None:
    found = crosstab(ROWS, COLUMNS, levels=(2, 3))

    assert np.isnan(found.column_shares()[:, 2]).all()


@pytest.mark.parametrize("codes", [np.array([0, 2]), np.array([0, -2])])
def test_codes_out_of_range(codes: np.ndarray) -> None:
    with pytest.raises(ValueError, match="from -1 to 1"):
        crosstab(codes, levels=(2, 1))


def test_a_codebook_is_its_tables() -> None:
    found = crosstabs({"one": (ROWS, 2), "other": (COLUMNS, 2)}, (COLUMNS, 2), weights=WEIGHTS)

    assert found["one"].weighted.tolist() == crosstab(ROWS, COLUMNS, levels=(2, 2), weights=WEIGHTS).weighted.tolist()
    assert list(found) == ["one", "other"]


coded = arrays.arrays(np.int8, 30, elements=st.integers(-1, 3))


@given(coded, coded, st.integers(0, 30))
def test_tables_of_two_parts_add_up(rows: np.ndarray, columns: np.ndarray, cut: int) -> None:
    weights = np.arange(1.0, 31)
    whole = crosstab(rows, columns, levels=(4, 4), weights=weights)

    parts = [
        crosstab(rows[part], columns[part], levels=(4, 4), weights=weights[part])
        for part in (slice(cut), slice(cut, None))
    ]
    merged = parts[0] + parts[1]

    assert (merged.counts == whole.counts).all()
    assert merged.weighted == pytest.approx(whole.weighted)
    assert merged.squared == pytest.approx(whole.squared)


def answered(seed: int = 4, n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, 3, n)
    return rows, np.where(chance.random(n) < 0.3, rows % 2, chance.integers(0, 2, n))


def test_a_simple_random_sample_gives_pearsons_own_test() -> None:
    rows, columns = answered()

    found = rao_scott(Design.of(300), rows, columns)

    plain = chi2_contingency(crosstab(rows, columns, levels=(3, 2)).counts, correction=False)
    assert found.chi_square == pytest.approx(plain.statistic)
    assert found.df == plain.dof
    assert found.deff == pytest.approx(1, abs=0.05)
    assert found.p_first_order == pytest.approx(plain.pvalue, rel=0.1)
    assert found.p < 0.001
    assert 0 < found.cramers_v < 1


def test_answers_given_twice_count_once_where_the_design_says_so() -> None:
    rows, columns = (np.repeat(codes, 2) for codes in answered())

    found = rao_scott(Design.of(600, clusters=[np.repeat(np.arange(300), 2)]), rows, columns)

    once = rao_scott(Design.of(300), *answered())
    assert found.deff == pytest.approx(2, abs=0.1)
    assert found.f == pytest.approx(once.f, rel=0.01)


def test_the_order_and_the_names_of_levels_do_not_matter() -> None:
    rows, columns = answered()

    one, other = rao_scott(Design.of(300), rows, columns), rao_scott(Design.of(300), 10 - 4 * rows + 4, columns)

    assert one.p == pytest.approx(other.p)


def test_who_did_not_answer_is_left_out_of_the_table() -> None:
    rows, columns = answered()
    rows[:20] = -1

    found = rao_scott(Design.of(300), rows, columns)

    assert found.n == 280


def test_a_table_needs_two_of_each() -> None:
    with pytest.raises(ValueError, match="two rows"):
        rao_scott(Design.of(4), np.array([0, 0, 0, -1]), np.array([0, 1, 0, 1]))


def test_people_who_chose_to_answer_carry_their_label() -> None:
    assert rao_scott(Design.of(300, is_probability=False), *answered()).label.startswith("indicative")
