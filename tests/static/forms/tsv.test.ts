import { expect, test } from "vitest";
import { readCells } from "../../../static/src/forms/tsv";

test("cells are parted by tabs and rows by line ends", () => {
  expect(readCells("book\t$12\r\npen\t$1.50\r\n")).toEqual([
    ["book", "$12"],
    ["pen", "$1.50"],
  ]);
});

test("a quoted cell may hold tabs, line ends and quotes", () => {
  expect(readCells('"two\nlines"\t"a ""b"""\tc')).toEqual([["two\nlines", 'a "b"', "c"]]);
});

test("a quote that is not closed at the end of a cell is just a sign", () => {
  expect(readCells('"5" pipe\tx')).toEqual([['"5" pipe', "x"]]);
});

test("empty cells and empty rows are kept in their places", () => {
  expect(readCells("a\t\tb\n\nc")).toEqual([["a", "", "b"], [""], ["c"]]);
});
