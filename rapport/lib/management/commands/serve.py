import hashlib
import http.client
import multiprocessing
import subprocess
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Serves the site. In production it first collects the static files, if they have changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--with-worker", action="store_true", help="Run one worker beside the server.")

    def handle(self, *, with_worker: bool, **options: Any) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        if not settings.WHITENOISE_USE_FINDERS:
            collect_if_changed()
        # Connections and threads of this process must not be copied into the server's workers by a fork.
        multiprocessing.set_start_method("spawn", force=True)
        beside = BesideWorker() if with_worker else None
        try:
            Granian(
                "rapport.wsgi:application",
                address=settings.HOUSE.listen,
                port=settings.HOUSE.port,
                interface=Interfaces.WSGI,
                workers=settings.HOUSE.workers,
                blocking_threads=4,
                respawn_failed_workers=True,
                log_access=False,
            ).serve()
        finally:
            if beside:
                beside.stop()


class BesideWorker:
    """A worker in its own process: begun once the site answers, begun again should it die, stopped with the server.

    Both would want the processor at the start, and people wait for the first page, not for the first task.
    """

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        self._wait_for_site()
        while not self.stopping.is_set():
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen([sys.executable, "-m", "rapport", "worker", "--with-parent"])
            self.stopping.wait(1)

    def _wait_for_site(self) -> None:
        for _try in range(60):
            site = http.client.HTTPConnection(settings.HOUSE.listen, settings.HOUSE.port, timeout=30)
            try:
                site.request("GET", "/healthz")
                site.getresponse()
                return
            except OSError:
                if self.stopping.wait(0.5):
                    return
            finally:
                site.close()

    def stop(self) -> None:
        self.stopping.set()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def collect_if_changed() -> bool:
    """Collect the static files when they are not those that were collected last."""
    seen = settings.STATIC_ROOT / ".collected"
    now = _fingerprint()
    if seen.exists() and seen.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    seen.write_text(now)
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path}:{storage.size(path)}:{storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
