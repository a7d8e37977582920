"""Reading filled-in forms: values of every type, problems in words beside their answers, and nothing lost."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from builder.forms.cells import read_cell
from builder.forms.design import Answers, Design, FieldDesign, arrange
from builder.forms.filling import Filled, fill, unjudged, usable
from builder.forms.reader import MOST_ROWS, find_field
from compiler.plan import Function, Parameter, Value
from compiler.targets.form import describe
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    FieldType,
    ListType,
    OptionalType,
    RecordType,
    Type,
    measure,
    money,
)
from tests.compiler.plans import ITEM, basket_total

UTC = ZoneInfo("UTC")
NEW_YORK = ZoneInfo("America/New_York")


def function_asking(asked: Type) -> Function:
    return Function("Try", (Parameter("thing", asked),), (), ())


def filled(asked: Type, answers: Answers, zone: ZoneInfo = UTC) -> Filled:
    return fill(arrange(Design(), describe(function_asking(asked))), answers, zone)


def value_of(asked: Type, *texts: str, zone: ZoneInfo = UTC) -> Value:
    read = filled(asked, {"thing": texts}, zone)
    assert read.problems == {}
    assert read.values is not None
    return read.values["thing"]


def problem_of(asked: Type, *texts: str) -> str:
    read = filled(asked, {"thing": texts})
    assert read.values is None
    return read.problems["thing"]


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        (TEXT, "New York", "New York"),
        (NUMBER, "1,250.50", Decimal("1250.50")),
        (WHOLE, "12", 12),
        (PERCENTAGE, "15", Decimal("0.15")),
        (money("USD"), "20", Decimal(20)),
        (money("USD"), "$20.00", Decimal("20.00")),
        (measure("kg"), "500 g", Decimal("0.5")),
        (YES_NO, "yes", True),
        (ChoiceType(("small", "large")), "large", "large"),
        (DATE, "2026-03-01", datetime.date(2026, 3, 1)),
        (TIME, "09:30", datetime.time(9, 30)),
    ],
)
def test_each_type_is_read_from_its_control(asked: Type, text: str, value: Value) -> None:
    assert value_of(asked, text) == value


def test_a_box_that_is_not_ticked_means_no() -> None:
    assert value_of(YES_NO) is False


def test_a_duration_takes_the_unit_chosen_beside_it() -> None:
    read = filled(DURATION, {"thing": ("3",), "thing.unit": ("hours",)})
    assert read.values == {"thing": Decimal(10800)}


def test_a_duration_written_out_does_not_need_the_unit_beside_it() -> None:
    read = filled(DURATION, {"thing": ("90 minutes",), "thing.unit": ("days",)})
    assert read.values == {"thing": Decimal(5400)}


@pytest.mark.parametrize("asked", [DURATION, NUMBER, WHOLE, DATE, TIME, MOMENT, YES_NO, ChoiceType(("small", "large"))])
def test_a_very_long_answer_is_refused_before_anything_is_made_of_it(asked: Type) -> None:
    started = time.perf_counter()
    assert "16,001 characters" in problem_of(asked, "1" * 16_000 + "x")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    "text",
    ["1" * 1000, "1" * 999 + "x", "-" + " " * 998 + "x", "111," * 250, "1" * 500 + " " * 499 + "x", "P" + "1" * 998],
)
@pytest.mark.parametrize("asked", [DURATION, NUMBER, money("USD")])
def test_many_long_answers_are_read_in_no_time(asked: Type, text: str) -> None:
    started = time.perf_counter()
    for _ in range(20):
        filled(asked, {"thing": (text,)})
    assert time.perf_counter() - started < 0.25


def test_a_moment_from_a_picker_is_in_the_zone_of_the_project() -> None:
    expected = datetime.datetime(2026, 3, 1, 14, tzinfo=datetime.UTC)
    assert value_of(MOMENT, "2026-03-01T09:00", zone=NEW_YORK) == expected


def test_a_moment_at_the_end_of_the_calendar_is_refused_in_words() -> None:
    read = filled(MOMENT, {"thing": ("9999-12-31T23:00",)}, NEW_YORK)
    assert "calendar" in read.problems["thing"]


def test_something_missing_is_asked_for_by_its_label() -> None:
    assert problem_of(money("USD")) == "Please fill in “Thing”."
    assert problem_of(TEXT, "  ") == "Please fill in “Thing”."
    assert "choose" in problem_of(ChoiceType(("small", "large")), "")


@pytest.mark.parametrize("of", [TEXT, NUMBER, DATE, YES_NO, ChoiceType(("a", "b")), ITEM, ListType(TEXT)])
def test_an_optional_answer_may_be_left_out(of: Type) -> None:
    assert value_of(OptionalType(of)) is None


def test_what_cannot_be_read_keeps_its_text_and_says_why() -> None:
    read = filled(money("USD"), {"thing": ("a lot",)})
    assert read.values is None
    assert "a lot" in read.problems["thing"]
    assert (read.questions[0].text, read.questions[0].problem) == ("a lot", read.problems["thing"])


def test_a_list_of_records_is_read_row_by_row_in_the_order_sent() -> None:
    read = fill(
        arrange(Design(), describe(basket_total())),
        {
            "items": ("7", "2"),
            "items.7.name": ("book",),
            "items.7.price": ("12",),
            "items.7.quantity": ("2",),
            "items.7.exempt_mark": ("yes",),
            "items.2.name": ("pen",),
            "items.2.price": ("$1.50",),
            "items.2.quantity": ("10",),
            "state": ("New York",),
        },
        UTC,
    )
    assert read.problems == {}
    assert read.values is not None
    assert read.values["items"] == (
        {"name": "book", "price": Decimal(12), "quantity": 2, "exempt mark": True},
        {"name": "pen", "price": Decimal("1.50"), "quantity": 10, "exempt mark": False},
    )


def test_blank_rows_are_left_out_and_a_blank_list_is_empty() -> None:
    assert value_of(ListType(ITEM), "1", "2") == ()


def test_rows_of_yes_and_no_alone_are_never_blank() -> None:
    assert value_of(ListType(YES_NO), "1", "2") == (False, False)


def test_a_problem_in_a_row_is_named_after_its_control() -> None:
    read = filled(ListType(ITEM), {"thing": ("4",), "thing.4.name": ("pen",), "thing.4.price": ("x",)})
    assert list(read.problems) == ["thing.4.price", "thing.4.quantity"]


def test_a_list_of_plain_values() -> None:
    read = filled(ListType(WHOLE), {"thing": ("1", "2"), "thing.1.value": ("5",), "thing.2.value": ("7",)})
    assert read.values == {"thing": (5, 7)}


def test_lists_inside_items_and_records_inside_rows() -> None:
    address = RecordType("address", (FieldType("city", TEXT),))
    order = RecordType("order", (FieldType("to", address), FieldType("lines", ListType(WHOLE))))
    answers: Answers = {
        "thing": ("1",),
        "thing.1.to.city": ("Rome",),
        "thing.1.lines": ("1", "2"),
        "thing.1.lines.1.value": ("5",),
        "thing.1.lines.2.value": ("6",),
    }
    assert filled(ListType(order), answers).values == {"thing": ({"to": {"city": "Rome"}, "lines": (5, 6)},)}
    person = RecordType("person", (FieldType("name", TEXT), FieldType("home", address)))
    row: Answers = {"thing": ("1",), "thing.1.name": ("Ada",), "thing.1.home.city": ("Rome",)}
    assert filled(ListType(person), row).values == {"thing": ({"name": "Ada", "home": {"city": "Rome"}},)}


def test_more_rows_than_a_form_takes_are_refused_and_not_read() -> None:
    keys = tuple(str(number) for number in range(MOST_ROWS + 1))
    read = filled(ListType(WHOLE), {"thing": keys})
    assert "1,001 rows" in read.problems["thing"]
    assert read.values is None


@pytest.mark.parametrize("key", ["", "-1", "1.2", "x", "9" * 40, "__row__"])
def test_row_keys_that_no_page_sends_are_ignored(key: str) -> None:
    assert value_of(ListType(WHOLE), key) == ()


def test_a_form_that_nobody_filled_in_has_no_problems_and_one_row_to_start_with() -> None:
    questions = unjudged(arrange(Design(), describe(basket_total())), {}, UTC)
    assert [question.problem for question in questions] == ["", ""]
    assert len(questions[0].rows) == 1


def test_a_hidden_field_takes_its_fixed_answer_whatever_is_sent() -> None:
    said = FieldDesign("thing", hidden=True, fixed={"thing": ("20",)})
    arranged = arrange(Design(fields=(said,)), describe(function_asking(WHOLE)))
    read = fill(arranged, {"thing": ("99",)}, UTC)
    assert read.values == {"thing": 20}
    assert read.questions == ()


def test_a_hidden_field_is_asked_again_when_its_fixed_answer_no_longer_fits() -> None:
    said = FieldDesign("thing", hidden=True, fixed={"thing": ("twenty boxes",)})
    arranged = arrange(Design(fields=(said,)), describe(function_asking(WHOLE)))
    ((_, shown),) = usable(arranged, UTC)
    assert not shown.hidden


def test_the_owners_label_is_the_one_in_problems() -> None:
    arranged = arrange(Design(fields=(FieldDesign("thing", label="Your age"),)), describe(function_asking(WHOLE)))
    assert fill(arranged, {}, UTC).problems == {"thing": "Please fill in “Your age”."}


def test_a_pasted_cell_becomes_what_its_control_can_hold() -> None:
    (field,) = describe(function_asking(DATE)).fields
    assert read_cell(field, " 1 March 2026 ", UTC) == ("2026-03-01", "")
    text, problem = read_cell(field, "1/3/2026", UTC)
    assert text == "1/3/2026"
    assert problem
    (field,) = describe(function_asking(YES_NO)).fields
    assert read_cell(field, "TRUE", UTC) == ("yes", "")
    (field,) = describe(function_asking(TIME)).fields
    assert read_cell(field, "9:30", UTC) == ("09:30", "")
    (field,) = describe(function_asking(MOMENT)).fields
    assert read_cell(field, "1 March 2026 14:00 UTC", NEW_YORK) == ("2026-03-01T09:00", "")


def test_a_field_is_found_by_the_name_of_its_control() -> None:
    fields = describe(basket_total()).fields
    price = find_field(fields, "items.3.price")
    assert price is not None
    assert price.name == "price"
    assert find_field(fields, "items") is None
    assert find_field(fields, "items.3") is None
    assert find_field(fields, "state.x") is None
    assert find_field(fields, "nothing") is None


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_what_a_control_holds_reads_back_to_the_same_moment(zone: str) -> None:
    held, _ = read_cell(describe(function_asking(MOMENT)).fields[0], "2026-07-01T09:00:05", ZoneInfo(zone))
    assert held == "2026-07-01T09:00:05"
