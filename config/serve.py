"""`make run`: prepare the database, load the samples, and serve the app from one process.

python -m config.serve [--host localhost] [--port 8000] [--without-samples]
"""

import argparse
import os
import socket
import sys

import django
import uvicorn
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config import environment
from runtime.api.protocol import RunProtocol


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with a sentence, before anything else is done, when another program listens on the port."""
    for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                sys.exit(
                    f"Cannot serve on port {port} of {host}: {error.strerror}.\n"
                    f"Stop the program that uses it, or choose another port: make run PORT={port + 1}"
                )


def refuse_open_mail(host: str) -> None:
    """Stop with a sentence when kept mail would be within reach of others; see `refuse_kept_mail`."""
    try:
        environment.refuse_kept_mail(host, "The host to serve on")
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted. Exits with a message when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m config.serve", description="Serve Plainspark.")
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--without-samples", action="store_true", help="do not load the sample projects")
    options = parser.parse_args(arguments)

    proxies = environment.text("PLAINSPARK_PROXIES")
    refuse_open_mail(options.host)
    refuse_taken_port(options.host, options.port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("PLAINSPARK_ORIGIN", f"http://{options.host}:{options.port}")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if not options.without_samples:
        call_command("load_samples")

    print(f"Plainspark is ready: {os.environ['PLAINSPARK_ORIGIN']}  (Ctrl-C stops it)", flush=True)  # noqa: T201
    uvicorn.run(
        "config.asgi:application",
        host=options.host,
        port=options.port,
        loop="uvloop",
        http=RunProtocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        # Only these may say whom a request comes from: anyone can send such a header.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        # An editor left open in a browser must not keep Ctrl-C waiting.
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
