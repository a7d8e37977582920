"""Django settings, addresses, the ASGI application, Celery and the server. Nothing of the product lives here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
