"""Values between the program and the outside: how they are shown, read from what people type, and carried as JSON."""

from compiler.values.json import dump_json, from_json, json_number, key, load_json, read_inputs, to_json
from compiler.values.parse import parse_value
from compiler.values.problems import ValueProblem, example, type_words
from compiler.values.show import NumberFormat, join_words, number_format, show, show_plain

__all__ = [
    "NumberFormat",
    "ValueProblem",
    "dump_json",
    "example",
    "from_json",
    "join_words",
    "json_number",
    "key",
    "load_json",
    "number_format",
    "parse_value",
    "read_inputs",
    "show",
    "show_plain",
    "to_json",
    "type_words",
]
