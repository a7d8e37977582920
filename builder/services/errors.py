"""How a service says no. The words are shown to people as they are."""

from __future__ import annotations

from builder.models import PageVersion


class Refused(Exception):
    """The action was not done, and nothing was changed. `words` is a whole plain sentence that says why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Conflict(Refused):
    """Somebody saved the page since the version this change started from. `newest` holds what it says now."""

    def __init__(self, newest: PageVersion) -> None:
        super().__init__(
            f"{newest.author or 'Somebody'} saved this page while you were writing. "
            "Nothing of yours is lost: compare the two texts and save again."
        )
        self.newest = newest
