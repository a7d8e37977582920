"""Starts what the tests need, runs a command with it, and stops it whatever happens:

    python -m tests.services -- pytest tests/builder

PostgreSQL, Redis and Chromium come from the system's packages, and are installed when missing. The servers listen on
free ports of this machine only and keep their data in a temporary folder. The command gets TEST_DATABASE_URL,
TEST_REDIS_URL and CHROMIUM, and its exit code is ours.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

START_SECONDS = 30
# What is needed -> the programs that will do, and the Debian and Ubuntu packages that bring one.
NEEDED = {
    "PostgreSQL": (("postgres",), ("postgresql",)),
    "Redis": (("redis-server", "valkey-server"), ("redis-server",)),
    "Chromium": (("chromium", "chromium-browser", "google-chrome"), ("chromium", "fonts-dejavu-core")),
}


class Missing(Exception):
    """Something the tests need is not on this machine and could not be installed. The text says what to do."""


def find(programs: Sequence[str]) -> str | None:
    """The path of the first of these programs that is installed. Debian keeps PostgreSQL's outside PATH."""
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    search = os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
    return next((path for program in programs if (path := shutil.which(program, path=search))), None)


def install(names: Sequence[str]) -> None:
    """Install the packages of these needs with apt. Raises Missing when that is not possible."""
    packages = [package for name in names for package in NEEDED[name][1]]
    by_hand = f"Please install {', '.join(names)} (sudo apt install {' '.join(packages)}), then run make test again."
    apt = shutil.which("apt-get")
    if apt is None:
        raise Missing(by_hand)
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing what the tests need: {' '.join(packages)}", flush=True)
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        try:
            # sudo drops the environment, so the variable is named again behind it.
            command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt, *arguments]
            subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Missing(by_hand) from error


def programs() -> dict[str, str]:
    """The path of each needed program, installing what is missing. CHROMIUM names a browser that is elsewhere."""
    found = {name: find(names) for name, (names, _) in NEEDED.items()}
    found["Chromium"] = os.environ.get("CHROMIUM") or found["Chromium"]
    missing = [name for name, path in found.items() if path is None]
    if missing:
        install(missing)
        found |= {name: find(NEEDED[name][0]) for name in missing}
    absent = [name for name, path in found.items() if path is None]
    if absent:
        raise Missing(f"{', '.join(absent)} cannot be found even after installing the packages.")
    return {name: path for name, path in found.items() if path is not None}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, log: Path, user: str | None = None) -> Iterator[None]:
    """A server, ready on its port inside the block and stopped after it. Raises Missing with its log if it fails."""
    # The kernel stops the server when this process is killed, when no `finally` runs; the session keeps Ctrl-C from it.
    command = ["setpriv", "--pdeathsig", "TERM", *command]
    account = pwd.getpwnam(user) if user else None
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd=log.parent,
        )
    try:
        wait_for(process, port, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return once the server answers on its port. Raises Missing when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Missing(f"{log.stem} did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def postgresql(server: str, folder: Path) -> Iterator[str]:
    """A PostgreSQL server with an empty cluster; gives the address of its database."""
    # PostgreSQL refuses to run as root.
    user = unprivileged_user() if os.geteuid() == 0 else None
    home = folder / "postgresql"
    home.mkdir(mode=0o700)
    if user:
        account = pwd.getpwnam(user)
        folder.chmod(0o711)
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / "data"
    initdb = [str(Path(server).with_name("initdb")), "-D", str(data), "-U", "plainspark", "--auth=trust"]
    initdb += ["--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        initdb, user=user, group=pwd.getpwnam(user).pw_gid if user else None, cwd=home, capture_output=True, text=True
    )
    if made.returncode:
        raise Missing(f"PostgreSQL could not make a database:\n{made.stdout}{made.stderr}")
    port = free_port()
    # The data is thrown away, so nothing has to reach the disk.
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": 200,
    }
    command = [server, "-D", str(data), *(f"--{name}={value}" for name, value in settings.items())]
    with running(command, port, folder / "PostgreSQL.log", user):
        wait_until_open(server, port)
        yield f"postgres://plainspark@127.0.0.1:{port}/postgres"


def wait_until_open(server: str, port: int) -> None:
    """PostgreSQL listens a moment before it lets anyone in."""
    ready = [str(Path(server).with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode:
        if time.monotonic() > deadline:
            raise Missing("PostgreSQL started but accepts no connections.")
        time.sleep(0.05)


def unprivileged_user() -> str:
    """A user that may own a database: the package's own, or nobody."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def redis(server: str, folder: Path) -> Iterator[str]:
    """A Redis server that keeps nothing; gives its address."""
    port = free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(command, port, folder / "Redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


def run(command: Sequence[str]) -> int:
    """Run the command with everything it needs; returns its exit code."""
    with ExitStack() as stack:
        found = programs()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plainspark-tests-")))
        environment = {
            **os.environ,
            "TEST_DATABASE_URL": stack.enter_context(postgresql(found["PostgreSQL"], folder)),
            "TEST_REDIS_URL": stack.enter_context(redis(found["Redis"], folder)),
            "CHROMIUM": found["Chromium"],
            "PLAINSPARK_VAR": str(folder / "var"),
        }
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
        try:
            return process.wait()
        except BaseException:
            # Ctrl-C reaches the command too: let it end by itself, so that its own servers are stopped.
            process.terminate()
            process.wait()
            raise


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Turn a polite kill into an exception, so that everything is stopped on the way out."""
    raise KeyboardInterrupt


def main() -> int:
    """Run the command behind `--`."""
    signal.signal(signal.SIGTERM, interrupt)
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else []
    if not command:
        print("Say what to run: python -m tests.services -- pytest", file=sys.stderr)
        return 2
    try:
        return run(command)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
