"""Tells Django about the builder."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    name = "builder"
    label = "builder"
    verbose_name = "Builder"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the builder's parts of addresses known before any address is read, and starts listening to signals."""
        from builder import converters
        from builder.services import people  # noqa: F401 - connects its signal

        converters.register()
