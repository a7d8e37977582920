"""Random pages of functions that are free of mistakes, written as people write: with synonyms, without articles, wrapped."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

MONEY = ("price", "cost of a unit", "budget for terms and conditions")
NUMBERS = ("rate of growth", "factor")
WHOLES = ("quantity", "number of children", "time to approve")
TEXTS = ("state", "first name", "what it is")
YES_NOS = ("paid mark", "is-urgent flag")
DATES = ("start date", "date of birth")
_ALL = {"money": MONEY, "number": NUMBERS, "whole number": WHOLES, "text": TEXTS, "yes/no": YES_NOS, "date": DATES}
_HEAD = ", ".join(f"a {name} ({kind})" for kind, names in _ALL.items() for name in names)
_DEEPEST = 3


class Writer:
    """Writes pages with the help of a source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def name(self, names: tuple[str, ...]) -> str:
        """A name with or without its article, in small letters or capitals."""
        name = self.pick(*names)
        return self.pick(f"the {name}", name, f"the {name.capitalize()}", f"THE {name.upper()}")

    def whole(self, depth: int = 0) -> str:
        """A whole number."""
        if depth >= _DEEPEST or self.chance.random() < 0.5:
            return self.pick(
                self.name(WHOLES), str(self.chance.randint(0, 5000)), "1,250", "the number of items", "how many items"
            )
        inner = self.whole(depth + 1)
        operator = self.pick("plus", "+", "minus", "−", "-", "times", "×", "multiplied by")
        return self.pick(f"{inner} {operator} {self.whole(depth + 1)}", f"({inner})", f"(the larger of {inner} and 3)")

    def amount(self, depth: int = 0) -> str:
        """An amount of money."""
        if depth >= _DEEPEST or self.chance.random() < 0.4:
            return self.pick(
                self.name(MONEY), "$5", "$1,250.50", "20 USD", "the sum of the amounts of the items", "the amount of the first item",
                "the average of the items' amounts", "the highest of the amounts of the items where its amount is above $2",
            )  # fmt: skip
        inner = f"({self.amount(depth + 1)})"
        return self.pick(
            f"{inner} {self.pick('plus', '+', 'minus')} {self.amount(depth + 1)}",
            f"{inner} {self.pick('times', '*', 'divided by', '÷')} ({self.whole(depth + 1)})",
            f"15% of {inner}",
            f"{inner} reduced by 5 percent",
            f"(the smaller of {inner} and {self.amount(depth + 1)})",
            f"(the sum of the amounts of the items) times ({self.whole(depth + 1)})",
        )

    def condition(self, depth: int = 0) -> str:
        """Something that is true or not."""
        if depth >= _DEEPEST or self.chance.random() < 0.6:
            comparison = self.pick(
                "is at least", "is ≥", "is not less than", "is", "is more than", "≤", "is between $1 and"
            )
            return self.pick(
                f"{self.amount(1)} {comparison} {self.amount(1)}",
                f"{self.whole(1)} {self.pick('is', 'is not', '<', 'is fewer than', 'equals')} {self.whole(1)}",
                f"{self.name(TEXTS)} {self.pick('is', 'is not', 'contains', 'begins with')} {self.pick(*_QUOTES)}",
                f"{self.name(YES_NOS)} is yes",
                f"{self.name(DATES)} is {self.pick('before', 'after', 'earlier than')} 1 March 2026",
                "any item's amount is above $3",
                "no item is exempt",
                "every item is not exempt",
                f'{self.name(TEXTS)} is one of "a", "b" or "c"',
                f"{self.name(TEXTS)} isn't empty",
            )
        left, right = f"({self.condition(depth + 1)})", f"({self.condition(depth + 1)})"
        return self.pick(
            f"{left} and {right}",
            f"{left} or {right}",
            f"it is not true that {left}",
            f"(either {left} or {right}) and {right}",
        )

    def statement(self, depth: int = 0) -> str:
        """A sentence in small letters without its full stop."""
        if depth and self.chance.random() < 0.3:
            return f"if {self.condition()}, {self.statement()} and {self.statement()}"
        return self.pick(
            f"set the total to {self.amount()}",
            f"set total to {self.amount()}, rounded to 2 decimal places",
            f"increase the total by {self.amount()}",
            "reduce the total by 10%",
            f"let the count be {self.whole()}",
            'stop with "Only {the quantity} left, {{really}}. {the factor}!"',
        )

    def paragraph(self) -> str:
        """One or more whole sentences, a note, or blank lines."""
        match self.chance.randint(0, 6):
            case 0:
                return f"If {self.condition()}:\n" + "".join(
                    f"- {self.statement(1)}\n" for _ in range(self.chance.randint(1, 3))
                )
            case 1:
                return f"For each item:\n  * increase the total by its amount\n  * {self.statement(1)}\n"
            case 2:
                return (
                    f"If {self.condition()}, {self.statement()}.\nOtherwise if {self.condition()}, {self.statement()}.\n"
                    f"Else {self.statement()}.\n"
                )
            case 3:
                return f'The price must be at least {self.amount()}, otherwise "Too little: {{the price}}."\n'
            case 4:
                return "Note: nothing happens here; Set  the total to $3.\n\n\n"
            case 5:
                return f"Repeat {self.chance.randint(0, 3)} times:\n- {self.statement(1)}\n"
        words = self.statement(1).split(" ")
        cut = self.chance.randint(1, len(words) - 1)
        text = f"{' '.join(words[:cut])}\n  {' '.join(words[cut:])}" if words[cut][:1].islower() else " ".join(words)
        return text[:1].upper() + text[1:] + ".\n"

    def page(self) -> str:
        """A whole page."""
        body = "\n".join(self.paragraph() for _ in range(self.chance.randint(1, 6)))
        return (
            f"Function: Try {self.chance.randint(1, 9)}\nNeeds several items, {_HEAD}.\n"
            "An item has an amount (money) and an exempt mark (yes/no).\nGives a total (money) and a count (whole number).\n\n"
            f"Set the total to 0 USD.\nSet the count to 0.\n{body}"
        )


_QUOTES = ('"New York"', '"a, b or c"', '"{the quantity} is the number. Really"')


def pages() -> st.SearchStrategy[str]:
    """Pages whose sentences mean something. Chance comes from one number: quick to draw, though it does not shrink."""
    return st.integers(0, 2**32).map(lambda seed: Writer(Random(seed)).page())
