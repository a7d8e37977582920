"""What a form says by itself, as one table. Words about values and about runs come from the compiler."""

from __future__ import annotations

BUTTON = "Work it out"
FILL_IN = "Please fill in “{label}”."
CHOOSE = "Please choose an option for “{label}”."
TOO_LONG = (
    "This answer has {count:,} characters, and an answer of this kind takes at most {limit:,}. Please shorten it."
)
TOO_MANY_ROWS = "This list has {count:,} rows, and a form takes at most {limit:,}. Please send fewer rows at a time."
TOO_MANY_CELLS = "That is more than can be pasted at once: at most {limit:,} cells. Please paste it in parts."
NO_SUCH_MOMENT = "“{text}” is not a moment that the calendar has. Please choose another date and time."
CHECK_ANSWERS = "Nothing was worked out yet: please look at the marked answers ({count})."
TOO_OFTEN = "This form was used very often from your connection just now. Please wait a minute and try again."
TOO_MUCH = "That is more than a form can send at once (at most {megabytes} MB)."
NOT_UNDERSTOOD = "The form sent something that could not be read. Please load the page again."
DESIGN_SAVED = "The form is saved."
DESIGN_UNDONE = "The form is as it was before the last change."
SHARING_SAVED = "Who may open this form is saved."
LINK_RENEWED = "The form has a new link. The old one does not work any more."
ACCENT_CHANGED = (
    "On a {where} page this colour would be hard to see, so a shade of it that is easier to see is used there."
)
HIDDEN = "not shown"
ZONE = "Time zone: {zone}."
