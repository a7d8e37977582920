"""Messages about runs that stop (E): why there is no result."""

from compiler.messages.entries import Entry
from compiler.plan import Fault

ENTRIES = (
    Entry("E901", "Stopped by the page", "{text}", "A sentence of the page stops the run with this message."),
    Entry("E902", "Divided by zero", "I cannot divide by zero{where}.", "Nothing can be divided by zero. Say with \"must not be 0\" what should happen."),
    Entry("E903", "Too large or too small", "A number became too large or too small to hold{where}.", "Numbers have up to 18 digits, and whole numbers must fit in them."),
    Entry("E904", "Nothing found", "There is nothing in the list{where}.", "The first, highest or average of an empty list does not exist."),
    Entry("E905", "Something is empty", "Something that is needed here has no value{where}.", "An optional value that is empty cannot be used. Ask first whether it is empty."),
    Entry("E906", "No row fits", "No row of the table fits{where}.", "Add a last row with any."),
    Entry("E907", "Too many steps", "It took too many steps, so I stopped{where}.", "A run may execute a limited number of sentences, so that nothing goes on for ever."),
    Entry("E908", "Too much to hold", "A text or list became too long to hold{where}.", "A run has a limited amount of memory."),
    Entry("E909", "A value that does not fit", "{text}", "Something that was given is not what the function needs."),
    Entry("E910", "Too slow", "It took too long, so I stopped{where}.", "A run has a limited time."),
)  # fmt: skip

CODE_OF: dict[Fault, str] = {fault: f"E9{fault.value:02}" for fault in Fault}
"""The code of each fault."""
