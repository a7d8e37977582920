"""Background work on the embedded default, and with Redis when the tests have one."""

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings

from config.celery import EmbeddedWorker, app, needs_embedded_worker

done = threading.Event()
received: list[str] = []


@app.task(name="tests.config.remember")
def remember(word: str) -> None:
    received.append(word)
    done.set()


@pytest.fixture
def worker() -> Iterator[EmbeddedWorker]:
    running = EmbeddedWorker()
    running.start()
    yield running
    running.stop()


def test_only_a_broker_in_memory_needs_a_worker_in_the_server() -> None:
    assert needs_embedded_worker() is not bool(settings.REDIS_URL)


@pytest.mark.django_db
def test_a_task_is_done_soon_by_a_worker_in_a_thread(worker: EmbeddedWorker) -> None:
    done.clear()
    received.clear()
    remember.delay("hello")
    assert done.wait(10)
    assert received == ["hello"]
