"""Messages about names (N)."""

from compiler.messages.entries import Entry, Severity, page

_ITEMS = (
    "Needs several items and a price (money).\nAn item has a name (text) and a price (money).\nGives a result (money)."
)

ENTRIES = (
    Entry("N201", "A misspelt word", "I do not know \"{found}\". Did you mean \"{nearest}\"?", "It looks like a word that I know.",
          page("Set the result to the prise.")),
    Entry("N202", "A name that nobody declared", "I do not know what \"{name}\" is here. Say it under Needs, or give it a value first.",
          "A name has to be known before it is used.",
          "Function: Other\nGives a colour (text).\nSet the colour to \"red\".\n" + page("Set the result to the colour.")),
    Entry("N203", "A name without a value yet", "The {name} has no value yet at this point. Give it one before this sentence.",
          "Sentences are done one after the other.", page("Set the result to the tax.\nSet the tax to $1.")),
    Entry("N204", "A kind of thing instead of a thing", "\"{name}\" is a kind of thing. Which one do you mean? Inside \"For each {name}\" it is the one at hand; "
          "all of them are the {plural}.", "A sentence needs one thing, not a kind of thing.",
          page("Set the result to the price of the item.", _ITEMS.replace("several items and a price (money)", "a price (money)"))),
    Entry("N205", "It, but what?", "I do not know what \"it\" or \"its\" speaks of here.", "\"It\" speaks of the item in \"For each item\" or \"where\".",
          page("Set the result to its price.")),
    Entry("N206", "A name with two readings", "\"The {name}\" can mean two things here: the {name} by itself, or the {name} of the {noun}. "
          "Write \"its {name}\" for the second, or give one of them another name.", "One text must have one meaning.",
          page("Set the result to $0.\nFor each item, increase the result by the price.", _ITEMS)),
    Entry("N207", "No such part", "The {noun} has no {name}. It has: {fields}.", "A thing has only the parts that its sentence lists.",
          page("Set the result to $0.\nFor each item, increase the result by its quantity.",
               "Needs several items and a quantity (number).\nAn item has a name (text) and a price (money).\nGives a result (money).")),
    Entry("N208", "A type I do not know", "I do not know what kind of value \"{words}\" is. Examples: (text), (number), (money), (yes/no), (date), (kg).",
          "The brackets after a name say what kind of value it is.", page("Set the result to $1.", "Needs a size (blorb).\nGives a result (money).")),
    Entry("N210", "\"Of\" what?", "\"The {name} of …\" does not fit here: what follows has no {name}, and the {name} is no percentage.",
          "\"Of\" speaks of a part of a thing, or of a percentage of a number.", page("Set the result to the quantity of the price.")),
    Entry("N211", "A new thing of no known kind", "I do not know things called \"{name}\". Describe them first: \"{name:A} has …\".",
          "New things can be made only of kinds that the page describes.", page("Let the thing be a new price with 1 as its quantity.")),
    Entry("N212", "A function that does not give that", "{function} does not give {name:a}. It gives: {gives}.", "Look at the Gives sentence of that page.",
          "Function: Tax\nNeeds a price (money).\nGives a tax (money).\nSet the tax to 5% of the price.\n"
          + page("Set the result to the price of Tax with the price.")),
    Entry("N213", "Too many values", "{function} needs {needs}, but here it is given {count} values.", "Each value goes to one of the names after Needs.",
          "Function: Tax\nNeeds a price (money).\nGives a tax (money).\nSet the tax to 5% of the price.\n"
          + page("Set the result to the tax of Tax with $1 and $2.")),
    Entry("N214", "A value is missing", "{function} also needs the {input}. Add it after \"with\".", "A function can only work when it is given all that it needs.",
          "Function: Tax\nNeeds a price (money) and a rate (percentage).\nGives a tax (money).\nSet the tax to the rate of the price.\n"
          + page("Set the result to the tax of Tax with $1.")),
    Entry("N215", "What is it?", "Say in brackets what kind of value \"{name}\" is, for example ({name}: text, number, money, yes/no, date).",
          "Every name under Needs and Gives says what kind of value it is.", page("Set the result to $1.", "Needs a size.\nGives a result (money).")),
    Entry("N216", "What are they?", "I do not know what \"{name}\" are. Describe them: \"{one:A} has a name (text) and …\", or write in brackets what each of them is.",
          "A list needs to know what its items are.", page("Set the result to $1.", "Needs several things.\nGives a result (money).")),
    Entry("N217", "Only for documents", "\"The {name} is unique\" is for pages of documents. In a function, leave it out.",
          "A function sees only what it is given, not what was kept before.", page("The price is unique.\nSet the result to the price.")),
    Entry("N218", "For each of what?", "I do not know a list of {plural} here. Needs several {plural}, or write \"For each {name} in the …\".",
          "For each goes through a list.", page("For each thing, set the result to $1.")),
    Entry("N219", "A function that cannot run yet", "{function} has a mistake, so this page cannot run either until that is mended.",
          "A function can be used when it works by itself.",
          "Function: One\nGives a result (number).\nSet the result to the result of Two.\n"
          "Function: Two\nGives a result (number).\nSet the result to \"two\".\n", Severity.WARNING),
    Entry("N226", "Functions in a circle", "{function} uses {chain} in turn, so neither could ever come to an end. Take one of them apart.",
          "Functions may not use each other in a circle.",
          "Function: One\nGives a result (number).\nSet the result to the result of Two.\n"
          "Function: Two\nGives a result (number).\nSet the result to the result of One.\n"),
    Entry("N220", "A thing inside itself", "{name:A} cannot have {name:a} inside, which would have one inside, and so on.",
          "Things are made of simpler things.", page("Set the result to $1.", "Needs several items.\nAn item has an item.\nGives a result (money).")),
    Entry("N221", "A name used twice", "\"{name}\" is already the name of something else on this page.", "Each name stands for one thing.",
          page("Set the result to $1.", "Needs a price (money) and a price (number).\nGives a result (money).")),
    Entry("N222", "A function that gives nothing", "This page does not say what comes out. Add a sentence such as \"Gives a discount (money).\"",
          "A function is for working something out.", "Function: Try\nNeeds a price (money).\n"),
    Entry("N223", "A formula cannot be set", "The {name} is a formula, which is always up to date. It cannot be set or changed.",
          "Change what the formula is made of, or use another name.", page("The total is the price times 2.\nSet the total to $1.\nSet the result to the total.")),
    Entry("N224", "The thing at hand cannot be set", "The {name} is the thing at hand in this list and cannot be set. Use another name.",
          "Inside \"For each\", the name of the thing stands for each of them in turn.",
          page("Set the result to $0.\nFor each item, set the item to $1.", "Needs several items.\nAn item has a name (text).\nGives a result (money).")),
    Entry("N225", "A word that cannot be a name", "\"{word}\" is a word that I need for myself, so nothing can be called just that. Add a word to the name.",
          "Words such as \"is\", \"plus\" and \"where\" hold sentences together. They may be part of a longer name.",
          page("Set the result to $1.", "Needs a minus (money).\nGives a result (money).")),
    Entry("N227", "Too much inside one thing", "There is too much inside {name:a}: things may be {limit} deep inside each other, with {parts} parts in all.",
          "What has that many parts is hard to follow, and slow to work with.",
          page("Set the result to $1.", "Needs a box0.\nGives a result (money).\n"
               + "".join(f"A box{n} has a box{n + 1} and several box{n + 1}s.\n" for n in range(9)) + "A box9 has a size (number).\n")),
)  # fmt: skip
