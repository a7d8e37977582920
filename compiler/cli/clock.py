"""The time at which a run on the command line starts."""

from __future__ import annotations

import datetime

from compiler.run import Clock


def clock_now() -> Clock:
    """Now, and today's date where this machine is."""
    now = datetime.datetime.now(datetime.UTC)
    return Clock(now, now.astimezone().date())
