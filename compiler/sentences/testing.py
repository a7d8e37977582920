"""Testing: examples, which are part of the page and run as one types."""

from __future__ import annotations

from compiler.nodes import Name, Phrase, Sentence, phrase, sentence
from compiler.reading.lexer import Quote


@phrase
class Given(Phrase):
    """What is given in a one-line example: "a price of $20". It reads as the price of something, and is no such thing."""

    level = "given"
    indefinite = True
    pattern = "{pair:primary}"
    pair: Phrase


@phrase
class ItStops(Phrase):
    level = "fact"
    pattern = "it stops with {text:TEXT}"
    text: Quote


@phrase
class ItStopsAnyhow(Phrase):
    level = "fact"
    pattern = "it stops"


@phrase
class Fact(Phrase):
    """A condition that is given or expected."""

    level = "fact"
    pattern = "{condition:strict}"
    condition: Phrase


@sentence
class Example(Sentence):
    level = "test_sentence"
    family = "Testing"
    title = "An example with bullets"
    summary = "Says what is given and what is expected. It is tried as you type and before anything is published."
    example = 'Example "ten items":\n- given the price is $20 and the quantity is 10\n- expect the discount is $10'
    bullets = "step"
    pattern = "Example {quote:TEXT}[:]"
    quote: Quote


@sentence
class ExampleInLine(Sentence):
    level = "test_sentence"
    family = "Testing"
    title = "An example in one line"
    summary = "Says what comes out for some values, or with which message it stops."
    example = "Example: with a price of $20 and a quantity of 10, the discount is $10."
    pattern = "Example: with {givens:given list}, {facts:fact list}"
    givens: tuple[Given, ...]
    facts: tuple[Phrase, ...]


@sentence
class ExampleWithout(Sentence):
    level = "test_sentence"
    family = "Testing"
    title = "An example of a function that needs nothing"
    summary = "Says what comes out of a function that needs nothing."
    example = "Example: it gives that the answer is 42."
    pattern = "Example: it gives that {facts:fact list}"
    facts: tuple[Phrase, ...]


@sentence
class GivenStep(Sentence):
    level = "step"
    family = "Testing"
    title = "What is given in an example"
    summary = "Gives the values for an example; a list is given as a table below."
    example = "given the price is $20"
    pattern = "given {facts:fact list}"
    also = ("{facts:fact list}",)
    facts: tuple[Phrase, ...]


@sentence
class GivenTable(Sentence):
    level = "step"
    family = "Testing"
    title = "A list that is given in an example"
    summary = "Gives a list, with a column for each part and a row for each item."
    example = "given the items\n| name | price |\n| book | $12 |"
    takes_table = True
    pattern = "given the {name:NAME}[:]"
    also = ("the {name:NAME}[:]",)
    name: Name


@sentence
class ExpectStep(Sentence):
    level = "step"
    family = "Testing"
    title = "What is expected in an example"
    summary = "Says what must come out, or with which message it must stop."
    example = "expect the discount is $10"
    pattern = "expect {facts:fact list}"
    also = ("expect that {facts:fact list}",)
    facts: tuple[Phrase, ...]
