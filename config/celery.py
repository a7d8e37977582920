"""Celery: background work. Without Redis a worker runs in a thread of the server; with it, start workers apart:

.venv/bin/celery -A config worker
"""

import os
import threading

from celery import Celery
from celery.signals import worker_ready
from celery.worker import WorkController
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("plainspark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def needs_embedded_worker() -> bool:
    """Whether messages stay in this process, so that only a worker in this process can see them."""
    return str(settings.CELERY_BROKER_URL).startswith("memory:")


class EmbeddedWorker:
    """A worker in a thread of this process, for the broker that lives in this process's memory."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads
        self._worker: WorkController | None = None
        self._made = threading.Event()
        self._thread = threading.Thread(target=self._work, name="embedded-worker", daemon=True)

    def start(self) -> None:
        """Take tasks from now on. Returns at once. Only once for each object."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Let running tasks end, for at most `timeout` seconds."""
        self._made.wait(timeout)
        if self._worker is not None:
            self._worker.stop(in_sighandler=False)
        self._thread.join(timeout)

    def _work(self) -> None:
        # Made in its own thread: Celery's start looks at the database, which Django forbids in the server's event loop.
        try:
            app.loader.import_default_modules()
            self._worker = app.WorkController(
                app=app,
                pool="threads",
                concurrency=self._threads,
                without_heartbeat=True,
                without_mingle=True,
                without_gossip=True,
                # A worker that is started by the `celery` program says so too.
                ready_callback=lambda consumer: worker_ready.send(sender=consumer),
            )
        finally:
            self._made.set()
        self._worker.start()
