"""The sentences of the language, one module per family and one class per sentence.

Importing this package registers them all. To add one, add its class to the module of its family.
"""

from compiler import phrases  # noqa: F401  sentences are made of phrases
from compiler.nodes import SENTENCES
from compiler.sentences import choosing, declaring, repeating, testing, working_out

__all__ = ["SENTENCES", "choosing", "declaring", "repeating", "testing", "working_out"]
