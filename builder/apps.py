"""Tells Django about the builder."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"
    label = "builder"
    verbose_name = "Builder"
    default_auto_field = "django.db.models.BigAutoField"
