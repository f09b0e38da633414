from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from rapport.lib.worker import Worker


class Command(BaseCommand):
    help = "Does the work that waits. Any number of workers may run, on any number of machines (on PostgreSQL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Work until nothing is ready, then stop.")
        parser.add_argument("--threads", type=int, default=1, help="How many tasks at a time (default: 1).")
        parser.add_argument("--with-parent", action="store_true", help="Stop when the process that started it ends.")

    def handle(self, *, once: bool, threads: int, with_parent: bool, **options: Any) -> None:
        worker = Worker(once=once, threads=max(1, threads), with_parent=with_parent)
        worker.configure_signals()
        worker.run()
