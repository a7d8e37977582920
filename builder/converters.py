"""The parts of addresses: `<id:…>` is a public id, `<slug>` of a function may hold letters of any script."""

from django.urls import register_converter

from builder.models.public_id import PATTERN


class PublicIdConverter:
    """A public id as `builder.models.public_id` makes them."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FunctionSlugConverter:
    """The name of a function in an address: letters of any script, digits, hyphens and underscores."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Makes `<id:…>` and `<function:…>` known to Django's addresses. Called once, when the app is ready."""
    register_converter(PublicIdConverter, "id")
    register_converter(FunctionSlugConverter, "function")
