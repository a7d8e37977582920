"""Who may run what through the API, out of the database; and the endpoint made of it that stands in front of Django.

Every request looks its key up, so a revoked one is refused at once by every process. With SQLite that takes some
microseconds and happens in the thread that answers requests; with PostgreSQL it happens beside it.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import sqlite3
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from redis.asyncio import Redis

from builder.credentials import KEY_QUERY, Found, by_key, by_token
from builder.models import ApiClient, ApiKey, LiveFunction
from builder.programs import plan_for, program_for
from builder.services.api_keys import KEY_START, hash_of
from runtime.api.brevity import is_brief
from runtime.api.endpoint import Access, Application, RunEndpoint, Runnable
from runtime.api.exchange import Exchange
from runtime.api.limits import MemoryLimiter, Rate, RedisLimiter
from runtime.api.problems import BAD_CREDENTIAL, Problem

READY = 256
"""How many functions are kept ready to run."""

KEPT_ACCESSES = 10_000
"""How many answers to "who may run what" are kept while the database does not change."""

LAST_USED_EVERY = 60.0
"""Seconds between two notes of when a key was last used."""

_SQLITE_QUERY = KEY_QUERY.replace("%s", "?")


class DatabaseDirectory:
    """The `runtime.api.endpoint.Directory` of the builder's database."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self._executor = executor
        self._ready: OrderedDict[tuple[str, str], Runnable] = OrderedDict()
        self._zones: dict[str, ZoneInfo] = {}
        self._noted: dict[tuple[type[ApiKey | ApiClient], int], float] = {}
        self._sqlite: sqlite3.Connection | None = None
        self._version = -1
        self._found: dict[tuple[str, str, str], tuple[int, Access]] = {}

    async def find(self, project: str, slug: str, credential: str) -> Access | Problem:
        """See `Directory`. Keys and access tokens are told apart by how they start."""
        loop = asyncio.get_running_loop()
        found: Found | Problem | None
        model: type[ApiKey | ApiClient]
        if credential.startswith(KEY_START):
            model = ApiKey
            hashed = hash_of(credential)
            if connection.vendor == "sqlite":
                if self._sqlite is None:
                    self._sqlite = await loop.run_in_executor(self._executor, _sqlite_connection)
                found = self._sqlite.execute(_SQLITE_QUERY, (slug, hashed)).fetchone()
            else:
                found = await loop.run_in_executor(self._executor, _key, slug, hashed)
        else:
            model = ApiClient
            found = await loop.run_in_executor(self._executor, _token, slug, credential)
        if found is None:
            return BAD_CREDENTIAL
        if isinstance(found, Problem):
            return found
        identity, owner, zone, name, build = found
        self._note(model, identity)
        runnable = None
        if owner == project and name is not None and build is not None:
            runnable = self._ready.get((build, name))
            if runnable is None:
                runnable = await self._load(build, name)
            else:
                self._ready.move_to_end((build, name))
        return Access(_caller(model, identity), runnable, self._zone(zone))

    def find_now(self, project: str, slug: str, credential: str) -> Access | None:
        """See `Directory`. What was found is kept until anybody commits anything: SQLite tells that at once."""
        if self._sqlite is None or not credential.startswith(KEY_START):
            return None
        (version,) = self._sqlite.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._found.clear()
        hashed = hash_of(credential)
        known = self._found.get((hashed, project, slug))
        if known is None:
            known = self._look_up(hashed, project, slug)
            if known is None:
                return None
            if len(self._found) >= KEPT_ACCESSES:
                self._found.clear()
            self._found[hashed, project, slug] = known
        self._note(ApiKey, known[0])
        return known[1]

    def _look_up(self, hashed: str, project: str, slug: str) -> tuple[int, Access] | None:
        """The key and what it runs, if the function is ready to run."""
        assert self._sqlite is not None
        found: Found | None = self._sqlite.execute(_SQLITE_QUERY, (slug, hashed)).fetchone()
        if found is None:
            return None
        identity, owner, zone, name, build = found
        if owner != project or name is None or build is None:
            return None
        runnable = self._ready.get((build, name))
        return None if runnable is None else (identity, Access(_caller(ApiKey, identity), runnable, self._zone(zone)))

    async def _load(self, build: str, name: str) -> Runnable:
        runnable = await asyncio.get_running_loop().run_in_executor(self._executor, _runnable, build, name)
        self._ready[build, name] = runnable
        if len(self._ready) > READY:
            self._ready.popitem(last=False)
        return runnable

    def _zone(self, name: str) -> ZoneInfo:
        if name not in self._zones:
            self._zones[name] = ZoneInfo(name)
        return self._zones[name]

    def _note(self, model: type[ApiKey | ApiClient], identity: int) -> None:
        """Writes when a key was used, at most once a minute, so that most requests write nothing."""
        now = time.monotonic()
        if now - self._noted.get((model, identity), -LAST_USED_EVERY) >= LAST_USED_EVERY:
            self._noted[model, identity] = now
            self._executor.submit(_write_last_used, model, identity, timezone.now())

    def close(self) -> None:
        """Lets go of the database. It is taken up again when needed."""
        if self._sqlite is not None:
            self._sqlite.close()
            self._sqlite = None


def run_endpoint(others: Application) -> RunEndpoint:
    """The endpoint in front of an application, with the limits of the settings."""
    # Apart, so that functions that take long never keep others waiting for their keys.
    look_ups = ThreadPoolExecutor(max_workers=4, thread_name_prefix="api-keys")
    runs = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="api-runs")
    limiter = RedisLimiter(Redis.from_url(settings.REDIS_URL)) if settings.REDIS_URL else MemoryLimiter()
    rate = Rate(per_second=settings.API_RATE_PER_SECOND, burst=settings.API_RATE_BURST)
    return RunEndpoint(others, DatabaseDirectory(look_ups), limiter, rate, runs)


def _caller(model: type[ApiKey | ApiClient], identity: int) -> str:
    """The name of the bucket of a key's rate limit."""
    return f"{model.__name__}:{identity}"


def _sqlite_connection() -> sqlite3.Connection:
    """A connection of its own with Django's settings; each statement by itself always sees the newest rows."""
    fresh = connection.copy()
    parameters: dict[str, Any] = fresh.get_connection_params()
    return fresh.get_new_connection({**parameters, "isolation_level": None})


def _key(slug: str, hashed: str) -> Found | None:
    close_old_connections()
    try:
        return by_key(slug, hashed)
    finally:
        close_old_connections()


def _token(slug: str, credential: str) -> Found | Problem | None:
    close_old_connections()
    try:
        return by_token(slug, credential)
    finally:
        close_old_connections()


def _runnable(build: str, name: str) -> Runnable:
    close_old_connections()
    try:
        live = LiveFunction(name=name, build_id=build)
        plan = plan_for(live)
        function, program = program_for(live)
        return Runnable(function, program, Exchange(function, plan.places), is_brief(plan, function))
    finally:
        close_old_connections()


def _write_last_used(model: type[ApiKey | ApiClient], identity: int, when: datetime.datetime) -> None:
    close_old_connections()
    try:
        model._default_manager.filter(pk=identity).update(last_used=when)
    finally:
        close_old_connections()
