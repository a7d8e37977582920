"""Background work of the builder. Rows in the database say what there is to do; a task only wakes a worker up."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache

from builder import bulk_work

TEND_EVERY = 60
"""Seconds between two looks for what was left lying."""


@shared_task
def run_spreadsheet(run_id: str) -> None:
    """Runs one spreadsheet."""
    bulk_work.work(run_id)


@shared_task
def tend_spreadsheets() -> None:
    """Takes up what was left lying, and comes back."""
    # Every worker that starts begins a round; where several meet, one goes on.
    if not cache.add("builder:tend_spreadsheets", True, timeout=TEND_EVERY - 5):
        return
    try:
        bulk_work.tend()
    finally:
        tend_spreadsheets.apply_async(countdown=TEND_EVERY)


@worker_ready.connect
def start_tending(**_: Any) -> None:
    """Looks for what was left lying as soon as there is a worker."""
    tend_spreadsheets.delay()
