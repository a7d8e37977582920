"""What is offered while one types, at the places where people stop to think."""

from __future__ import annotations

import time

import pytest

from compiler import ReadingCache, Source, complete

HEAD = """Function: Fare
Needs a distance (km), a time to approve (whole number), a taxable amount (money), a size (one of small or large) and several items.
An item has a price (money) and an exempt mark (yes/no).
Gives a fare (money).
"""
OTHER = Source(
    "other", "Function: Tax\nNeeds a price (money).\nGives a tax (money).\nSet the tax to 5% of the price.\n"
)


def offered(written: str, head: str = HEAD) -> list[str]:
    text = head + written
    return [completion.label for completion in complete([Source("page", text), OTHER], "page", len(text))]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("", ["Set the …", "If …", "Needs …", "For each …"]),
        ("Se", ["Set the …"]),
        ("If ", ["the distance", "the time to approve", "every", "all of these are true"]),
        ("If the ", ["the distance"]),
        ("If the ti", ["the time to approve"]),
        ("If the time to", ["the time to approve"]),
        ("Set the fare to the taxable am", ["the taxable amount"]),
        ("Set the fare to the taxable amount ", ["plus", "times", ", rounded to"]),
        ("If the distance is ", ["at least", "more than", "the distance"]),
        ("If the size is ", ["small", "large", "not"]),
        ("Set the fare to the tax of ", ["Tax", "the price"]),
        ("Needs a width (", ["text", "money", "yes/no"]),
        ("Needs a width (whole n", ["whole number"]),
        ("For each item:\n- ", ["Set the …", "If …"]),
        ("For each item:\n- inc", ["Increase the …"]),
        ('Example "one":\n- ', ["given …", "expect …"]),
        ('Example "one":\n- given the ', ["the distance", "the taxable amount"]),
        ('Example "one":\n- given the distance is 3 km\n- exp', ["expect …"]),
    ],
)
def test_what_may_follow_is_offered(written: str, wanted: list[str]) -> None:
    found = offered(written)
    assert set(wanted) <= set(found), found


@pytest.mark.parametrize(
    ("written", "unwanted"),
    [("Set the fare to ", "Set the …"), ("If the distance ", "the distance"), ('Example "one":\n- ', "Set the …")],
)
def test_what_may_not_follow_is_not_offered(written: str, unwanted: str) -> None:
    assert unwanted not in offered(written)


def test_the_likeliest_words_come_first() -> None:
    assert offered("Set the fare to the taxable amount ")[:4] == ["plus", "minus", "times", "divided by"]


def test_kinds_of_pages_are_offered_at_the_start() -> None:
    (found,) = complete([Source("page", "Fu")], "page", 2)
    assert (found.label, found.insert, found.start) == ("Function: …", "Function: ", 0)


def test_what_is_inserted_replaces_what_is_written_of_it() -> None:
    text = HEAD + "Set the fare to the taxable am"
    (found,) = complete([Source("page", text)], "page", len(text))
    assert text[: found.start] + found.insert == HEAD + "Set the fare to the taxable amount"


def test_completion_in_a_page_of_fifty_sentences_is_quick() -> None:
    cache = ReadingCache()
    text = HEAD + "Set the fare to the taxable amount times 2.\n" * 50 + "If the "
    complete([Source("page", text)], "page", len(text), cache)
    taken = []
    for count in range(10):
        longer = text + "distance"[: count % 8]
        start = time.process_time()
        complete([Source("page", longer)], "page", len(longer), cache)
        taken.append(time.process_time() - start)
    assert sorted(taken)[5] < 0.03
