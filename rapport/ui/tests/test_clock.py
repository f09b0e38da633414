import datetime

import pytest
import time_machine
from django.utils import timezone

from rapport.ui.clock import Clock, when

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((2026, 11, 24, 17, 0), "today 5 p.m."),
        ((2026, 11, 25, 12, 0), "tomorrow noon"),
        ((2026, 11, 23, 12, 0), "yesterday noon"),
        ((2026, 11, 27, 9, 30), "Friday 9:30 a.m."),
        ((2026, 12, 24, 9, 0), "December 24"),
        ((2027, 1, 3, 9, 0), "Jan. 3, 2027"),
    ],
)
def test_moments_are_said_as_people_say_them(at: tuple[int, int, int, int, int], words: str) -> None:
    with time_machine.travel(NOW, tick=False), timezone.override(datetime.UTC):
        assert when(datetime.datetime(*at, tzinfo=datetime.UTC)) == words


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [
        (27, "open", "Answer by tomorrow noon"),
        (3, "soon", "Answer by today noon"),
        (-5, "overdue", "5 hours late"),
        (-49, "overdue", "2 days late"),
    ],
)
def test_a_clock_says_what_is_asked_and_how_late_it_is(hours: int, state: str, words: str) -> None:
    with time_machine.travel(NOW, tick=False), timezone.override(datetime.UTC):
        clock = Clock(NOW + datetime.timedelta(hours=hours))
        assert (clock.state, clock.words) == (state, words)


def test_what_was_done_is_never_overdue() -> None:
    clock = Clock(NOW - datetime.timedelta(days=9), met=NOW - datetime.timedelta(days=10))

    assert clock.state == "met"
