"""The worker's rules, one at a time: trying again, giving up, taking over, and what was rolled back."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rapport.lib import worker as engine
from rapport.lib.later import can_wait, later
from rapport.lib.models import Attempts, Heartbeat, UsedProof
from rapport.lib.worker import BACK_OFF, TRIES, Worker, put_back_orphans

done: list[int] = []


@can_wait
def do(number: int) -> None:
    done.append(number)


@can_wait
def fail() -> None:
    raise ConnectionError("amina@example.org is not at home")


def unmarked() -> None:
    raise AssertionError("never called")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def only_row() -> DBTaskResult:
    return DBTaskResult.objects.get()


def take_and_run(worker: Worker) -> DBTaskResult | None:
    row = worker._take()
    if row is not None:
        worker.run_task(row)
    return row


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_done() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        later(do, number=1)
        raise ZeroDivisionError
    with transaction.atomic():
        later(do, number=2)

    Worker(once=True).work()

    assert done == [2]


@pytest.mark.django_db
def test_only_what_is_marked_waits() -> None:
    with pytest.raises(TypeError):
        later(unmarked)

    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_what_is_for_later_is_not_done_before() -> None:
    later(do, after=timezone.now() + timedelta(hours=1), number=1)

    assert take_and_run(Worker(once=True)) is None
    assert done == []


@pytest.mark.django_db
def test_what_fails_is_tried_again_after_longer_and_longer_waits_and_then_given_up() -> None:
    later(fail)
    worker, waits = Worker(once=True), []

    for _ in BACK_OFF:
        before = timezone.now()
        take_and_run(worker)
        row = only_row()
        assert row.status == "READY"
        assert take_and_run(worker) is None, "not before its time"
        waits.append(round((row.run_after - before).total_seconds()))
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    take_and_run(worker)

    assert waits == BACK_OFF
    assert only_row().status == "FAILED"
    assert only_row().exception_class_path == "builtins.ConnectionError"
    assert "amina" not in str(only_row().__dict__), "what was said in the error is not kept"


def claimed(*, alive: bool, times: int = 1) -> DBTaskResult:
    later(do, number=1)
    worker = Worker(once=True)
    silent_since = timezone.now() - timedelta(seconds=0 if alive else 600)
    Heartbeat.objects.create(worker=worker.worker_id, at=silent_since)
    row = worker._take()
    assert row is not None
    DBTaskResult.objects.update(worker_ids=[worker.worker_id] * times)
    return row


@pytest.mark.django_db
def test_the_task_of_a_silent_worker_is_ready_for_another() -> None:
    claimed(alive=False)

    assert put_back_orphans() == 1
    assert take_and_run(Worker(once=True)) is not None
    assert done == [1]
    assert only_row().status == "SUCCESSFUL"


@pytest.mark.django_db
def test_the_task_of_a_living_worker_is_left_to_it() -> None:
    claimed(alive=True)

    assert put_back_orphans() == 0
    assert only_row().status == "RUNNING"


@pytest.mark.django_db
def test_a_task_that_took_down_all_its_workers_stays_failed() -> None:
    claimed(alive=False, times=TRIES)

    put_back_orphans()

    assert only_row().status == "FAILED"
    assert only_row().exception_class_path == "killed"


@pytest.mark.django_db
def test_a_worker_that_was_only_slow_does_not_overwrite_who_took_over() -> None:
    row = claimed(alive=False)
    put_back_orphans()
    second = Worker(once=True)._take()

    Worker(once=True).run_task(row)

    assert second is not None
    assert only_row().status == "RUNNING"


@pytest.mark.django_db
def test_the_clean_up_removes_what_is_over_and_nothing_else() -> None:
    now = timezone.now()
    for model, key in ((Attempts, "key"), (UsedProof, "nonce")):
        model.objects.create(**{key: "over"}, until=now - timedelta(minutes=1))
        model.objects.create(**{key: "not yet"}, until=now + timedelta(minutes=1))

    engine.clean_up()

    assert Attempts.objects.get().key == "not yet"
    assert UsedProof.objects.get().nonce == "not yet"
