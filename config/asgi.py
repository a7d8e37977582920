"""The ASGI application: functions by their own endpoint, web pages by Django, web sockets by Channels.

The life of the embedded worker is tied to the server's.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

# These read Django's models, so they come after Django is set up.
from builder.endpoint import run_endpoint  # noqa: E402
from builder.routing import websocket_urlpatterns  # noqa: E402
from config.body_limit import limit_bodies  # noqa: E402
from config.celery import EmbeddedWorker, needs_embedded_worker  # noqa: E402
from runtime.api.protocol import RunProtocol  # noqa: E402

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def lifespan(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Start the embedded worker with the server, and stop it with it. Part of the ASGI standard."""
    worker = EmbeddedWorker() if needs_embedded_worker() else None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if worker:
                worker.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if worker:
                worker.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


functions = run_endpoint(limit_bodies(pages))
RunProtocol.endpoint = functions

application = ProtocolTypeRouter(
    {
        "http": functions,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
        "lifespan": lifespan,
    }
)
