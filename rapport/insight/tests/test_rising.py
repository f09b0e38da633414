import csv
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.insight.methods.themes.rising import adjusted, changed
from rapport.insight.methods.themes.rising_phrases import rising_levels, rising_phrases

FIRST = date(2025, 11, 24)  # a Monday


def _histories(n: int, scatter: float, seed: int = 7) -> list[np.ndarray]:
    """Counts of 300 things over 52 weeks in which nothing happens; `scatter` times wider than Poisson."""
    chance = np.random.default_rng(seed)
    means = 40 / np.arange(1, 301) ** 0.9
    shape = means / (scatter - 1) if scatter > 1 else None
    rates = [means[:, None] if shape is None else chance.gamma(shape, scatter - 1, (52, 300)).T for _ in range(n)]
    return [chance.poisson(np.broadcast_to(rate, (300, 52))) for rate in rates]


@pytest.mark.parametrize("scatter", [1.0, 2.0])
def test_false_alarms_stay_at_what_was_asked(scatter: float) -> None:
    """Nothing is new, so every alarm is false, and the false discovery rate is the share of histories with any."""
    volume = np.full(52, 115.0)

    alarms = sum(bool(changed(history, volume, rate=0.1)) for history in _histories(200, scatter))

    assert alarms <= 20  # 0.1 of 200


@pytest.mark.parametrize("planted", [6, 10])
def test_a_new_topic_is_found_every_time(planted: int) -> None:
    volume = np.full(52, 115.0)
    found = 0
    for history in _histories(50, 1.0, seed=planted):
        new = np.zeros((1, 52))
        new[0, -1] = planted
        changes = changed(np.vstack([history, new]), volume, rate=0.1)
        found += any(change.thing == 300 and change.is_new for change in changes)

    assert found == 50


def test_a_season_that_comes_every_year_is_no_news() -> None:
    weeks = np.arange(157)
    summer = np.where(np.abs(weeks % 52 - 0) <= 2, 40, 4)
    volume = np.full(157, 115.0)

    seasonal = changed(summer[None, :], volume)
    once = changed(np.where(weeks == 156, 40, 4)[None, :], volume)

    assert seasonal == []
    assert [change.is_rise for change in once] == [True]


def test_what_falls_silent_is_seen_and_more_voices_alone_are_no_rise() -> None:
    steady = np.full((1, 52), 30)
    fallen = np.where(np.arange(52) == 51, 3, 30)[None, :]
    doubled = np.where(np.arange(52) == 51, 60, 30)[None, :]
    volume = np.full(52, 100.0)
    twice = np.where(np.arange(52) == 51, 200.0, 100.0)

    assert changed(steady, volume) == []
    assert [change.is_rise for change in changed(fallen, volume)] == [False]
    assert changed(doubled, twice) == []


def test_adjusted_p_values_are_those_of_the_paper() -> None:
    """Benjamini and Hochberg 1995, section 3.2: four of fifteen are rejected at 0.05."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]

    assert (adjusted(p) <= 0.05).sum() == 4


@pytest.mark.parametrize(("shape", "rate"), [((2, 5), 0.1), ((2, 9), 0.0)])
def test_what_cannot_be_tested_is_refused(shape: tuple[int, int], rate: float) -> None:
    with pytest.raises(ValueError, match=r"eight periods|between 0 and 1"):
        changed(np.ones(shape), np.ones(shape[1]), rate=rate)


def _comments(planted: int) -> list[tuple[str, date, str]]:
    """A year of 60 comments a week about the same things, and in the last week some about chess."""
    chance = np.random.default_rng(3)
    things = [
        "more large print novels",
        "the children's corner is lovely",
        "wifi is slow upstairs",
        "longer opening hours",
    ]
    voices = [
        (f"{things[chance.integers(4)]}, number {chance.integers(10**6)}", FIRST + timedelta(week * 7 + n % 7), "en")
        for week in range(52)
        for n in range(60)
    ]
    last = FIRST + timedelta(51 * 7)
    return voices + [(f"A chess club on day {n} please", last, "en") for n in range(planted)]


def test_a_new_phrase_is_named_once() -> None:
    trends = rising_phrases(_comments(10))

    assert [(trend.words, trend.change.count, trend.change.is_new) for trend in trends] == [("chess club", 10, True)]


def test_copies_of_one_text_are_no_trend() -> None:
    last = FIRST + timedelta(51 * 7)
    shouted = [("CHESS CLUB NOW", last, "en")] * 30

    assert rising_phrases(_comments(0) + shouted) == []


def test_themes_rise_too() -> None:
    levels = [("hours", FIRST + timedelta(week * 7)) for week in range(52) for _n in range(200)]
    levels += [("garden", FIRST + timedelta(51 * 7))] * 9

    assert [trend.words for trend in rising_levels(levels)] == ["garden"]


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    file, out = tmp_path / "said.csv", StringIO()
    with file.open("w", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["said", "day"])
        rows.writerows((text, day.isoformat()) for text, day, _language in _comments(10))

    call_command("rising", str(file), "--text", "said", "--date", "day", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert [one["words"] for one in answer["rising"]] == ["chess club"]
    assert answer["rate"] == 0.1
    assert answer["falling"] == []


def test_the_command_says_which_row_has_no_day(tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_text("said,day\nMore chairs,2026-02-30\n")

    with pytest.raises(CommandError, match="row 2"):
        call_command("rising", str(file), "--text", "said", "--date", "day")
