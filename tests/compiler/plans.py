"""The functions of the shop example as plans written out by hand, for tests of what comes after reading."""

from __future__ import annotations

from decimal import Decimal

from compiler.plan import (
    Arithmetic,
    ArithmeticOperator,
    Assign,
    Call,
    Choose,
    Compare,
    Comparison,
    Expression,
    FieldOf,
    ForEach,
    Function,
    If,
    Literal,
    Not,
    Parameter,
    Place,
    Plan,
    Require,
    Rounding,
    RoundPlaces,
    ToDecimal,
    Value,
    Variable,
)
from compiler.types import PERCENTAGE, TEXT, WHOLE, YES_NO, FieldType, ListType, RecordType, Type, money

DOLLARS = money("USD")

ITEM = RecordType(
    "item",
    (
        FieldType("name", TEXT),
        FieldType("price", DOLLARS),
        FieldType("quantity", WHOLE),
        FieldType("exempt mark", YES_NO),
    ),
)


def _literal(value: Value, type_: Type) -> Literal:
    return Literal(value, type_)


def _arithmetic(operator: ArithmeticOperator, left: Expression, right: Expression) -> Arithmetic:
    return Arithmetic(operator, left, right, DOLLARS)


def _place(line: int, text: str) -> Place:
    return Place("shop.plain", line, 1, len(text), text)


PLACES = (
    _place(5, 'The quantity must be at least 1, otherwise "Order at least one."'),
    _place(6, "If the quantity is at least 100, set the discount to 15% of the price times the quantity."),
    _place(7, "Otherwise if the quantity is at least 10, set the discount to 5% of the price times the quantity."),
    _place(8, "Otherwise set the discount to $0."),
    _place(19, "Choose the tax rate by table:"),
    _place(26, "Set the subtotal to $0."),
    _place(27, "Set the taxable amount to $0."),
    _place(28, "For each item:"),
    _place(29, "let the line be its price times its quantity minus the discount of Quantity discount"),
    _place(30, "increase the subtotal by the line"),
    _place(31, "if it is not exempt, increase the taxable amount by the line"),
    _place(32, "Set the tax to the tax rate of the taxable amount, rounded to 2 decimals."),
    _place(33, "Set the total to the subtotal plus the tax."),
)


def quantity_discount() -> Function:
    """A price and a quantity in, a discount out; stops for a quantity below one."""
    price, quantity = Variable("price", DOLLARS), Variable("quantity", WHOLE)
    discount = Variable("discount", DOLLARS)

    def at_least(number: int) -> Compare:
        return Compare(Comparison.AT_MOST, _literal(number, WHOLE), quantity, YES_NO)

    def share(rate: str) -> Arithmetic:
        amount = _arithmetic(ArithmeticOperator.MULTIPLY, price, ToDecimal(quantity, DOLLARS))
        return _arithmetic(ArithmeticOperator.MULTIPLY, _literal(Decimal(rate), PERCENTAGE), amount)

    return Function(
        name="Quantity discount",
        inputs=(Parameter("price", DOLLARS), Parameter("quantity", WHOLE)),
        outputs=(Parameter("discount", DOLLARS),),
        body=(
            Require(at_least(1), _literal("Order at least one.", TEXT), 0),
            If(
                branches=(
                    (at_least(100), (Assign(discount, share("0.15"), 1),)),
                    (at_least(10), (Assign(discount, share("0.05"), 2),)),
                ),
                otherwise=(Assign(discount, _literal(Decimal(0), DOLLARS), 3),),
                place=1,
            ),
        ),
        source="shop.plain",
        line=1,
    )


def basket_total() -> Function:
    """Several items and a state in; a subtotal, a tax and a total out."""
    items, state = Variable("items", ListType(ITEM)), Variable("state", TEXT)
    item = Variable("item", ITEM)
    rate = Variable("tax rate", PERCENTAGE)
    subtotal, tax, total = (Variable(name, DOLLARS) for name in ("subtotal", "tax", "total"))
    taxable, line = Variable("taxable amount", DOLLARS), Variable("line", DOLLARS)
    zero = _literal(Decimal(0), DOLLARS)
    price, quantity = FieldOf(item, "price", DOLLARS), FieldOf(item, "quantity", WHOLE)
    add, multiply = ArithmeticOperator.ADD, ArithmeticOperator.MULTIPLY

    def row(name: str, share: str) -> tuple[Expression, Expression]:
        return (
            Compare(Comparison.EQUAL, state, _literal(name, TEXT), YES_NO),
            _literal(Decimal(share), PERCENTAGE),
        )

    return Function(
        name="Basket total",
        inputs=(Parameter("items", ListType(ITEM)), Parameter("state", TEXT)),
        outputs=tuple(Parameter(name, DOLLARS) for name in ("subtotal", "tax", "total")),
        body=(
            Choose(
                rate,
                (
                    row("New York", "0.08875"),
                    row("Texas", "0.0625"),
                    row("Oregon", "0"),
                    (_literal(True, YES_NO), _literal(Decimal("0.05"), PERCENTAGE)),
                ),
                4,
            ),
            Assign(subtotal, zero, 5),
            Assign(taxable, zero, 6),
            ForEach(
                item,
                items,
                (
                    Assign(
                        line,
                        _arithmetic(
                            ArithmeticOperator.SUBTRACT,
                            _arithmetic(multiply, price, ToDecimal(quantity, DOLLARS)),
                            Call("Quantity discount", (price, quantity), "discount", DOLLARS),
                        ),
                        8,
                    ),
                    Assign(subtotal, _arithmetic(add, subtotal, line), 9),
                    If(
                        branches=(
                            (
                                Not(FieldOf(item, "exempt mark", YES_NO), YES_NO),
                                (Assign(taxable, _arithmetic(add, taxable, line), 10),),
                            ),
                        ),
                        otherwise=(),
                        place=10,
                    ),
                ),
                7,
            ),
            Assign(
                tax,
                RoundPlaces(_arithmetic(multiply, rate, taxable), 2, Rounding.HALF_EVEN, DOLLARS),
                11,
            ),
            Assign(total, _arithmetic(add, subtotal, tax), 12),
        ),
        source="shop.plain",
        line=14,
    )


def shop_plan() -> Plan:
    """Both functions, in an order such that each comes after those it calls."""
    functions = (quantity_discount(), basket_total())
    return Plan({function.name: function for function in functions}, PLACES)
