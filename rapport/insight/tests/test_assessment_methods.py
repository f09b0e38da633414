import pytest

from rapport.insight.methods.assessing.checklist import Gathered, Lack, lacks
from rapport.insight.methods.assessing.representation import Standing, representation


def test_shares_are_compared_over_what_both_sides_know() -> None:
    rows = representation({"young": 20, "old": 80, "unknown": 7}, {"young": 500, "old": 500, "babies": 100})

    assert [(row.band, row.share, row.people, row.index) for row in rows] == [
        ("young", 0.2, 0.5, 0.4),
        ("old", 0.8, 0.5, 1.6),
    ]
    assert [row.standing for row in rows] == [Standing.MISSING, Standing.MORE]


def test_the_interval_is_the_exact_one_of_a_poisson_count() -> None:
    (row, _rest) = representation({"a": 10, "b": 90}, {"a": 20, "b": 80})

    assert (row.low, row.high) == (pytest.approx(4.795 / 20, abs=1e-3), pytest.approx(18.390 / 20, abs=1e-3))


def test_nobody_of_a_group_has_an_interval_too() -> None:
    (row, _rest) = representation({"a": 0, "b": 100}, {"a": 50, "b": 50})

    assert (row.index, row.low) == (0, 0)
    assert row.high == pytest.approx(3.689 / 50, abs=1e-3)
    assert row.standing == Standing.MISSING


@pytest.mark.parametrize(
    ("heard", "standing"),
    [
        ({"a": 3, "b": 7}, Standing.TOO_FEW),
        ({"a": 9, "b": 21}, Standing.UNSURE),
        ({"a": 45, "b": 55}, Standing.IN_LINE),
    ],
)
def test_a_group_is_called_missing_only_where_it_is_no_chance(heard: dict[str, int], standing: Standing) -> None:
    assert representation(heard, {"a": 50, "b": 50})[0].standing == standing


def test_without_answers_or_figures_nothing_is_said() -> None:
    assert representation({"a": 0}, {"a": 5}) == []
    assert representation({"a": 5}, {}) == []


def test_an_empty_assessment_lacks_nearly_everything() -> None:
    assert set(lacks(Gathered())) == set(Lack) - {
        Lack.MISSING, Lack.LANGUAGES, Lack.LIMITS, Lack.RETENTION, Lack.UNSOURCED,
    }  # fmt: skip


def test_a_whole_one_lacks_nothing() -> None:
    whole = Gathered(
        has_decision=True, has_lead=True, kinds=frozenset({"survey", "walk", "census"}), formal=2, informal=1,
        has_profile=True, languages_at_home=1, languages_asked=2, assets=1, findings=1, priorities=1, has_next=True,
    )  # fmt: skip

    assert lacks(whole) == []


def test_three_sources_of_one_kind_are_one_kind() -> None:
    assert Lack.KINDS in lacks(Gathered(kinds=frozenset({"survey"}), formal=3))
