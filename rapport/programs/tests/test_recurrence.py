"""Dates by a rule, and the text of it."""

from datetime import date

import pytest

from rapport.programs.methods.recurrence import MOST_DATES, Recurrence

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("rule", "text", "days"),
    [
        (Recurrence((1,), times=3), "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;COUNT=3", ["12-01", "12-08", "12-15"]),
        (
            Recurrence((0, 3), every=2, times=4),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4",
            ["11-30", "12-03", "12-14", "12-17"],
        ),
        (
            Recurrence((2,), nth=(2, -1), until=date(2027, 1, 13)),
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=2WE,-1WE;UNTIL=20270113",
            ["12-09", "12-30", "01-13"],
        ),
    ],
)
def test_a_rule_names_its_days(rule: Recurrence, text: str, days: list[str]) -> None:
    assert rule.text == text
    assert [f"{day:%m-%d}" for day in rule.days(MONDAY)] == days
    assert Recurrence.from_text(text) == rule


def test_the_fifth_weekday_is_only_in_some_months() -> None:
    days = list(Recurrence((0,), nth=(5,), until=date(2027, 6, 30)).days(MONDAY))
    assert [day.isoformat() for day in days] == ["2026-11-30", "2027-03-29", "2027-05-31"]


def test_a_rule_without_an_end_ends() -> None:
    assert len(list(Recurrence((0,)).days(MONDAY))) == MOST_DATES


@pytest.mark.parametrize(
    "wrong",
    ["", "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYHOUR=3",
     "FREQ=WEEKLY;BYDAY=TU;INTERVAL=0"],
)  # fmt: skip
def test_what_is_no_rule_of_ours_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        Recurrence.from_text(wrong)
