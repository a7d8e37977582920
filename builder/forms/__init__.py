"""The forms that people fill in to run a function: reading answers, showing results, and how an owner arranges them.

Nothing here touches the database or a request; `builder.services.forms` writes and `builder.views.forms` answers.
"""
