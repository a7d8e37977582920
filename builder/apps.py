"""Tells Django about the builder."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"
    label = "builder"
    verbose_name = "Builder"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the builder's parts of addresses known before any address is read."""
        from builder import converters

        converters.register()
