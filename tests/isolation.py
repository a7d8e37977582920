"""Gives each process of pytest its own folder and Redis database, before Django reads its settings (see `addopts`)."""

import atexit
import os
import re
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="plainspark-pytest-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["PLAINSPARK_VAR"] = folder
# A developer's own choices must not change what the tests see.
for name in ("EMAIL_HOST", "PLAINSPARK_DEBUG", "PLAINSPARK_DEMO", "PLAINSPARK_ORIGIN"):
    os.environ.pop(name, None)

if redis_url := os.environ.get("REDIS_URL"):
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    os.environ["REDIS_URL"] = re.sub(r"/\d+$", f"/{worker}", redis_url)
