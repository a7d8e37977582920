"""Messages about tables and whole pages (C), examples (X) and what is still to come (L)."""

from compiler.messages.entries import Entry, Severity, page

_STATE = "Needs a state (text).\nGives a rate (percentage)."
_AMOUNT = "Needs an amount (number).\nGives a rate (percentage)."

ENTRIES = (
    Entry("C601", "A column without a name", "I do not know \"{cell}\". The heading of a column is a name, and its cells are compared with it.",
          "Only the last column is what is chosen.", page("Choose the rate by table:\n| planet | rate |\n| any | 5% |", _STATE)),
    Entry("C602", "A row of the wrong length", "This row has {found} cells, but the heading has {wanted}.", "Each row has a cell for each column.",
          page("Choose the rate by table:\n| state | rate |\n| Texas | 5% | 6% |\n| any | 1% |", _STATE)),
    Entry("C603", "A cell I cannot read", "{words}", "A cell holds one value of the kind of its column.",
          page("Choose the rate by table:\n| amount | rate |\n| lots | 5% |\n| any | 1% |", _AMOUNT)),
    Entry("C604", "A row that is never used", "This row is never used: row {row} already fits all its cases.", "The first row that fits counts.",
          page("Choose the rate by table:\n| state | rate |\n| any | 5% |\n| Texas | 6% |", _STATE), Severity.WARNING),
    Entry("C605", "Two rows that overlap", "Rows {first} and {second} overlap. For what fits both, row {first} counts.", "The first row that fits counts.",
          page("Choose the rate by table:\n| amount | rate |\n| 0 to 10 | 5% |\n| 5 to 20 | 6% |\n| any | 1% |", _AMOUNT), Severity.WARNING),
    Entry("C606", "A table with a gap", "Some values fit no row of this table, and the run would stop there. Add a row with \"any\".",
          "A last row with any catches all that is left.", page("Choose the rate by table:\n| state | rate |\n| Texas | 6% |", _STATE), Severity.WARNING),
    Entry("C607", "A column that is no part of it", "{record:A} has no \"{cell}\". It has: {fields}.", "Each column is a part of the thing.",
          page("Set the result to $1.\nExample \"a\":\n- given the items\n| colour |\n| red |\n- expect the result is $1",
               "Needs several items.\nAn item has a name (text).\nGives a result (money).")),
    Entry("C608", "A column is missing", "The table has no column for the {field}.", "Each part of the thing needs a column.",
          page("Set the result to $1.\nExample \"a\":\n- given the items\n| name |\n| pen |\n- expect the result is $1",
               "Needs several items.\nAn item has a name (text) and a price (money).\nGives a result (money).")),
    Entry("C609", "Something is never worked out", "This page says that it gives the {name}, but no sentence gives it a value.", "Everything under Gives needs a value.",
          page("Let the total be the price.")),
    Entry("X701", "An example without steps", "Below this example I expected bullets: what is given, and what is expected.", "An example says what goes in and what comes out.",
          page("Set the result to the price.\nExample \"one\".")),
    Entry("X702", "An example gives too little", "This example does not say what the {name} is.", "An example gives everything that the function needs.",
          page("Set the result to the price.\nExample: with a price of $1, the result is $1.")),
    Entry("X703", "An example expects nothing", "This example does not say what is expected.", "Without that there is nothing to try.",
          page("Set the result to the price.\nExample \"one\":\n- given the price is $1 and the quantity is 1")),
    Entry("X704", "A list is given as a table", "After \"given the {name}\" I expected \"is\" and a value, or, for a list, a table below.",
          "A list has a row for each of its items.", page("Set the result to the price.\nExample \"one\":\n- given the price\n- expect the result is $1")),
    Entry("X705", "Given as a value", "In an example, write \"given the NAME is VALUE\".", "A given is exact.",
          page("Set the result to the price.\nExample \"one\":\n- given the price is at least $1\n- expect the result is $1")),
    Entry("X706", "Not something it needs", "{function} does not need {name:a}.", "Only what is under Needs can be given.",
          page("Set the result to the price.\nExample: with a result of $1 and a price of $1 and a quantity of 1, the result is $1.")),
    Entry("L801", "Not understood yet", "{kind} pages are not understood yet. The page is kept word for word.", "Functions work today; other kinds of pages follow.",
          "Document: Product\nA product has a code (text).\n", Severity.WARNING),
)  # fmt: skip
