"""Answering requests that run functions: a lean ASGI application that knows nothing of Django."""
