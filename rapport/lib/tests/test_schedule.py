"""Repeated work: every entry can be done, and each turn is taken once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from rapport.lib.later import can_wait
from rapport.lib.repeating import Entry, Every, Nightly, put_due_work_on_queue

NOON = datetime(2026, 3, 10, 12, 1, tzinfo=UTC)


@can_wait
def turn() -> None:
    """Nothing to do: the tests count how often it was put on the queue."""


TURN = f"{__name__}.turn"


def in_threads(number: int, do: Callable[[], object]) -> list[object]:
    """At the same time, each with its own connection, as processes have."""

    def alone(_number: int) -> object:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(alone, range(number)))


@pytest.mark.parametrize("entry", import_string(settings.SCHEDULE), ids=lambda entry: entry.do)
def test_every_entry_of_the_schedule_can_wait(entry: Entry) -> None:
    assert import_string(entry.do).can_wait


def test_no_entry_stands_twice_in_the_schedule() -> None:
    names = [entry.do for entry in import_string(settings.SCHEDULE)]

    assert len(names) == len(set(names))


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_takes_the_turn() -> None:
    schedule = [Every(minutes=5, do=TURN)]
    for minutes in (0, 5, 10):
        now = NOON + timedelta(minutes=minutes)
        taken = in_threads(6, lambda now=now: put_due_work_on_queue(now, schedule))  # type: ignore[misc]
        assert sorted(taken) == [0, 0, 0, 0, 0, 1]  # type: ignore[type-var]

    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db
def test_missed_turns_are_made_up_for_once() -> None:
    schedule = [Every(minutes=5, do=TURN)]
    put_due_work_on_queue(NOON, schedule)

    assert put_due_work_on_queue(NOON + timedelta(hours=7), schedule) == 1
    assert put_due_work_on_queue(NOON + timedelta(hours=7, seconds=30), schedule) == 0


@pytest.mark.django_db
def test_the_night_begins_by_the_clock_of_the_library() -> None:
    schedule = [Nightly(at="03:30", do=TURN)]
    night = NOON.replace(hour=3, minute=30)
    put_due_work_on_queue(night - timedelta(hours=2), schedule)

    assert [put_due_work_on_queue(night + timedelta(minutes=m), schedule) for m in (-1, 0, 1, 600)] == [0, 1, 0, 0]
