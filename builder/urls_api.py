"""The addresses of spreadsheets, the API and its keys."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
