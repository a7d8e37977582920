"""Tables: choosing by the first row that fits, with gaps and overlaps reported, and lists given in examples."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from compiler import plan
from compiler.checking.coercion import fit, needed
from compiler.checking.comparing import compare
from compiler.checking.scope import Scope
from compiler.nodes import CellNode, Phrase, TableNode
from compiler.phrases.cells import AnyCell, RangeCell
from compiler.phrases.names import NamePhrase
from compiler.phrases.tests import Equals, Test
from compiler.plan import Comparison, Expression
from compiler.reading.spans import Misread, Problem, Suggestion
from compiler.types import TEXT, YES_NO, ChoiceType, ListType, RecordType, TextType, Type, YesNoType
from compiler.values import ValueProblem, parse_value

if TYPE_CHECKING:
    from compiler.checking.page import PageChecker
    from compiler.sentences.choosing import ChooseByTable


def lower_table(node: ChooseByTable, table: TableNode, page: PageChecker, scope: Scope) -> plan.Statement | None:
    """The statement for "Choose … by table". Problems in cells are reported one by one."""
    statement = _lowered(node, table, page, scope)
    if statement is None:
        page.broken.add(node.target.key)
    return statement


def _lowered(node: ChooseByTable, table: TableNode, page: PageChecker, scope: Scope) -> plan.Statement | None:
    if len(table.rows) == 0 or len(table.header) < 2:
        raise Misread(Problem("R120", node.span))
    subjects: list[Expression] = []
    for cell in table.header[:-1]:
        if cell.phrase is None:
            page.report_in_source(Problem("C601", cell.span, {"cell": cell.text}))
            return None
        try:
            subjects.append(needed(_phrase_of(cell.phrase).check(scope)))
        except Misread as misread:
            page.report_in_source(Problem(misread.problem.code, cell.span, misread.problem.details, ()))
            return None
    rows: list[tuple[Expression, Expression]] = []
    results: list[tuple[Expression, CellNode]] = []
    for row in table.rows:
        if len(row) != len(table.header):
            details = {"found": str(len(row)), "wanted": str(len(table.header))}
            page.report_in_source(Problem("C602", row[0].span, details))
            return None
        conditions = [_cell_condition(cell, subject, page, scope) for cell, subject in zip(row, subjects, strict=False)]
        result = _cell_value(row[-1], page, scope)
        if result is None or any(condition is None for condition in conditions):
            return None
        kept = [c for c in conditions if c is not None and not (isinstance(c, plan.Literal) and c.value is True)]
        condition = (
            plan.Literal(True, YES_NO) if not kept else kept[0] if len(kept) == 1 else plan.And(tuple(kept), YES_NO)
        )
        rows.append((condition, result))
        results.append((result, row[-1]))
    _report_gaps(table, rows, page)
    variable, fitted = page.choose_into(node, results, scope)
    place = page.place(node)
    return plan.Choose(variable, tuple((c, value) for (c, _), value in zip(rows, fitted, strict=True)), place)


def _phrase_of(phrase: Phrase) -> Phrase:
    """The expression in a cell that was read as a test or a value."""
    return phrase.value if isinstance(phrase, Equals) else phrase


def _cell_condition(cell: CellNode, subject: Expression, page: PageChecker, scope: Scope) -> Expression | None:
    try:
        node = cell.phrase
        if isinstance(node, AnyCell) or cell.text.lower() in ("any", "-", ""):
            return plan.Literal(True, YES_NO)
        spans = (cell.span, cell.span)
        if isinstance(node, RangeCell):
            low = compare(Comparison.AT_MOST, _fitted(node.low, subject, cell, scope), subject, spans)
            high = compare(Comparison.AT_MOST, subject, _fitted(node.high, subject, cell, scope), spans)
            return plan.And((low, high), YES_NO)
        if isinstance(node, Equals) or node is None:
            return compare(Comparison.EQUAL, subject, _plain_value(cell, subject.type, scope), spans)
        if isinstance(node, Test):
            return node.ask(subject, cell.span, scope)
        return compare(Comparison.EQUAL, subject, node.check(scope), spans)
    except Misread as misread:
        page.report_in_source(_at_cell(misread.problem, cell))
        return None


def _fitted(phrase: Phrase, subject: Expression, cell: CellNode, scope: Scope) -> Expression:
    value = _phrase_of(phrase).check(scope)
    return fit(value, subject.type, cell.span, "the column") if isinstance(value, plan.Literal) else value


def _plain_value(cell: CellNode, type_: Type, scope: Scope) -> Expression:
    """A cell as a value: a name or formula if it reads as one, else the words as they stand."""
    if isinstance(type_, TextType | ChoiceType | YesNoType) and not isinstance(_constant(cell, scope), plan.Expression):
        return _parsed(cell, type_)
    value = _constant(cell, scope)
    if value is None:
        return _parsed(cell, type_)
    return value


def _constant(cell: CellNode, scope: Scope) -> Expression | None:
    if cell.phrase is None:
        return None
    phrase = _phrase_of(cell.phrase)
    if (
        isinstance(phrase, NamePhrase)
        and phrase.name.key not in scope.variables
        and phrase.name.key not in scope.formulas
    ):
        return None
    return phrase.check(scope)


def _parsed(cell: CellNode, type_: Type) -> Expression:
    text = cell.text
    if isinstance(type_, TextType) and len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    try:
        return plan.Literal(parse_value(text, type_), type_)
    except ValueProblem as problem:
        raise Misread(Problem("C603", cell.span, {"words": str(problem)})) from None


def _cell_value(cell: CellNode, page: PageChecker, scope: Scope) -> Expression | None:
    try:
        if cell.phrase is None:
            return plan.Literal(cell.text.strip('"'), TEXT)
        return _phrase_of(cell.phrase).check(scope)
    except Misread as misread:
        page.report_in_source(_at_cell(misread.problem, cell))
        return None


def _at_cell(problem: Problem, cell: CellNode) -> Problem:
    fixes = tuple(
        Suggestion(fix.label, cell.span, fix.replacement) for fix in problem.suggestions if fix.span == cell.span
    )
    return Problem(problem.code, cell.span, problem.details, fixes)


def _report_gaps(table: TableNode, rows: list[tuple[Expression, Expression]], page: PageChecker) -> None:
    """Rows that can never fit, and values that no row fits, as far as that can be seen from the cells."""
    seen: dict[Expression, int] = {}
    catch_all: int | None = None
    for number, (condition, _) in enumerate(rows):
        cell = table.rows[number][0]
        if catch_all is not None:
            page.report_in_source(Problem("C604", cell.span, {"row": str(catch_all + 1)}))
        elif condition in seen:
            page.report_in_source(Problem("C604", cell.span, {"row": str(seen[condition] + 1)}))
        seen.setdefault(condition, number)
        if isinstance(condition, plan.Literal) and catch_all is None:
            catch_all = number
    for before, after, cell in _overlaps(table, rows):
        page.report_in_source(Problem("C605", cell.span, {"first": str(before + 1), "second": str(after + 1)}))
    if catch_all is None and not _complete(rows):
        page.report_in_source(Problem("C606", table.header[-1].span))


Range = tuple[Decimal | None, bool, Decimal | None, bool]
"""From, whether that is included, to, whether that is included; None for no end."""


def _range(condition: Expression) -> Range | None:
    """The range of one subject that a condition describes, if it is that simple."""
    parts = condition.parts if isinstance(condition, plan.And) else (condition,)
    low: Decimal | None = None
    high: Decimal | None = None
    low_in = high_in = True
    for part in parts:
        if not isinstance(part, plan.Compare) or part.comparison is Comparison.EQUAL:
            return None
        included = part.comparison is Comparison.AT_MOST
        left, right = _amount(part.left), _amount(part.right)
        if left is not None and right is None:
            low, low_in = left, included
        elif right is not None and left is None:
            high, high_in = right, included
        else:
            return None
    return low, low_in, high, high_in


def _amount(value: Expression) -> Decimal | None:
    return Decimal(value.value) if isinstance(value, plan.Literal) and isinstance(value.value, int | Decimal) else None


def _overlaps(table: TableNode, rows: list[tuple[Expression, Expression]]) -> list[tuple[int, int, CellNode]]:
    if len(table.header) != 2:
        return []
    ranges = [_range(condition) for condition, _ in rows]
    found = []
    for after, second in enumerate(ranges):
        for before, first in enumerate(ranges[:after]):
            if first is None or second is None or None in (first[0], first[2], second[0], second[2]):
                continue
            low, high = max(first[0], second[0]), min(first[2], second[2])  # type: ignore[type-var]
            if low < high or (low == high and all((first[1], first[3], second[1], second[3]))):  # type: ignore[operator]
                found.append((before, after, table.rows[after][0]))
    return found


def _complete(rows: list[tuple[Expression, Expression]]) -> bool:
    """Whether ranges of one number leave nothing out, or all words of a choice, or yes and no, are there."""
    conditions = [condition for condition, _ in rows]
    words = {
        c.right.value
        for c in conditions
        if isinstance(c, plan.Compare) and isinstance(c.right, plan.Literal) and c.comparison is Comparison.EQUAL
    }
    for condition in conditions:
        if isinstance(condition, plan.Compare) and isinstance(condition.left.type, ChoiceType):
            return words >= set(condition.left.type.options)
        if isinstance(condition, plan.Compare) and isinstance(condition.left.type, YesNoType):
            return words >= {True, False}
    ranges = sorted(
        (r for r in (_range(c) for c in conditions) if r is not None), key=lambda r: (r[0] is not None, r[0] or 0)
    )
    if len(ranges) != len(conditions) or not ranges or ranges[0][0] is not None:
        return False
    whole = all(_of_whole(c) for c in conditions)
    reach, included = ranges[0][2], ranges[0][3]
    for low, low_in, high, high_in in ranges[1:]:
        if reach is None:
            return True
        step = 1 if whole and included and low_in else 0
        if low is None or low > reach + step or (low == reach and not (included or low_in)):
            return False
        if high is None or high > reach:
            reach, included = high, high_in
    return reach is None


def _of_whole(condition: Expression) -> bool:
    parts = condition.parts if isinstance(condition, plan.And) else (condition,)
    return all(isinstance(part, plan.Compare) and isinstance(_literal_value(part), int) for part in parts)


def _literal_value(part: plan.Compare) -> object:
    return (
        part.left.value
        if isinstance(part.left, plan.Literal)
        else part.right.value
        if isinstance(part.right, plan.Literal)
        else None
    )


def list_from_table(table: TableNode, type_: ListType, page: PageChecker) -> Expression | None:
    """A list given as a table in an example: a column for each field, a row for each item."""
    item = type_.item
    if not isinstance(item, RecordType):
        values = [_field_value(row[0], item, page) for row in table.rows if row]
        return (
            None if any(v is None for v in values) else plan.MakeList(tuple(v for v in values if v is not None), type_)
        )
    columns: list[str] = []
    for cell in table.header:
        name = " ".join(word for word in cell.text.lower().split() if word not in ("the", "a", "an"))
        if all(field.name != name for field in item.fields):
            fields = ", ".join(field.name for field in item.fields)
            page.report_in_source(
                Problem("C607", cell.span, {"cell": cell.text, "record": item.name, "fields": fields})
            )
            return None
        columns.append(name)
    missing = [field.name for field in item.fields if field.name not in columns]
    if missing:
        page.report_in_source(Problem("C608", table.header[0].span, {"field": missing[0]}))
        return None
    records: list[Expression] = []
    for row in table.rows:
        if len(row) != len(columns):
            page.report_in_source(Problem("C602", row[0].span, {"found": str(len(row)), "wanted": str(len(columns))}))
            return None
        values = [_field_value(row[columns.index(field.name)], field.type, page) for field in item.fields]
        if any(value is None for value in values):
            return None
        records.append(plan.MakeRecord(tuple(v for v in values if v is not None), item))
    return plan.MakeList(tuple(records), type_)


def _field_value(cell: CellNode, type_: Type, page: PageChecker) -> Expression | None:
    try:
        return _parsed(cell, type_)
    except Misread as misread:
        page.report_in_source(misread.problem)
        return None
