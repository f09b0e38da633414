"""Many groups at once, and the command on files."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.insight.methods.assessing.representation import STANDINGS, Standing, counted, indices


def test_records_are_counted_in_one_pass_and_the_unknown_nowhere() -> None:
    bands, group = np.array([0, 1, 1, -1, 2]), np.array([0, 0, 1, 1, 1])

    assert counted(bands, 3).tolist() == [[1, 2, 1]]
    assert counted(bands, 3, group, 2).tolist() == [[1, 1, 0], [0, 1, 1]]


def test_many_groups_say_what_one_says() -> None:
    found = indices([[10, 90], [50, 50], [0, 4]], [[50, 50], [50, 50], [50, 50]])

    assert found.index[0].tolist() == pytest.approx([0.2, 1.8])
    assert (found.low[0, 0], found.high[0, 0]) == pytest.approx((0.0959, 0.3678), abs=1e-4)
    said = [[STANDINGS[place] for place in row] for row in found.standing]
    assert said == [[Standing.MISSING, Standing.MORE], [Standing.IN_LINE] * 2, [Standing.TOO_FEW] * 2]


def test_where_nobody_lives_there_is_no_index() -> None:
    found = indices([[10, 90, 7]], [[50, 50, 0]])

    assert np.isnan(found.index[0, 2])
    assert found.share[0].tolist() == pytest.approx([0.1, 0.9, 0.0])


def test_who_comes_together_makes_it_less_sure() -> None:
    alone, together = indices([[30, 70]], [[50, 50]]), indices([[30, 70]], [[50, 50]], together=2)

    assert together.index == pytest.approx(alone.index)
    assert together.high[0, 0] > alone.high[0, 0]


def _run(tmp_path: Path, counts: str, profile: str, **how: Any) -> dict[str, Any]:
    (tmp_path / "counts.csv").write_text(counts, encoding="utf-8")
    (tmp_path / "profile.csv").write_text(profile, encoding="utf-8")
    said = StringIO()
    call_command(
        "represent", str(tmp_path / "counts.csv"), str(tmp_path / "profile.csv"), json=True, stdout=said, **how
    )
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


PROFILE = "dimension,band,people\nage,young,500\nage,old,500\nlanguage,en,900\nlanguage,ar,100\n"


def test_the_command_compares_two_files(tmp_path: Path) -> None:
    rows = _run(tmp_path, "dimension,band,count\nage,young,10\nage,old,90\nlanguage,en,100\n", PROFILE)["rows"]

    young = rows[0]
    assert (young["band"], young["n"], young["index"], young["warning"]) == ("young", 10, pytest.approx(0.2), True)
    assert [row["n"] for row in rows if row["band"] == "ar"] == [0]  # nobody is a number too


def test_records_one_by_one_and_by_a_column(tmp_path: Path) -> None:
    records = "branch,band\n" + "Hill,young\n" * 30 + "River,old\n" * 5
    rows = _run(tmp_path, records, "band,share\nyoung,0.5\nold,0.5\n", by="branch")["rows"]

    assert {(row["by"], row["band"]): row["n"] for row in rows} == {
        ("Hill", "young"): 30,
        ("Hill", "old"): 0,
        ("River", "young"): 0,
        ("River", "old"): 5,
    }


def test_small_counts_are_hidden_where_asked(tmp_path: Path) -> None:
    rows = _run(tmp_path, "band,count\nyoung,3\nold,90\n", "band,people\nyoung,5\nold,5\n", threshold=10)["rows"]

    assert [row["n"] for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("counts", "profile", "said"),
    [
        ("group,count\na,1\n", PROFILE, "band"),
        ("band,count\na,x\n", "band,people\na,1\n", "row 2"),
        ("band,count\na,-4\n", "band,people\na,1\n", "row 2"),
        ("band,count\nz,4\n", "band,people\na,1\n", "No band"),
        ("band,count\na,4\n", "band,homes\na,1\n", "people"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, counts: str, profile: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _run(tmp_path, counts, profile)
