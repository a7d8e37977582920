"""The web socket addresses of the app."""

from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = []
