"""Values between the program and the outside: how they are shown, read from what people type, and carried as JSON."""

from compiler.values.show import join_words, number_format, show, show_plain

__all__ = ["join_words", "number_format", "show", "show_plain"]
