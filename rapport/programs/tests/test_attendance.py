"""Reference figures: R 4.2, glm(family = quasipoisson, epsilon = 1e-14) and cor.test(method = "kendall")."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.programs.methods.attendance import Course, Trend, line_through, mann_kendall, trends

FEWER = [31, 28, 35, 22, 30, 27, 25, 29, 18, 24, 21, 19, 23, 15, 20]
TIED = [12, 9, 12, 7, 9, 9, 4, 7, 0, 3, 4, 2, 0, 1]


@pytest.mark.parametrize(
    ("counts", "line", "p_falling"),
    [
        (FEWER, [3.45740678764, -0.03919933592, 0.008918352023, 0.5355487249], 0.001076746729),
        (TIED, [2.6249784884, -0.1735897173, 0.03260526693, 1.038174448], 0.0002421914118),
    ],
)
def test_lines_and_ranks_are_those_of_r(counts: list[int], line: list[float], p_falling: float) -> None:
    seen = np.array(counts, dtype=float)

    found = line_through(np.arange(len(seen), dtype=float), seen)

    assert [found.level, found.slope, found.error, found.phi] == pytest.approx(line, rel=1e-7)
    assert mann_kendall(seen)[0] == pytest.approx(p_falling, rel=1e-8)


def test_a_dwindling_series_is_told_from_a_steady_and_a_young_one() -> None:
    steady = [20, 23, 18, 21, 25, 19, 22, 20, 17, 24, 21, 20]

    fewer, same, young, more = trends([FEWER, steady, FEWER[:11], FEWER[::-1]])

    assert [one.course for one in (fewer, same, young, more)] == [
        Course.FALLING,
        Course.STEADY,
        Course.TOO_EARLY,
        Course.RISING,
    ]
    assert fewer.low is not None and fewer.change is not None and fewer.high is not None
    assert fewer.low < fewer.change < fewer.high < 0
    assert young.change is None


def test_what_was_not_counted_keeps_its_place_and_is_not_zero() -> None:
    gaps: list[float | None] = [*FEWER[:5], None, None, *FEWER[5:]]

    found = trends([gaps])[0]

    assert found.n == len(FEWER)
    assert found.mean == pytest.approx(np.mean(FEWER))


def test_a_series_to_which_nobody_ever_came_is_steady() -> None:
    assert trends([[0] * 14]) == [Trend(Course.STEADY, 14, 0.0)]


def test_steady_series_raise_alarms_no_more_often_than_was_borne() -> None:
    chance = np.random.default_rng(3)
    families = [
        trends([chance.poisson(chance.gamma(4, 15 / 4, size=24)).tolist() for _series in range(40)])
        for _family in range(25)
    ]

    alarmed = sum(any(one.course in {Course.FALLING, Course.RISING} for one in family) for family in families)

    assert alarmed <= 3  # 5 % of 25 is 1.25; four or more would come by chance in 4 of 100 runs


@pytest.mark.parametrize(("series", "rate"), [([[-1] * 12], 0.05), ([FEWER], 0.0), ([FEWER], 1.0)])
def test_what_makes_no_sense_is_refused(series: list[list[int]], rate: float) -> None:
    with pytest.raises(ValueError):
        trends(series, rate=rate)


def test_the_command_reads_a_file_of_sessions(tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    rows = [f"Storytime,2026-{month:02}-05,{count}" for month, count in zip(range(12, 0, -1), FEWER[:12], strict=True)]
    file.write_text("\n".join(["Program,Day,Came", *rows, "Chess,2026-01-07,"]))
    out = io.StringIO()

    call_command("attendance", str(file), "--series=Program", "--count=Came", "--date=Day", "--json", stdout=out)

    found = {one["series"]: one for one in json.loads(out.getvalue())["series"]}
    assert found["Storytime"]["course"] == "rising"  # the newest stands first in the file
    assert found["Chess"]["course"] == "too early to tell"


@pytest.mark.parametrize(("row", "said"), [("Chess,2026-01-07,many", "row 2"), ("Chess,soon,4", "row 2")])
def test_the_command_says_where_a_row_is_wrong(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text(f"Program,Day,Came\n{row}\n")

    with pytest.raises(CommandError, match=said):
        call_command("attendance", str(file), "--series=Program", "--count=Came", "--date=Day")
