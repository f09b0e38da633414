"""The worker: does what waits, takes over from workers that died, tries again what failed, keeps the schedule."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from rapport.lib.later import can_wait
from rapport.lib.logs import log
from rapport.lib.mail_folder import forget_old_mail
from rapport.lib.models import Attempts, Heartbeat, UsedProof
from rapport.lib.repeating import put_due_work_on_queue

BACK_OFF = [10, 60, 600, 3600]  # seconds before the second, third, fourth and fifth try
TRIES = len(BACK_OFF) + 1
LOOK_EVERY = 0.5


class Worker(QueueWorker):
    """One process, any number of threads. All its threads go by one name: they live and die together."""

    def __init__(self, *, once: bool = False, threads: int = 1, with_parent: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=LOOK_EVERY,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(12)}",
            excluded_queue_names=[],
        )
        self.threads = threads
        self.parent = os.getppid() if with_parent else None
        self.stopping = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the task at hand, then stop; asked twice, stop now (another worker will take over)."""
        if self.stopping.is_set():
            os._exit(1)
        self.stopping.set()

    def run(self) -> None:
        log.info("worker starts", worker=self.worker_id, threads=self.threads)
        self.look_after_house()
        heart = threading.Thread(target=self._beat_until_stopped, name="heart", daemon=True)
        hands = [threading.Thread(target=self._closing_connections(self.work)) for _ in range(self.threads - 1)]
        for thread in (heart, *hands):
            thread.start()
        try:
            self.work()
            for hand in hands:
                hand.join()
        finally:
            self.stopping.set()
            heart.join(timeout=5)
            Heartbeat.objects.filter(worker=self.worker_id).delete()
            log.info("worker stops", worker=self.worker_id)

    def work(self) -> None:
        """Do one task after the other; with `once`, until nothing is ready."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                row = self._take()
            except (OperationalError, InterfaceError) as error:
                if not (isinstance(error, OperationalError) and is_locked_database_exception(error)):
                    log.error("worker lost the database", error=type(error).__name__)
                self.stopping.wait(LOOK_EVERY * 2)
                continue
            if row is not None:
                self.run_task(row)
            elif self.batch:
                return
            else:
                self.stopping.wait(self.interval)

    def _take(self) -> "DBTaskResult[..., Any] | None":
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.order_by().exists():  # looking must not lock: most looks find nothing
            return None
        with exclusive_transaction(ready.db):
            row = ready.get_locked()
            if row is not None:
                row.claim(self.worker_id)
            return row

    def run_task(self, row: "DBTaskResult[..., Any]") -> None:
        try:
            result = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as error:
            _failed(row, error)
        else:
            _note(row, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), return_value=result)

    def look_after_house(self) -> None:
        """Say that this worker lives, take over from those who do not, and put on the queue what is due."""
        now = timezone.now()
        Heartbeat.objects.update_or_create(worker=self.worker_id, defaults={"at": now})
        put_back_orphans()
        put_due_work_on_queue(now)

    def _beat_until_stopped(self) -> None:
        while not self.stopping.wait(settings.HOUSE.worker_silence / 6):
            try:
                self.look_after_house()
            except Exception as error:
                log.error("worker could not look after the house", error=type(error).__name__)
                connections.close_all()
            if self.parent and os.getppid() != self.parent:
                self.stopping.set()
        connections.close_all()

    @staticmethod
    def _closing_connections(work: Callable[[], None]) -> Callable[[], None]:
        def working() -> None:
            try:
                work()
            finally:
                connections.close_all()

        return working

    def configure_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.shutdown)


def _failed(row: "DBTaskResult[..., Any]", error: Exception) -> None:
    tried = len(row.worker_ids)
    if tried < TRIES:
        wait = BACK_OFF[tried - 1]
        log.warning("task will be tried again", task=name_of(row), tried=tried, wait=wait, error=type(error).__name__)
        _note(row, status=TaskResultStatus.READY, run_after=timezone.now() + timedelta(seconds=wait), started_at=None)
    else:
        log.error("task failed", task=name_of(row), tried=tried, error=type(error).__name__)
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        _note(row, status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=kind)


def _note(row: "DBTaskResult[..., Any]", **what: object) -> None:
    """Only while the task is still ours: one that was taken over meanwhile belongs to another."""
    DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at).update(**what)


def name_of(row: "DBTaskResult[..., Any]") -> str:
    """What the task does, without whom it is about."""
    words = row.args_kwargs.get("args", [])
    if row.task_path.endswith("do_verb"):
        return f"{words[0]}.{words[2]}"
    return str(words[0]) if row.task_path.endswith("do_function") else row.task_path


def put_back_orphans() -> int:
    """Tasks of workers that fell silent become ready again; one that took down all its workers stays failed."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    alive = set(Heartbeat.objects.recent().values_list("worker", flat=True))
    orphans = [row for row in running if not row.worker_ids or row.worker_ids[-1] not in alive]
    for row in orphans:
        is_last = len(row.worker_ids) >= TRIES
        log.warning("task of a silent worker", task=name_of(row), tried=len(row.worker_ids), given_up=is_last)
        if is_last:
            _note(row, status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path="killed")
        else:
            _note(row, status=TaskResultStatus.READY, started_at=None)
    return len(orphans)


@can_wait
def clean_up() -> None:
    """Remove what the machinery no longer needs: done tasks, silent workers, used-up limits, old sessions."""
    now = timezone.now()
    kept_since = now - timedelta(days=settings.HOUSE.keep_log_days)
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=min(kept_since, now - timedelta(days=1))).delete()
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    Attempts.objects.filter(until__lt=now).delete()
    UsedProof.objects.filter(until__lt=now).delete()
    forget_old_mail(settings.HOUSE.keep_letter_days)
    call_command("clearsessions")
